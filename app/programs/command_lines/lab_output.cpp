// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/lab_output.h"

#include <QJsonDocument>

#include <cerrno>
#include <cstdio>

namespace bulkhead {

int complain(const QString &sentence, int exitCode)
{
    std::fprintf(stderr, "bulkhead lab: %s\n", qPrintable(sentence));
    if (exitCode == ExitUsage)
        std::fputs("Try \"bulkhead lab --help\".\n", stderr);
    return exitCode;
}

int complain(const Error &error, int exitCode)
{
    if (error.number == ECANCELED)
        return complain(QCoreApplication::translate("LabCommand", "Interrupted; everything was removed."),
                        ExitInterrupted);
    return complain(QString::fromStdString(error.what), exitCode);
}

void print(const QString &text)
{
    std::fputs(text.toUtf8().constData(), stdout);
    std::fflush(stdout);
}

void print(const QJsonObject &json)
{
    std::fputs(QJsonDocument(json).toJson(QJsonDocument::Compact).constData(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

std::string labWorkerProgram()
{
    return (QCoreApplication::applicationDirPath() + QStringLiteral("/bulkhead-lab-worker")).toStdString();
}

} // namespace bulkhead
