// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/crashes/crash_store.h"

#include <QObject>
#include <QThreadPool>

namespace bulkhead {

class PageProcess;
class PageProcessPool;

/// Makes a report of every process that ended otherwise than it should, and of every captured stack, and puts it into
/// the store. Names are looked up on another thread. Main thread.
class CrashReporter : public QObject
{
    Q_OBJECT
public:
    /// Both outlive the reporter.
    CrashReporter(PageProcessPool &renderers, CrashStore &store, QObject *parent = nullptr);
    ~CrashReporter() override;

private:
    void watch(PageProcess *host);
    void reportEnd(PageProcess &host);
    void report(PageProcess &host, const QString &reason, const QString &sentence, const CrashRecord *record);

    CrashStore &m_store;
    QThreadPool m_thread;
    int m_number = 0;
};

} // namespace bulkhead
