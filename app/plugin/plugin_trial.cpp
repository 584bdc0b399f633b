// SPDX-License-Identifier: BSD-3-Clause
#include "app/plugin/plugin_trial.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace bulkhead {

namespace {

class NoRenderers : public ChildLauncher
{
public:
    void launch(LaunchRequest, std::function<void(Result<LaunchedChild>)> done) override { done(fail(Error{"no renderers here", 0})); }
};

/// Plugins without permissions never get here.
class NoFetcher : public Fetcher
{
public:
    std::unique_ptr<Fetch> start(const FetchRequest &) override { return std::make_unique<BytesFetch>(QByteArray(), false); }
    std::unique_ptr<Fetch> startErrorPage(const FetchError &, const QUrl &) override { return std::make_unique<BytesFetch>(QByteArray()); }
    void grantFolder(const Site &, const QString &) override {}
};

void runLoop(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

PluginTrial::PluginTrial(const QString &folder)
    : m_registry({folder}), m_noRenderers(std::make_unique<NoRenderers>()), m_renderers(*m_noRenderers, RendererPool::Options()),
      m_hosts(m_registry, m_renderers, PluginHosts::standardOptions()), m_fetcher(std::make_unique<NoFetcher>())
{
    QObject::connect(&m_renderers, &RendererPool::hostGone, &m_hosts, [this](const RendererHost *host) {
        if (host->exitReason().isAbnormal())
            m_lastEnd = host->exitReason().sentence();
    });
}

PluginTrial::~PluginTrial() = default;

std::shared_ptr<PluginFile> PluginTrial::plugin() const
{
    return m_registry.plugins().empty() || !m_registry.plugins().front()->isUsable() ? nullptr : m_registry.plugins().front();
}

std::unique_ptr<RemotePage> PluginTrial::open(const QByteArray &content, const ViewSettings &view, bool complete)
{
    const HandledType &type = plugin()->manifest()->handles.first();
    ResponseHead head;
    head.mimeType = QString(type.mimeType).replace(u'*', QStringLiteral("x-trial"));
    head.url = QUrl(QStringLiteral("file:///trial/document.") + (type.extensions.isEmpty() ? QStringLiteral("bin") : type.extensions.first()));
    head.suggestedName = head.url.fileName();
    head.length = content.size();
    const ViewerUse use = type.full ? ViewerUse::Full : ViewerUse::Embed;
    const Site site = Site::forUrl(QUrl(QStringLiteral("https://trial.example")));
    RendererHost *host = m_hosts.hostFor(head, site, use);
    if (!host)
        return nullptr;
    PageDocument document{head, std::make_shared<BytesFetch>(content, complete)};
    document.embedded = use == ViewerUse::Embed;
    auto page = std::make_unique<RemotePage>(*host, *m_fetcher, site, std::move(document), view);
    RemotePage *raw = page.get();
    QObject::connect(raw, &RemotePage::framePresented, raw, [raw] { raw->frameShown(); });
    return page;
}

bool PluginTrial::waitForFrame(RemotePage &page, std::chrono::milliseconds timeout)
{
    QDeadlineTimer deadline(timeout);
    quint64 seen = 0;
    while (page.host()) {
        const bool fits = !page.frame().isNull() && page.frame().size() == page.view().size;
        if (fits && page.frameCount() == seen)
            return true;
        if (deadline.hasExpired())
            return fits; // one that never rests
        seen = page.frameCount();
        runLoop(fits ? std::chrono::milliseconds(60) : std::chrono::milliseconds(5));
    }
    return false;
}

bool PluginTrial::settle(RemotePage *page, std::chrono::milliseconds time)
{
    QDeadlineTimer deadline(time);
    while (!deadline.hasExpired() && (!page || page->host()))
        runLoop(std::chrono::milliseconds(10));
    return !page || page->host();
}

QImage PluginTrial::picture(const RemotePage &page)
{
    return page.frame().convertToFormat(QImage::Format_RGB32);
}

} // namespace bulkhead
