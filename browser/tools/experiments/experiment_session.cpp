// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/experiments/experiment_session.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/tabs/tab_embeds.h"

#include <QColor>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QTimer>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr QSize ViewSize(900, 600);

BrowserContext::Options optionsOf(const QList<ExperimentStep> &setup, std::optional<ProcessModel> model,
                                  ExperimentSession::Measurable measurable)
{
    BrowserContext::Options context;
    PageProcessPool::Options &options = context.renderers;
    options.measurable = measurable == ExperimentSession::Measurable::Yes;
    options.keepSpare = false; // every process there is has a reason
    for (const ExperimentStep &step : setup) {
        if (step.verb.text != QLatin1String("session"))
            continue;
        if (const auto named = processModelFromName(step.option(QStringLiteral("model"))))
            options.model = *named;
        if (const double seconds = step.option(QStringLiteral("hang")).toDouble(); seconds > 0)
            options.hangLimit = std::chrono::milliseconds(qint64(seconds * 1000));
        if (const quint64 megabytes = step.option(QStringLiteral("memory")).toULongLong(); megabytes > 0)
            options.memoryLimit = megabytes << 20;
    }
    if (model)
        options.model = *model;
    return context;
}

PluginHosts::Options pluginOptionsOf(const QList<ExperimentStep> &setup, std::optional<PluginProcessModel> model)
{
    PluginHosts::Options options = PluginHosts::standardOptions();
    for (const ExperimentStep &step : setup) {
        if (const auto named = pluginProcessModelFromName(step.option(QStringLiteral("plugins"))))
            options.model = *named;
    }
    options.model = model.value_or(options.model);
    return options;
}

bool areBoxesShown(const Tab &tab, int boxes)
{
    for (int i = 0; i < boxes; ++i) {
        const TabEmbeds *embeds = tab.embeds();
        const RemotePage *page = embeds && i < embeds->count() ? embeds->pageOf(i) : nullptr;
        if (!page || !page->host() || page->frame().isNull())
            return false;
    }
    return true;
}

} // namespace

QUrl makeLabPage(const ExperimentStep &tab, const QString &folder, quint32 seed)
{
    if (const QString url = tab.option(QStringLiteral("url")); !url.isEmpty())
        return QUrl(url);
    const QString name = tab.word(0);
    const QString site = tab.option(QStringLiteral("site"));
    // The folder is the site.
    const QString siteFolder = folder + u'/' + site;
    QDir().mkpath(siteFolder);
    QFile file(siteFolder + u'/' + name + QStringLiteral(".html"));
    if (!file.open(QIODevice::WriteOnly))
        return QUrl(QStringLiteral("about:blank"));
    const QColor color = QColor::fromHsv(int((seed * 61 + qHash(site) % 360) % 360), 90, 230);
    QString body;
    const int paragraphs = tab.option(QStringLiteral("kind")) == QLatin1String("big") ? 1500 : 3;
    for (int i = 0; i < paragraphs; ++i)
        body += QStringLiteral("<p>%1: a page of the site “%2”, made for this run (%3). Paragraph %4.</p>\n")
                    .arg(name, site)
                    .arg(seed)
                    .arg(i + 1);
    int box = 0;
    for (const QString &plugin : tab.option(QStringLiteral("boxes")).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const QString document = QStringLiteral("%1-%2.%3").arg(name).arg(++box).arg(plugin);
        QFile content(siteFolder + u'/' + document);
        if (content.open(QIODevice::WriteOnly) && plugin == QLatin1String("hello"))
            content.write(name.toUtf8());
        body += QStringLiteral("<p><embed src='%1' width=490 height=%2>")
                    .arg(document)
                    .arg(plugin == QLatin1String("hello") ? 80 : 360);
    }
    file.write(QStringLiteral("<!doctype html><meta charset=utf-8><title>%1 (%2)</title><body style='background:%3;"
                              "font-family:sans-serif;margin:40px'><h1>%1</h1>%4</body>")
                   .arg(name, site, color.name(), body)
                   .toUtf8());
    return QUrl::fromLocalFile(file.fileName());
}

