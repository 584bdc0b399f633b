// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/process/page_host.h"
#include "renderer/process/trace_recorder.h"

#include <QObject>

#include <map>

namespace bulkhead {

/// A renderer's main loop: announces itself, then carries out the browser's messages for its pages until the channel
/// ends. Needs a QGuiApplication on the offscreen platform, no display, no files, no network. Main thread.
class RendererProcess : public QObject
{
    Q_OBJECT
public:
    /// The protocol spoken here; the browser refuses another.
    static constexpr std::uint32_t Protocol = 1;

    /// @p monitor outlives the process object.
    RendererProcess(UniqueFd channel, TaskMonitor &monitor, QObject *parent = nullptr);
    ~RendererProcess() override;

    /// Sends Ready with @p sandbox and, if there is one, the listener for forbidden system calls; starts to read.
    void start(const wire::SandboxReport &sandbox, UniqueFd listener);

Q_SIGNALS:
    /// The channel ended: leave the event loop with @p exitCode.
    void finished(int exitCode);

private:
    void handle(const wire::BrowserToRenderer &message, Channel::Envelope &envelope);
    PageHost *page(quint32 id);
    PageHost *pageOfStream(quint32 streamId);
    void takeBodyData(const wire::BodyData &piece);
    /// To one of the messages that are questions.
    wire::RendererToBrowser answerTo(const wire::BrowserToRenderer &question);

    RendererChannel m_channel;
    TaskMonitor &m_monitor;
    ResourceFetcher m_fetcher;
    TraceRecorder m_trace;
    std::map<quint32, std::unique_ptr<PageHost>> m_pages;
};

} // namespace bulkhead
