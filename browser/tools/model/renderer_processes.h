// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/model/process_source.h"
#include "ipc/channel/message_tap.h"

#include <QHash>

namespace bulkhead {

class PageProcess;
class PageProcessPool;
class TabList;

/// The renderers of a pool with the tabs that live in them. What a process is, it says itself: the role in its sandbox
/// report. While observed it looks at every message for frames, to know how much is painted.
class RendererProcesses : public ProcessSource
{
    Q_OBJECT
public:
    /// Both outlive the source.
    RendererProcesses(const TabList &tabs, PageProcessPool &pool, QObject *parent = nullptr);

    static quint64 keyOf(const PageProcess &host);

    void describe(std::vector<ProcessInfo> &to) const override;
    void setObserved(bool observed) override;
    bool sendSignal(quint64 key, int signal) override;
    bool end(quint64 key) override;

private:
    void watch(PageProcess *host);
    void observe(PageProcess *host);
    void watchTabs();
    ProcessInfo infoOf(const PageProcess &host) const;
    PageProcess *hostOf(quint64 key) const;
    void countFrame(quint64 key, const MessageTap::Seen &seen);

    const TabList &m_tabs;
    PageProcessPool &m_pool;
    bool m_observed = false;
    QHash<QString, int> m_crashes;        ///< by site, since the start
    QHash<quint64, quint64> m_frameBytes; ///< painted while observed, by key
    struct Frames
    {
        QSize size;
        quint64 count = 0;
    };
    QHash<quint64, QHash<quint32, Frames>> m_frames; ///< by key and page
};

} // namespace bulkhead
