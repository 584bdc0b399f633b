// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/child/child_logging.h"

#include <QByteArray>
#include <QString>
#include <QtGlobal>

#include <unistd.h>

namespace bulkhead {

namespace {

int level(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return 7;
    case QtInfoMsg:
        return 6;
    case QtWarningMsg:
        return 4;
    case QtCriticalMsg:
        return 3;
    case QtFatalMsg:
        return 2;
    }
    return 6;
}

void writeLine(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    // Of no interest: said at every start where there is no login session, to a process that may open no files anyway;
    // and of every font that lacks a script of the page, before the one is found that has it.
    for (const char *usual : {"QStandardPaths: XDG_RUNTIME_DIR", "  OpenType support missing for"}) {
        if (message.startsWith(QLatin1String(usual)))
            type = QtDebugMsg;
    }
    QByteArray line = '<' + QByteArray::number(level(type)) + '>' + message.toUtf8().replace('\n', ' ') + '\n';
    // One write below PIPE_BUF (4096): lines of several threads do not mix.
    line.truncate(4000);
    if (!line.endsWith('\n'))
        line.append('\n');
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.constData(), std::size_t(line.size()));
}

} // namespace

void installChildLogging()
{
    qInstallMessageHandler(&writeLine);
}

} // namespace bulkhead
