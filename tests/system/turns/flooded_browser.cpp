// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/turns/flooded_browser.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/plugin_requests.h"
#include "ipc/core/spawn.h"
#include "tests/support/initiators.h"
#include "tests/support/wait_for.h"

#include <QApplication>
#include <QDir>
#include <QFile>

namespace bulkhead {

namespace {

/// Counts what is painted.
class Paints : public QObject
{
public:
    Paints() { qApp->installEventFilter(this); }
    int count() const { return m_count; }
    bool eventFilter(QObject *, QEvent *event) override
    {
        m_count += event->type() == QEvent::Paint;
        return false;
    }

private:
    int m_count = 0;
};

BrowserContext::Options options()
{
    BrowserContext::Options options;
    options.renderers.softLimit = 24;
    options.renderers.memoryLimit = 0; // they are not in a cage
    options.renderers.keepSpare = false;
    return options;
}

std::uint64_t received(const PageProcess &host)
{
    return host.hasChannel() ? host.channel().base().counters().messagesReceived : 0;
}

} // namespace

void FloodLauncher::launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done)
{
    auto process = spawn(FLOODING_RENDERER, {m_what.toStdString()}, request.channel, request.logWriteEnd);
    if (!process)
        return done(tl::unexpected(process.error()));
    done(LaunchedChild{process->pid, std::move(process->pidFd), {}});
}

FloodedBrowser::FloodedBrowser(const QByteArray &what)
    : m_what(what), m_launcher(what), m_context(m_launcher, options())
{
    QObject::connect(&m_pool, &PageProcessPool::hostAdded, &m_pool, [this](PageProcess *host) {
        QObject::connect(host, &PageProcess::ending, &m_pool, [this, host] { m_ofEnded += received(*host); });
    });
    if (what.startsWith("plugin.")) {
        m_plugin.emplace(m_context.fetcher(), m_pool, m_folder.filePath(QStringLiteral("data")),
                         ScenePlugin::permission("storage", {{QStringLiteral("quota"), QStringLiteral("1M")}}),
                         ScenePlugin::Person::Allows, QString::fromLatin1(what));
    }
    for (int number = 0; number < Sites; ++number) {
        if (m_plugin) {
            LoopbackAnswer answer = LoopbackAnswer::page("for the plugin");
            answer.type = ScenePlugin::MimeType;
            m_servers.push_back(
                std::make_unique<LoopbackServer>(QString(), QStringLiteral("127.0.0.%1").arg(1 + number)));
            m_servers.back()->set(QStringLiteral("/page"), answer);
        }
        QDir().mkpath(site(number, ""));
        for (const char *name : {"page.html", "large.bin"}) {
            QFile file(site(number, name));
            if (!file.open(QIODevice::WriteOnly) || file.write("<p>hello") < 0 ||
                (file.fileName().endsWith(u"large.bin") && !file.resize(16 << 20)))
                qFatal("no room for the test's pages");
        }
    }
    m_window.resize(1200, 800);
    const Paints paints;
    m_window.show();
    if (!waitFor([&] { return paints.count() > 0; }))
        qFatal("the window was not painted");
    if (what == "trace_events") {
        if (const QString problem = m_tracer.start(m_folder.filePath(QStringLiteral("trace.json"))); !problem.isEmpty())
            qFatal("no trace: %s", qPrintable(problem));
    }
}

FloodedBrowser::~FloodedBrowser() = default;

QString FloodedBrowser::site(int number, const char *name) const
{
    return m_folder.filePath(QStringLiteral("site%1/").arg(number)) + QLatin1String(name);
}

bool FloodedBrowser::openAll()
{
    const Paints paints;
    int atFirstFrame = -1;
    QMetaObject::Connection first;
    for (int number = 0; number < Sites; ++number) {
        Tab *tab = m_tabs.open(m_plugin ? m_servers[std::size_t(number)]->url(QStringLiteral("/page"))
                                        : QUrl::fromLocalFile(site(number, "page.html")),
                               test::person(), number == 0 ? Activation::Foreground : Activation::Background);
        if (number == 0) {
            first = QObject::connect(tab, &Tab::frameChanged, tab, [&] {
                atFirstFrame = paints.count();
                QObject::disconnect(first);
            });
        }
    }
    const bool isShown =
        waitFor([&] { return m_tabs.at(0)->crash() || (atFirstFrame >= 0 && paints.count() > atFirstFrame); });
    QObject::disconnect(first);
    return isShown;
}

void FloodedBrowser::ask()
{
    for (int i = 0; i < m_tabs.count(); ++i) {
        Tab *tab = m_tabs.at(i);
        if (!m_asked.contains(tab) && !tab->crash())
            ask(tab);
    }
}

void FloodedBrowser::ask(Tab *tab)
{
    const auto answered = [this, tab] {
        ++m_answers;
        m_asked.remove(tab);
    };
    if (m_what == "text_reply") {
        m_asked.insert(tab);
        tab->requestText([answered](const QString &) { answered(); });
    } else if (m_what == "hit_test_reply") {
        m_asked.insert(tab);
        tab->requestHit({10, 10}, [answered](const Tab::Hit &) { answered(); });
    } else if (m_what == "plugin.structure") {
        m_asked.insert(tab);
        tab->requestStructure([answered](const DocumentStructure &) { answered(); });
    } else if (m_what == "find_reply") {
        tab->find(QString::number(++m_answers), FindStep::Next, Qt::CaseSensitive);
    }
}

std::uint64_t FloodedBrowser::messages() const
{
    std::uint64_t sum = m_ofEnded;
    for (const PageProcess *host : m_pool.hosts())
        sum += received(*host);
    return sum;
}

QString FloodedBrowser::firstEnd() const
{
    for (int i = 0; i < m_tabs.count(); ++i) {
        if (m_tabs.at(i)->crash())
            return m_tabs.at(i)->crash()->sentence();
    }
    return {};
}

int FloodedBrowser::alive() const
{
    int count = 0;
    for (int i = 0; i < m_tabs.count(); ++i)
        count += m_tabs.at(i)->crash() ? 0 : 1;
    return count;
}

} // namespace bulkhead
