// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/trace/trace_file.h"

#include <QJsonDocument>

namespace bulkhead {

QString TraceFile::open(const QString &fileName)
{
    m_file.setFileName(fileName);
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return m_file.errorString();
    m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner); // it holds addresses of pages
    m_file.write("[\n");
    m_events = m_bytes = 0;
    m_named.clear();
    return {};
}

void TraceFile::close()
{
    if (!isOpen())
        return;
    m_file.write("\n]\n");
    m_file.close();
}

void TraceFile::nameProcess(qint64 pid, const QString &name)
{
    if (m_named.contains(pid))
        return;
    m_named.insert(pid);
    write({{QStringLiteral("name"), QStringLiteral("process_name")},
           {QStringLiteral("ph"), QStringLiteral("M")},
           {QStringLiteral("pid"), pid},
           {QStringLiteral("tid"), pid},
           {QStringLiteral("args"), QJsonObject{{QStringLiteral("name"), name}}}});
}

void TraceFile::slice(qint64 pid, const QString &name, const char *category, qint64 nanoseconds, qint64 duration,
                      const QJsonObject &arguments)
{
    QJsonObject event{{QStringLiteral("name"), name},
                      {QStringLiteral("cat"), QLatin1String(category)},
                      {QStringLiteral("ph"), QStringLiteral("X")},
                      {QStringLiteral("ts"), double(nanoseconds) / 1000},
                      {QStringLiteral("dur"), double(duration) / 1000},
                      {QStringLiteral("pid"), pid},
                      {QStringLiteral("tid"), pid}};
    if (!arguments.isEmpty())
        event.insert(QStringLiteral("args"), arguments);
    write(std::move(event));
}

QJsonObject TraceFile::flow(qint64 pid, const QString &id, const char *name, qint64 nanoseconds,
                            const char *phase) const
{
    return {{QStringLiteral("name"), QLatin1String(name)},
            {QStringLiteral("cat"), QStringLiteral("flow")},
            {QStringLiteral("ph"), QLatin1String(phase)},
            {QStringLiteral("id"), id},
            {QStringLiteral("ts"), double(nanoseconds) / 1000},
            {QStringLiteral("pid"), pid},
            {QStringLiteral("tid"), pid}};
}

void TraceFile::flowBegins(qint64 pid, const QString &id, const char *name, qint64 nanoseconds)
{
    write(flow(pid, id, name, nanoseconds, "s"));
}

void TraceFile::flowEnds(qint64 pid, const QString &id, const char *name, qint64 nanoseconds)
{
    QJsonObject event = flow(pid, id, name, nanoseconds, "f");
    event.insert(QStringLiteral("bp"), QStringLiteral("e")); // to the slice around it, not the next one
    write(std::move(event));
}

void TraceFile::write(QJsonObject event)
{
    if (!isOpen() || m_bytes > MaxBytes)
        return;
    QByteArray line = m_events++ == 0 ? QByteArray() : QByteArray(",\n");
    line += QJsonDocument(event).toJson(QJsonDocument::Compact);
    m_bytes += line.size();
    m_file.write(line);
}

} // namespace bulkhead
