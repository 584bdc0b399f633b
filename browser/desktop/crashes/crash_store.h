// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/crashes/crash_report.h"

#include <QObject>
#include <QThreadPool>

namespace bulkhead {

/// The reports there are: in memory, and each in a private file (0600) of the profile, read and written in the
/// background. The oldest go beyond a number. Nothing of them leaves the machine. Main thread.
class CrashStore : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype MaxReports = 50;

    /// @p folder is made when it is needed; empty: reports end with the app.
    explicit CrashStore(QString folder, QObject *parent = nullptr);
    /// Waits until everything is written.
    ~CrashStore() override;

    /// Newest first.
    const QList<CrashReport> &reports() const { return m_reports; }
    const CrashReport *find(const QString &id) const;
    void add(const CrashReport &report);

Q_SIGNALS:
    /// Those of earlier runs are there.
    void loaded();
    void added(const bulkhead::CrashReport &report);

private:
    void merge(QList<CrashReport> earlier);
    void prune();
    QString fileOf(const QString &id) const;

    const QString m_folder;
    QList<CrashReport> m_reports;
    QThreadPool m_thread;
};

} // namespace bulkhead
