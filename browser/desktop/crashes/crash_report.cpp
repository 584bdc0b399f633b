// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/crashes/crash_report.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

namespace bulkhead {

namespace {

QString hex(quint64 number)
{
    return QStringLiteral("0x") + QString::number(number, 16);
}

QJsonObject toJson(const StackFrame &frame)
{
    return {{QStringLiteral("address"), hex(frame.address)},
            {QStringLiteral("module"), frame.module},
            {QStringLiteral("offset"), hex(frame.offset)},
            {QStringLiteral("function"), frame.function},
            {QStringLiteral("file"), frame.file},
            {QStringLiteral("line"), frame.line},
            {QStringLiteral("inlined"), frame.isInlined}};
}

StackFrame frameFrom(const QJsonObject &object)
{
    StackFrame frame;
    frame.address = object[QStringLiteral("address")].toString().toULongLong(nullptr, 16);
    frame.module = object[QStringLiteral("module")].toString();
    frame.offset = object[QStringLiteral("offset")].toString().toULongLong(nullptr, 16);
    frame.function = object[QStringLiteral("function")].toString();
    frame.file = object[QStringLiteral("file")].toString();
    frame.line = object[QStringLiteral("line")].toInt();
    frame.isInlined = object[QStringLiteral("inlined")].toBool();
    return frame;
}

QStringList strings(const QJsonValue &array)
{
    QStringList all;
    for (const QJsonValue &value : array.toArray())
        all << value.toString();
    return all;
}

} // namespace

QString describe(const StackFrame &frame)
{
    QString text = frame.function.isEmpty() ? hex(frame.address) : frame.function;
    if (!frame.file.isEmpty())
        text += QStringLiteral(" at %1:%2").arg(frame.file.section(u'/', -3)).arg(frame.line);
    else if (!frame.module.isEmpty())
        text += QStringLiteral(" in %1+%2").arg(frame.module, hex(frame.offset));
    if (frame.isInlined)
        text += QStringLiteral(" (inlined)");
    return text;
}

QString CrashReport::function() const
{
    for (const StackFrame &frame : frames) {
        if (!frame.function.isEmpty() && !frame.module.startsWith(QLatin1String("libc.")))
            return frame.function;
    }
    return frames.isEmpty() ? QString() : describe(frames.first());
}

QString CrashReport::text() const
{
    const auto tr = [](const char *source) { return QCoreApplication::translate("CrashReport", source); };
    QString out = sentence + u'\n';
    const auto line = [&out](const QString &name, const QString &value) {
        if (!value.isEmpty())
            out += QStringLiteral("%1: %2\n").arg(name, value);
    };
    line(tr("time"), time.toString(Qt::ISODateWithMs));
    line(tr("reason"), reason);
    line(tr("process"), QString::number(pid));
    line(tr("pages"), urls.join(u' '));
    line(tr("version"), version);
    for (auto it = signal.begin(); it != signal.end(); ++it)
        line(it.key(), it.value().toVariant().toString());
    if (!frames.isEmpty())
        out += u'\n' + tr("stack") + u'\n';
    int number = 0;
    for (const StackFrame &frame : frames)
        out += QStringLiteral("%1  %2\n").arg(QString::number(number++).rightJustified(4), describe(frame));
    if (!registers.isEmpty())
        out += u'\n' + tr("registers") + u'\n';
    for (auto it = registers.begin(); it != registers.end(); ++it)
        out += QStringLiteral("%1  %2\n").arg(it.key().leftJustified(6), it.value().toString());
    if (!messages.isEmpty())
        out += u'\n' + tr("last messages, seconds before the end") + u'\n';
    const double last = messages.isEmpty() ? 0 : messages.last()[QStringLiteral("time")].toDouble();
    for (const QJsonObject &message : messages)
        out += QStringLiteral("%1  %2  %3  %4\n")
                   .arg(QString::number(last - message[QStringLiteral("time")].toDouble(), 'f', 6),
                        message[QStringLiteral("direction")].toString().leftJustified(8),
                        message[QStringLiteral("name")].toString().leftJustified(20),
                        QString::number(message[QStringLiteral("bytes")].toInt()));
    return out;
}

QJsonObject CrashReport::toJson() const
{
    QJsonArray frameArray, messageArray;
    for (const StackFrame &frame : frames)
        frameArray.append(bulkhead::toJson(frame));
    for (const QJsonObject &message : messages)
        messageArray.append(message);
    return {{QStringLiteral("format"), 1},
            {QStringLiteral("id"), id},
            {QStringLiteral("time"), time.toString(Qt::ISODateWithMs)},
            {QStringLiteral("capture"), isCapture},
            {QStringLiteral("reason"), reason},
            {QStringLiteral("sentence"), sentence},
            {QStringLiteral("version"), version},
            {QStringLiteral("pid"), pid},
            {QStringLiteral("urls"), QJsonArray::fromStringList(urls)},
            {QStringLiteral("sites"), QJsonArray::fromStringList(sites)},
            {QStringLiteral("signal"), signal},
            {QStringLiteral("registers"), registers},
            {QStringLiteral("function"), function()},
            {QStringLiteral("frames"), frameArray},
            {QStringLiteral("messages"), messageArray}};
}

std::optional<CrashReport> CrashReport::fromJson(const QJsonObject &object)
{
    static const QRegularExpression Id(QStringLiteral("^[0-9]{8}-[0-9]{9}-[0-9]{1,10}$"));
    CrashReport report;
    report.id = object[QStringLiteral("id")].toString();
    if (object[QStringLiteral("format")].toInt() != 1 || !Id.match(report.id).hasMatch())
        return {};
    report.time = QDateTime::fromString(object[QStringLiteral("time")].toString(), Qt::ISODateWithMs);
    report.isCapture = object[QStringLiteral("capture")].toBool();
    report.reason = object[QStringLiteral("reason")].toString();
    report.sentence = object[QStringLiteral("sentence")].toString();
    report.version = object[QStringLiteral("version")].toString();
    report.pid = qint64(object[QStringLiteral("pid")].toDouble());
    report.urls = strings(object[QStringLiteral("urls")]);
    report.sites = strings(object[QStringLiteral("sites")]);
    report.signal = object[QStringLiteral("signal")].toObject();
    report.registers = object[QStringLiteral("registers")].toObject();
    for (const QJsonValue &frame : object[QStringLiteral("frames")].toArray())
        report.frames << frameFrom(frame.toObject());
    for (const QJsonValue &message : object[QStringLiteral("messages")].toArray())
        report.messages << message.toObject();
    return report;
}

} // namespace bulkhead
