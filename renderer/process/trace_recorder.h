// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/message_tap.h"
#include "renderer/process/resource_fetcher.h"

#include <QTimer>

namespace bulkhead {

/// Notes what this process sends, handles and paints while the browser asks for a trace, and tells it in batches. Sits
/// on the channel as its tap only for that time. Main thread.
class TraceRecorder final : public MessageTap
{
public:
    explicit TraceRecorder(RendererChannel &channel);

    void start();
    /// Sends what is left, and that it was the last.
    void stop();

    void sent(const Seen &seen, bool superseding) override;
    void handled(const Seen &seen) override;

private:
    wire::TraceEvent *add(wire::TraceEvent::Kind kind, const Seen &seen);
    void flush();

    RendererChannel &m_channel;
    wire::RendererToBrowser m_batch;
    QTimer m_flush;
    bool m_running = false;
};

} // namespace bulkhead