ExperimentSession::ExperimentSession(const QString &childProgram, const QList<ExperimentStep> &setup, quint32 seed,
                                     std::optional<ProcessModel> model, Measurable measurable,
                                     std::optional<PluginProcessModel> plugins)
    : m_context(std::make_unique<BrowserContext>(childProgram, optionsOf(setup, model, measurable))),
      m_tabs(std::make_unique<TabList>(m_context->fetcher(), m_context->renderers()))
{
    for (const ExperimentStep &step : setup) {
        if (step.verb.text != QLatin1String("tab"))
            continue;
        m_names << step.word(0);
        m_boxes.insert(step.word(0),
                       int(step.option(QStringLiteral("boxes")).split(QLatin1Char(','), Qt::SkipEmptyParts).size()));
        if (m_boxes.value(step.word(0)) > 0 && !m_context->plugins())
            m_context->addPlugins(PluginRegistry::standardFolders({}), pluginOptionsOf(setup, plugins));
        m_urls.insert(step.word(0), makeLabPage(step, m_folder.path(), seed));
    }
    QObject::connect(m_tabs.get(), &TabList::tabInserted, m_tabs.get(), [](int, Tab *tab) {
        tab->setView(ViewSize, 1);
        tab->setVisible(true);
        QObject::connect(tab, &Tab::frameChanged, tab, &Tab::frameShown);
    });
    QObject::connect(&pool(), &PageProcessPool::hostAdded, &pool(), [this](PageProcess *host) {
        QObject::connect(host, &PageProcess::started, host, [this](qint64 pid) {
            if (happened)
                happened(QCoreApplication::translate("ExperimentSession", "process %1 started").arg(pid));
        });
        QObject::connect(host, &PageProcess::gone, host, [this, host] {
            if (happened)
                happened(QCoreApplication::translate("ExperimentSession", "process %1 ended: %2")
                             .arg(host->pid())
                             .arg(host->exitReason().code()));
        });
        QObject::connect(host, &PageProcess::hangChanged, host, [this, host] {
            if (happened)
                happened(host->hang()
                             ? QCoreApplication::translate("ExperimentSession", "process %1 does not answer: %2")
                                   .arg(host->pid())
                                   .arg(host->hang()->code())
                             : QCoreApplication::translate("ExperimentSession", "process %1 answers again")
                                   .arg(host->pid()));
        });
    });
}

ExperimentSession::~ExperimentSession()
{
    happened = nullptr;
}

bool ExperimentSession::open()
{
    for (const QString &name : std::as_const(m_names))
        m_ids.insert(name,
                     m_tabs->open(m_urls.value(name), Initiator::person(PersonsWord()), Activation::Background)->id());
    return waitFor(
        [this] {
            return std::all_of(m_names.begin(), m_names.end(), [this](const QString &name) { return isLoaded(name); });
        },
        std::chrono::seconds(60));
}

Tab *ExperimentSession::tab(const QString &name) const
{
    return m_tabs->byId(m_ids.value(name));
}

bool ExperimentSession::isLoaded(const QString &name) const
{
    const Tab *one = tab(name);
    return one && !one->crash() && one->rendererPid() > 0 && one->loadState() == LoadState::Idle &&
           !one->frame().isNull() && areBoxesShown(*one, m_boxes.value(name));
}

PageProcess *ExperimentSession::hostOf(const QString &name) const
{
    const Tab *one = tab(name);
    for (PageProcess *host : m_context->renderers().hosts()) {
        if (one && one->holdsPageIn(host))
            return host;
    }
    return nullptr;
}

std::vector<PageProcess *> ExperimentSession::usedHosts() const
{
    std::vector<PageProcess *> used = m_context->renderers().hosts();
    std::erase_if(
        used, [](const PageProcess *host) { return host->isGone() || host->sites().empty() || host->pages().empty(); });
    return used;
}

bool ExperimentSession::waitFor(const std::function<bool()> &condition, std::chrono::milliseconds most)
{
    QElapsedTimer time;
    time.start();
    QEventLoop loop;
    QTimer poll;
    bool held = condition();
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        held = condition();
        if (held || time.elapsed() > most.count())
            loop.quit();
    });
    poll.start(5);
    if (!held)
        loop.exec();
    return held;
}

} // namespace bulkhead
