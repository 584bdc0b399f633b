// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/ctl_output.h"

#include "browser/pages/shown/terminal_text.h"
#include "ipc/text/text_table.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>
#include <cstdio>

namespace bulkhead {

namespace {

void print(const QString &text)
{
    const QByteArray bytes = forStandardOutput(text);
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

QString plain(const QJsonValue &value)
{
    if (value.isArray()) {
        QStringList parts;
        for (const QJsonValue &part : value.toArray())
            parts << plain(part);
        return parts.join(u' ');
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        const QString code = object[QStringLiteral("code")].toString(object[QStringLiteral("cause")].toString());
        return code.isEmpty() ? QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) : code;
    }
    if (value.isNull() || value.isUndefined())
        return QStringLiteral("-");
    QString text = value.toVariant().toString();
    // A page chooses its title; it shall not move the cursor of somebody's terminal.
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = u'\ufffd';
    }
    return text.isEmpty() ? QStringLiteral("-") : text;
}

/// Rows of objects, below the names of the members that are shown.
void printTable(const QJsonArray &rows, const QStringList &columns)
{
    TextTable table;
    QStringList heads;
    for (const QString &column : columns)
        heads << column.toUpper();
    table.row(heads);
    for (const QJsonValue &row : rows) {
        QStringList line;
        for (const QString &column : columns)
            line << plain(row[column]);
        table.row(line);
    }
    print(table.toText());
}

QStringList names(const char *spaced)
{
    return QString::fromLatin1(spaced).split(u' ');
}

const char MessageColumns[] = "time pid direction name bytes fds";

Result<void> writeFile(const QString &fileName, const QByteArray &content)
{
    QSaveFile file(fileName);
    // Not atomically for /dev/null and the like.
    file.setDirectWriteFallback(true);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.flush() || !file.commit())
        return fail(Error{QCoreApplication::translate("Ctl", "%1 cannot be written: %2")
                              .arg(fileName, file.errorString())
                              .toStdString(),
                          0});
    return {};
}

} // namespace

Result<void> printAnswer(const CtlCommand &command, const QJsonValue &answer, CtlFormat format)
{
    using Output = CtlCommand::Output;
    QJsonObject object = answer.toObject();
    if (command.output == Output::Picture || command.output == Output::TextFile) {
        const QString member = command.output == Output::Picture ? QStringLiteral("png") : QStringLiteral("text");
        const QByteArray text = object[member].toString().toUtf8();
        const QByteArray content = command.output == Output::Picture ? QByteArray::fromBase64(text) : text;
        if (const auto written = writeFile(command.file, content); !written)
            return written;
        object.remove(member);
        object.insert(QStringLiteral("file"), command.file);
        if (format == CtlFormat::Human)
            return {};
    }
    if (format == CtlFormat::Json) {
        print(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)) + u'\n');
        return {};
    }
    switch (command.output) {
    case Output::Nothing:
    case Output::Picture:
    case Output::TextFile:
        break;
    case Output::LabPages:
        printTable(object[QStringLiteral("pages")].toArray(), names("name title does"));
        break;
    case Output::Tabs:
        printTable(object[QStringLiteral("tabs")].toArray(), names("id pid state crash hang title url"));
        break;
    case Output::Processes:
        printTable(object[QStringLiteral("processes")].toArray(), names("id type pid state tabs sites"));
        break;
    case Output::Crashes:
        printTable(object[QStringLiteral("crashes")].toArray(), names("id time pid reason function url"));
        break;
    case Output::Messages:
        printTable(object[QStringLiteral("messages")].toArray(), names(MessageColumns));
        break;
    case Output::Metrics:
        printTable(object[QStringLiteral("metrics")].toArray(), names("name labels value"));
        break;
    case Output::Text: {
        const QString text = object[QStringLiteral("text")].toString();
        print(text.endsWith(u'\n') ? text : text + u'\n');
        break;
    }
    case Output::Members:
        for (auto it = object.begin(); it != object.end(); ++it)
            print(it.key() + u' ' + plain(it.value()) + u'\n');
        break;
    }
    return {};
}

void printNotification(const QJsonObject &notification, CtlFormat format)
{
    const QJsonObject params = notification[QStringLiteral("params")].toObject();
    if (format == CtlFormat::Json)
        return print(QString::fromUtf8(QJsonDocument(params).toJson(QJsonDocument::Compact)) + u'\n');
    QStringList cells;
    for (const QString &column : names(MessageColumns))
        cells << plain(params[column]);
    print(cells.join(QStringLiteral("  ")) + u'\n');
}

} // namespace bulkhead
