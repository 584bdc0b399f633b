// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/child_launcher.h"
#include "ipc/channel/message_channel.h"
#include "ipc/frames/frame_writer.h"

#include <QColor>
#include <QObject>
#include <QPoint>
#include <QUrl>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace bulkhead {

using RendererEnd = MessageChannel<wire::RendererToBrowser, wire::BrowserToRenderer>;

/// A renderer for tests of the window: speaks the real protocol over the real channel and paints into the real
/// framebuffers, but from inside the test, which therefore decides what the page says and sees what it is told. Its pid
/// is that of a real process that only waits to be killed.
class ScriptedRenderer : public QObject
{
    Q_OBJECT
public:
    ScriptedRenderer(UniqueFd channel, qint64 pid);

    struct Page
    {
        quint32 id = 0;
        wire::ViewState view;
        QUrl url;
        QPoint scroll;
        QSize content{800, 3000};
        FrameWriter frames;
        bool framePending = false; ///< painted as soon as a buffer is free
    };
    /// The page opened last; null before the first.
    Page *page();
    Page *page(quint32 id);

    /// Everything it was told, oldest first.
    std::vector<wire::BrowserToRenderer> received;
    int countOf(wire::BrowserToRenderer::BodyCase body) const;
    /// The newest message of that kind; a default one when there is none.
    wire::BrowserToRenderer last(wire::BrowserToRenderer::BodyCase body) const;

    // ---- what the page is like, for all pages
    static constexpr QColor PageColor = QColor(10, 120, 30);
    int findCount = 17;
    QString selectedText = QStringLiteral("selected");
    bool answersFind = true;
    bool finishesLoading = true;
    bool consumesKeys = true;
    /// Content size of a page whose view has that CSS size; the page's own size when not set.
    std::function<QSize(QSize)> contentFor;
    QUrl hitLink;
    QUrl hitImage;

    // ---- what it says
    void say(wire::RendererToBrowser message) { m_channel.send(message); }
    void setTitle(const QString &title);
    void hoverLink(const QUrl &url);
    void setSelection(bool hasSelection);
    void finishLoading();
    /// Fills @p rect (device pixels) with @p color and announces only that as damage.
    void paint(const QRect &rect, const QColor &color);
    void setContentSize(QSize size);
    /// Another frame of the newest page.
    void repaint();
    void answerFind();

    qint64 pid() const { return m_pid; }

private:
    void handle(const wire::BrowserToRenderer &message, Channel::Envelope &envelope);
    void open(const wire::OpenDocument &document);
    void acknowledge(const wire::InputEvent &event);
    void find(const wire::Find &what, std::uint32_t requestId);
    void drawAll(Page &page);

    RendererEnd m_channel;
    qint64 m_pid;
    std::map<quint32, Page> m_pages;
    quint32 m_newest = 0;
    int m_findActive = 0;
    QString m_findText;
    std::vector<std::uint32_t> m_findRequests;
};

/// Gives every site a ScriptedRenderer.
class ScriptedLauncher : public ChildLauncher
{
public:
    void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) override;

    /// By pid; null when none has it.
    ScriptedRenderer *byPid(qint64 pid) const;

    std::vector<std::unique_ptr<ScriptedRenderer>> renderers;
    /// What the next renderer is set up with.
    std::function<void(ScriptedRenderer &)> prepare;
};

} // namespace bulkhead
