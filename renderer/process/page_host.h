// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/runtime/child/task_monitor.h"
#include "renderer/process/resource_fetcher.h"
#include "renderer/view/page_view.h"

#include <memory>

namespace bulkhead {

/// One page of this process, between the browser's messages and the document: answers the document's wishes by sending
/// messages, and the messages by calling the document and its view. Main thread.
class PageHost final : public PageClient
{
public:
    PageHost(const wire::OpenDocument &open, RendererChannel &channel, ResourceFetcher &fetcher, TaskMonitor &monitor);
    ~PageHost();

    quint32 streamId() const { return m_streamId; }

    // From the browser
    void appendBody(const std::string &bytes);
    void finishBody();
    void stopLoading();
    void configure(const wire::ViewState &state);
    Result<void> setBuffers(const wire::Framebuffers &message, Fds fds)
    {
        return m_view.setBuffers(message, std::move(fds));
    }
    void releaseBuffer(const wire::FrameReleased &message) { m_view.releaseBuffer(message); }
    void handleInput(const wire::InputEvent &event);
    void scrollTo(const wire::Point &position);
    void scrollToFragment(const QString &fragment);
    wire::FindReply find(const wire::Find &find);
    void edit(wire::EditCommand::Type command);
    wire::TextReply text(const wire::GetText &request);
    wire::HitTestReply hitTest(const wire::Point &position);

    // PageClient
    FetchId fetch(const QUrl &url, ResourceKind kind, std::function<void(std::optional<Resource>)> done) override;
    void cancel(FetchId id) override;
    void invalidate(const QRect &rect) override { m_view.invalidate(rect); }
    void invalidateAll() override { m_view.invalidateAll(); }
    void contentSizeChanged() override;
    void titleChanged(const QString &title) override;
    void iconChanged(const QImage &icon) override;
    void hoveredLinkChanged(const QUrl &url) override;
    void cursorChanged(Qt::CursorShape shape) override;
    void selectionChanged(bool hasSelection) override;
    void navigationRequested(const QUrl &url, Disposition disposition) override;
    void scrollIntoView(const QRect &rect) override { m_view.scrollIntoView(rect); }
    void embedBoxesChanged(const std::vector<EmbedBox> &boxes) override;
    void loadProgress(double fraction) override;
    void loadFinished() override;

private:
    void sendFrame(wire::FrameReady &frame);
    void applyWantedScroll();

    const quint32 m_pageId;
    const quint32 m_streamId;
    RendererChannel &m_channel;
    ResourceFetcher &m_fetcher;
    TaskMonitor &m_monitor;
    QUrl m_url;
    PageView m_view;
    std::unique_ptr<Page> m_page; ///< after m_view: goes first
    // Where the page is to be scrolled to as soon as it is long enough; given up when the person scrolls.
    std::optional<QPoint> m_wantedScroll;
    QString m_wantedFragment;
    int m_percent = -1;
    bool m_misbehaves = false;
    QByteArray m_textUtf8; ///< a text that is being fetched in pieces
};

} // namespace bulkhead
