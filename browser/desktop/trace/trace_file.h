// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QFile>
#include <QJsonObject>
#include <QSet>

namespace bulkhead {

/// Writes trace events in the JSON Array Format of the "Trace Event Format" document, which chrome://tracing, Perfetto
/// and others read: one event per line. The closing bracket may be missing, so a trace of an app that was killed can be
/// read, too. Times are microseconds of CLOCK_MONOTONIC, which all processes share.
class TraceFile
{
public:
    /// A trace that is never stopped ends here.
    static constexpr qint64 MaxBytes = qint64(1) << 30;

    /// An empty sentence, or why not.
    QString open(const QString &fileName);
    bool isOpen() const { return m_file.isOpen(); }
    void close();
    /// What was written so far survives the end of the app.
    void flush() { m_file.flush(); }

    void nameProcess(qint64 pid, const QString &name);
    /// Something that took time.
    void slice(qint64 pid, const QString &name, const char *category, qint64 nanoseconds, qint64 duration,
               const QJsonObject &arguments = {});
    /// An arrow from the slice around one moment to the slice around another; both ends give the same @p id.
    void flowBegins(qint64 pid, const QString &id, const char *name, qint64 nanoseconds);
    void flowEnds(qint64 pid, const QString &id, const char *name, qint64 nanoseconds);

    qint64 events() const { return m_events; }

private:
    void write(QJsonObject event);
    QJsonObject flow(qint64 pid, const QString &id, const char *name, qint64 nanoseconds, const char *phase) const;

    QFile m_file;
    qint64 m_events = 0;
    qint64 m_bytes = 0;
    QSet<qint64> m_named;
};

} // namespace bulkhead
