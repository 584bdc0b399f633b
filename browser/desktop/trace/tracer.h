// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/trace/trace_file.h"
#include "browser/pages/page_processes/message_log.h"
#include "ipc/messages/renderer.pb.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>

namespace bulkhead {

class PageProcess;
class PageProcessPool;

/// Records what the browser and all page processes do with messages and frames: slices for handling and painting,
/// arrows from a message's sending to its handling, and from a frame's painting to its showing. The children tell
/// theirs over their channels, in batches, and only while a trace runs; what they tell is checked as everything of
/// theirs. Off it costs nothing but the message log's signal. Main thread.
class Tracer : public QObject
{
    Q_OBJECT
public:
    /// @p renderers outlives the tracer.
    explicit Tracer(PageProcessPool &renderers, QObject *parent = nullptr);
    /// Ends a trace without waiting for what is still under way.
    ~Tracer() override;

    bool isRunning() const { return m_file.isOpen(); }
    /// An empty sentence, or why not.
    QString start(const QString &fileName);
    /// Asks the children for the rest, waits a moment for them, and closes the file; @p done gets the number of events.
    void stop(std::function<void(qint64 events)> done);

private:
    void watch(PageProcess *host);
    void ready(PageProcess *host);
    void sent(PageProcess *host, const MessageTap::Seen &seen, bool superseding);
    void handled(PageProcess *host, const MessageTap::Seen &seen);
    void frameShown(PageProcess *host, quint32 page, quint64 frame);
    void childEvents(PageProcess *host, const wire::TraceEvents &events);
    void finish();

    PageProcessPool &m_renderers;
    TraceFile m_file;
    QSet<quint32> m_awaited; ///< hosts that have not sent their last batch
    QTimer m_patience;
    QTimer m_flush;
    std::function<void(qint64)> m_done;
};

} // namespace bulkhead
