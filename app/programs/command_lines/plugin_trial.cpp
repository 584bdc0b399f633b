// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/plugin_trial.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QTimer>

namespace bulkhead {

namespace {

class NoRenderers : public ChildLauncher
{
public:
    void launch(LaunchRequest, std::function<void(Result<LaunchedChild>)> done) override
    {
        done(fail(Error{"no renderers here", 0}));
    }
};

void runLoop(std::chrono::milliseconds time)
{
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace

PluginTrial::PluginTrial(const QString &folder)
    : m_noRenderers(std::make_unique<NoRenderers>()), m_context(*m_noRenderers, BrowserContext::Options()),
      m_plugins(m_context.addPlugins({folder}, PluginHosts::standardOptions()))
{
    QObject::connect(&m_context.renderers(), &PageProcessPool::hostGone, &m_context, [this](const PageProcess *host) {
        if (host->exitReason().isAbnormal())
            m_lastEnd = host->exitReason().sentence();
    });
}

PluginTrial::~PluginTrial() = default;

std::shared_ptr<PluginFile> PluginTrial::plugin() const
{
    return m_plugins.registry.plugins().empty() || !m_plugins.registry.plugins().front()->isUsable()
               ? nullptr
               : m_plugins.registry.plugins().front();
}

std::unique_ptr<RemotePage> PluginTrial::open(const QByteArray &content, const ViewSettings &view, bool complete)
{
    const HandledType &type = plugin()->manifest()->handles.first();
    ResponseHead head;
    head.mimeType = QString(type.mimeType).replace(u'*', QStringLiteral("x-trial"));
    head.url = QUrl(QStringLiteral("file:///trial/document.") +
                    (type.extensions.isEmpty() ? QStringLiteral("bin") : type.extensions.first()));
    head.suggestedName = head.url.fileName();
    head.length = content.size();
    const ViewerUse use = type.full ? ViewerUse::Full : ViewerUse::Embed;
    const Site site = Site::forUrl(QUrl(QStringLiteral("https://trial.example")));
    PageProcess *host = m_plugins.hosts.hostFor(head, site, use);
    if (!host)
        return nullptr;
    PageDocument document{head, std::make_shared<BytesFetch>(content, complete)};
    document.embedded = use == ViewerUse::Embed;
    auto page = std::make_unique<RemotePage>(*host, m_context.fetcher(), site, std::move(document), view);
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
