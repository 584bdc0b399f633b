// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/bulkhead/browser_app.h"

#include "browser/desktop/crashes/crash_methods.h"
#include "browser/desktop/crashes/crash_pages.h"
#include "browser/desktop/library/download_manager.h"
#include "browser/desktop/library/history.h"
#include "browser/desktop/metrics/message_methods.h"
#include "browser/desktop/metrics/metrics_methods.h"
#include "browser/desktop/remote/runtime_socket.h"
#include "browser/desktop/session/session_methods.h"
#include "browser/desktop/trace/trace_methods.h"
#include "browser/desktop/window/tab_page.h"
#include "browser/host/processes/log.h"
#include "browser/host/processes/sandbox_verdict.h"
#include "browser/lab/kit/lab_workers.h"
#include "browser/lab/pages/lab_html.h"
#include "browser/lab/pages/lab_methods.h"
#include "browser/lab/pages/lab_view.h"
#include "browser/pages/fetch/typed_url.h"
#include "browser/pages/network/permissions_page.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/plugins/plugins_html.h"
#include "browser/pages/shown/shown_address.h"
#include "browser/tools/cages/sandbox_advice.h"
#include "browser/tools/docks/processes_page.h"
#include "browser/tools/docks/projector_mode.h"
#include "browser/tools/model/app_processes.h"
#include "browser/tools/model/renderer_processes.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/info_bar.h"
#include "browser/widgets/plain_text.h"

#include <QApplication>

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QMessageBox>
#include <QStandardPaths>
#include <QSysInfo>
#include <QTimer>

#include <boost/version.hpp>
#include <cstdio>
#include <google/protobuf/stubs/common.h>

namespace bulkhead {

namespace {

QString childProgram()
{
    return QCoreApplication::applicationDirPath() + QStringLiteral("/bulkhead-child");
}

} // namespace

BrowserApp::BrowserApp(const CommandLine &line, LoopWatchdog &loop) : m_line(line), m_loop(loop)
{
    connect(&m_signals, &SignalWatcher::endRequested, this, [this](int signal) {
        if (m_window)
            m_window->keepPlace();
        Q_EMIT finished(128 + signal);
    });
}

BrowserApp::~BrowserApp() = default;

Result<void> BrowserApp::prepare()
{
    if (!QFileInfo(childProgram()).isExecutable())
        return fail(Error{
            tr("The program %1 is missing: the installation is not complete.").arg(childProgram()).toStdString(), 0});
    for (const QString &address : m_line.addresses) {
        const Result<QUrl> url = typedUrl(address, QDir::currentPath());
        if (!url)
            return tl::unexpected(url.error());
        if (isKnownToBeMissing(*url))
            return fail(Error{tr("There is no file %1.").arg(url->toLocalFile()).toStdString(), 0});
        m_urls << *url;
    }
    return {};
}

Result<RemoteControl::Instance> BrowserApp::claimInstance()
{
    const bool isTask =
        m_line.mode == CommandLine::Mode::Headless && m_line.headlessRole == CommandLine::HeadlessRole::OneTask;
    if (isTask || m_line.mode == CommandLine::Mode::SandboxCheck)
        return RemoteControl::Instance::First;
    QString socket = m_line.controlSocket;
    if (socket.isEmpty()) {
        const Result<QString> folder = runtime_socket::folder();
        if (!folder) {
            log::warn(
                tr("This run cannot be controlled from outside: %1").arg(QString::fromStdString(folder.error().what)));
            return RemoteControl::Instance::First;
        }
        const bool nameless = m_line.mode == CommandLine::Mode::Headless && m_line.profile.isEmpty();
        socket = runtime_socket::path(*folder, nameless ? runtime_socket::headlessName()
                                                        : runtime_socket::nameForProfile(m_line.profile));
    }
    m_control = std::make_unique<RemoteControl>();
    return m_control->claim(socket, m_urls);
}

ControlledApp BrowserApp::controlled()
{
    ControlledApp app{*m_tabs, m_context->renderers(), {}, {}, {}, {}};
    app.zygotePid = [this] { return m_context->zygotePid(); };
    app.quit = [this] {
        if (m_window) {
            m_window->close();
            return;
        }
        m_session->endOrderly();
        Q_EMIT finished(0);
    };
    if (m_window) {
        app.windowPicture = [this] { return m_window->grab().toImage(); };
        app.raiseWindow = [this] {
            if (m_window->isMinimized())
                m_window->showNormal();
            m_window->raise();
            m_window->activateWindow();
        };
    }
    return app;
}

void BrowserApp::start()
{
    makeContext();
    if (m_line.mode == CommandLine::Mode::SandboxCheck) {
        m_sandboxCheck = std::make_unique<SandboxCheck>(m_context->children(), childProgram(),
                                                        m_line.checkOutput == CommandLine::CheckOutput::Json
                                                            ? SandboxCheck::Format::Json
                                                            : SandboxCheck::Format::Text);
        return startSandboxCheck();
    }
    PageProcessPool &renderers = m_context->renderers();
    connect(&renderers, &PageProcessPool::hostAdded, this,
            [this](const PageProcess *host) { connect(host, &PageProcess::ready, &m_loop, &LoopWatchdog::start); });
    m_sandboxPage = std::make_unique<SandboxPage>(renderers, m_context->children(), m_acts, childProgram());
    m_tracer = std::make_unique<Tracer>(renderers);
    if (!m_line.traceFile.isEmpty()) {
        if (const QString error = m_tracer->start(m_line.traceFile); !error.isEmpty())
            log::error(error);
    }
    const auto kept = [this](const char *name) {
        return m_dataFolder.isEmpty() ? QString() : m_dataFolder + u'/' + QLatin1String(name);
    };
    m_crashes = std::make_unique<CrashStore>(kept("crashes"));
    m_crashReporter = std::make_unique<CrashReporter>(renderers, *m_crashes);
    m_experiments = std::make_unique<ExperimentPages>(QCoreApplication::applicationFilePath(), m_acts);
    m_lab = std::make_unique<LabContext>(
        QCoreApplication::applicationDirPath() + QStringLiteral("/bulkhead-lab-worker"), kept("lab"));
    PluginHosts::Options plugins = PluginHosts::standardOptions();
    plugins.waitForDebugger = m_line.waitForDebugger;
    plugins.model = m_line.pluginModel;
    m_context->addPlugins(PluginRegistry::standardFolders(m_line.pluginFolders), plugins);

    if (m_line.mode != CommandLine::Mode::Headless)
        startWindow();
    else if (m_line.headlessRole == CommandLine::HeadlessRole::Serve)
        startServing();
    else
        startHeadless();
    if (m_control)
        addControlMethods();
}

void BrowserApp::makeContext()
{
    BrowserContext::Options options;
    if (!m_line.profile.isEmpty()) {
        options.profile.cacheFolder = m_line.profile + QStringLiteral("/cache");
        m_dataFolder = m_line.profile + QStringLiteral("/data");
    } else if (m_line.mode == CommandLine::Mode::Window) {
        // A run without a window leaves nothing behind.
        options.profile.cacheFolder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
        m_dataFolder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    }
    options.profile.dataFolder = m_dataFolder;
    options.sandbox = m_line.sandbox;
    options.start =
        m_line.start == CommandLine::Start::Zygote ? BrowserContext::Start::Zygote : BrowserContext::Start::Exec;
    options.renderers = m_line.renderers;
    options.pages = internalPages();
    m_context = std::make_unique<BrowserContext>(childProgram(), std::move(options));
    connect(m_context.get(), &BrowserContext::childrenReady, this, &BrowserApp::onChildrenReady);
}

void BrowserApp::onChildrenReady(const wire::ZygoteReady &ready)
{
    const bool first = !m_zygoteReady;
    m_zygoteReady = ready;
    if (m_sandboxPage)
        m_sandboxPage->setZygote(ready);
    if (m_sandboxCheck)
        m_sandboxCheck->setZygote(ready);
    if (first)
        showSandboxState();
}

/// The about: pages that need more than their name; they are asked when everything is there.
InternalPages BrowserApp::internalPages()
{
    InternalPages pages([this] { return versionValues(); });
    pages.setActs(&m_acts);
    pages.add(QStringLiteral("crashes"),
              [this](const QString &id, const QString &) { return crashPage(*m_crashes, id); });
    pages.add(QStringLiteral("plugins"), [this](const QString &rest, const QString &act) {
        BrowserContext::Plugins &plugins = *m_context->plugins();
        return pluginsPage(plugins.hosts, plugins.permissions, m_acts, rest, act);
    });
    pages.add(QStringLiteral("permissions"), [this](const QString &rest, const QString &act) {
        return permissionsPage(m_context->fetcher(), m_acts, rest, act);
    });
    pages.add(QStringLiteral("sandbox"),
              [this](const InternalRequest &request) { return m_sandboxPage->open(request); });
    pages.add(QStringLiteral("experiments"),
              [this](const InternalRequest &request) { return m_experiments->open(request); });
    pages.addBelow(QStringLiteral("lab"),
                   [this](const InternalRequest &request) { return openLabDocument(*m_lab, request.url); });
    pages.add(QStringLiteral("processes"),
              [this](const QString &rest, const QString &act) -> std::optional<QByteArray> {
                  if (!rest.isEmpty() || !m_processes)
                      return {};
                  // The page's own process comes to be meanwhile; the map must not be opened inside of that.
                  if (m_docks && act == u"map")
                      QMetaObject::invokeMethod(m_docks.get(), &InspectDocks::showMap, Qt::QueuedConnection);
                  return processesPage(*m_processes, m_acts.issue(QStringLiteral("processes")));
              });
    return pages;
}

void BrowserApp::addControlMethods()
{
    m_metrics = std::make_unique<AppMetrics>(*m_tabs, m_context->renderers(), m_loop);
    ControlMethods &methods = m_control->methods();
    addCrashMethods(methods, *m_crashes);
    addMessageMethods(methods, m_context->renderers());
    addMetricsMethods(methods, *m_metrics);
    addSessionMethods(methods, *m_restorer);
    addTraceMethods(methods, *m_tracer);
    addLabMethods(methods, [this](const QString &page) { return labView(page); });
    m_control->start(controlled());
}

void BrowserApp::keepSession()
{
    m_session = std::make_unique<SessionKeeper>(*m_tabs, m_dataFolder);
    m_restorer = std::make_unique<SessionRestorer>(*m_tabs, *m_session);
}

void BrowserApp::offerSession()
{
    if (m_restorer->offeredCount() == 0)
        return;
    const int tabs = m_restorer->offeredCount();
    InfoBar *bar = m_window->ask(
        OutsideText(tr("Bulkhead did not end properly the last time.") + u' ' +
                    (tabs == 1 ? tr("A tab can be opened again.") : tr("%1 tabs can be opened again.").arg(tabs))),
        tr("&Restore Tabs"), [this] { m_restorer->restore(); }, [this] { m_restorer->dismiss(); });
    connect(m_session.get(), &SessionKeeper::offerSettled, bar, &QObject::deleteLater);
}

void BrowserApp::startServing()
{
    m_context->renderers().warmUp();
    m_tabs = std::make_unique<TabList>(m_context->fetcher(), m_context->renderers());
    keepSession();
    const QStringList notices = profileNotices();
    for (const QString &notice : notices) {
        if (!notice.isEmpty())
            log::warn(notice);
    }
    m_headlessTabs = std::make_unique<HeadlessTabs>(
        *m_tabs, HeadlessTabs::Options{m_line.headless.windowSize, m_line.headless.scale, m_line.headless.dark});
    for (const QUrl &url : std::as_const(m_urls))
        m_tabs->open(url, Initiator::person(PersonsWord()),
                     m_tabs->count() == 0 ? Activation::Foreground : Activation::Background);
}

void BrowserApp::startHeadless()
{
    m_line.headless.url = m_urls.first();
    m_headlessTab = std::make_unique<Tab>(1, m_context->fetcher(), m_context->renderers());
    m_headlessRun = std::make_unique<HeadlessRun>(*m_headlessTab, m_line.headless);
    connect(m_headlessRun.get(), &HeadlessRun::finished, this, &BrowserApp::finished);
    m_headlessRun->start();
}

void BrowserApp::startWindow()
{
    const ColorScheme scheme = m_line.colors == CommandLine::Colors::Dark    ? ColorScheme::Dark
                               : m_line.colors == CommandLine::Colors::Light ? ColorScheme::Light
                                                                             : ColorScheme::System;
    applyColorScheme(*qApp, scheme);
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/bulkhead/icons/bulkhead.svg")));

    m_context->renderers().warmUp();
    openSettings();
    m_history = std::make_unique<History>(m_dataFolder);
    m_downloads = std::make_unique<DownloadManager>(m_context->fetcher());
    m_tabs = std::make_unique<TabList>(m_context->fetcher(), m_context->renderers());
    keepSession();
    m_window = std::make_unique<MainWindow>(*m_tabs, *m_downloads, *m_history, *m_settings);
    connect(m_window.get(), &MainWindow::closed, this, [this] {
        m_session->endOrderly();
        Q_EMIT finished(0);
    });
    addTools();
    if (m_urls.isEmpty())
        m_urls << QUrl(QStringLiteral("about:start"));
    for (const QUrl &url : std::as_const(m_urls))
        m_tabs->open(url, Initiator::person(PersonsWord()),
                     m_tabs->count() == 0 ? Activation::Foreground : Activation::Background);
    m_window->show();
    m_notices = std::make_unique<ProfileNotices>(*m_window);
    m_notices->follow(*m_settings);
    m_notices->follow(*m_history);
    m_notices->tell(profileNotices());
    offerSession();
    connectPluginsToWindow();
}

/// What plugins ask of the person.
void BrowserApp::connectPluginsToWindow()
{
    m_context->plugins()->permissions.setAsker(
        [this](const PluginQuestion &question, const std::function<void(bool)> &done) {
            QStringList wishes;
            for (const QString &line : question.lines())
                wishes << OutsideText(line).plain();
            const QString sentence = tr("The plugin “%1” wants to %2. May it, on %3?")
                                         .arg(OutsideText::name(question.pluginName).plain(),
                                              wishes.join(QStringLiteral("; ")), shownSite(question.site));
            m_window->ask(
                OutsideText(sentence, OutsideText::Lines::Many), tr("&Allow"), [done] { done(true); },
                [done] { done(false); });
        });
    m_context->plugins()->services.setFileChooser(
        [this](const QString &name, const std::function<void(const QString &)> &done) {
            auto *dialog = new QFileDialog(m_window.get(), tr("Save"),
                                           QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setAcceptMode(QFileDialog::AcceptSave);
            dialog->selectFile(name);
            connect(dialog, &QFileDialog::finished, this, [dialog, done](int result) {
                done(result == QDialog::Accepted ? dialog->selectedFiles().value(0) : QString());
            });
            dialog->open();
        });
    if (m_line.watchPlugins)
        watchPlugins();
}

/// For authors: what was built anew is shown.
void BrowserApp::watchPlugins()
{
    auto *watcher = new QFileSystemWatcher(this);
    auto *quiet = new QTimer(watcher);
    quiet->setSingleShot(true);
    quiet->setInterval(300); // until the build has written all of it
    const auto watch = [this, watcher] {
        for (const auto &plugin : m_context->plugins()->registry.plugins())
            watcher->addPaths({plugin->folder(), plugin->folder() + QStringLiteral("/manifest.json")});
    };
    connect(watcher, &QFileSystemWatcher::fileChanged, quiet, qOverload<>(&QTimer::start));
    connect(watcher, &QFileSystemWatcher::directoryChanged, quiet, qOverload<>(&QTimer::start));
    connect(quiet, &QTimer::timeout, this, [this, watch] {
        m_context->plugins()->registry.rescan();
        watch();
        if (Tab *tab = m_tabs->active())
            tab->reload();
    });
    watch();
}

void BrowserApp::addTools()
{
    m_processes = std::make_unique<ProcessList>();
    auto own = std::make_unique<AppProcesses>([this] { return m_context->zygotePid(); });
    own->setMoreZygotes([this] { return m_context->plugins()->hosts.zygotePids(); });
    m_processes->add(std::move(own));
    m_processes->add(std::make_unique<RendererProcesses>(*m_tabs, m_context->renderers()));
    m_processes->add(std::make_unique<LabWorkers>(*m_lab));
    m_traffic = std::make_unique<TrafficLog>(m_context->renderers());
    m_docks = std::make_unique<InspectDocks>(*m_window, *m_tabs, *m_processes, *m_traffic, *m_settings);
    m_window->nativePages().add(QStringLiteral("lab"), [this](QWidget *parent) { return new LabView(*m_lab, parent); });
    connect(&m_docks->projector(), &ProjectorMode::changed, m_lab.get(), &LabContext::setCalm);
    connect(m_experiments.get(), &ExperimentPages::mapWanted, m_docks.get(), &InspectDocks::showMap,
            Qt::QueuedConnection);
    connect(m_experiments.get(), &ExperimentPages::pagesWanted, m_tabs.get(), [this](const QList<QUrl> &urls) {
        for (const QUrl &url : urls)
            m_tabs->open(url, Initiator::person(PersonsWord()), Activation::Background);
    });
}

/// Where the person sees @p page of the lab: the lab in front, else any, else a new tab.
LabView *BrowserApp::labView(const QString &page)
{
    if (!m_window)
        return nullptr;
    const auto viewIn = [this](Tab *tab) {
        const TabPage *shown = tab ? m_window->pageOf(tab) : nullptr;
        return shown ? qobject_cast<LabView *>(shown->nativePage()) : nullptr;
    };
    Tab *tab = m_tabs->active();
    for (int i = 0; i < m_tabs->count() && !viewIn(tab); ++i)
        tab = m_tabs->at(i);
    const QUrl url = LabView::urlOf(page);
    if (!viewIn(tab))
        tab = m_tabs->open(url, Initiator::person(PersonsWord()), Activation::Foreground);
    else if (tab->url() != url)
        tab->navigate(url, Initiator::person(PersonsWord()));
    return viewIn(tab);
}

void BrowserApp::startSandboxCheck()
{
    if (m_line.checkOutput == CommandLine::CheckOutput::AppArmorProfile) {
        std::fputs(appArmorProfile(childProgram()).toUtf8().constData(), stdout);
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT finished(0); }, Qt::QueuedConnection);
        return;
    }
    connect(m_sandboxCheck.get(), &SandboxCheck::finished, this, [this](const QByteArray &text, int exitCode) {
        std::fputs(text.constData(), stdout);
        Q_EMIT finished(exitCode);
    });
    m_sandboxCheck->start();
}

/// In the window a bar that stays, whenever pages are less than fully locked down; without a window a line in the log.
void BrowserApp::showSandboxState()
{
    const wire::SandboxReport &report = m_zygoteReady->sandbox();
    const SandboxVerdict verdict = verdictOn(report);
    if (verdict.level == SandboxLevel::Full || m_sandboxCheck)
        return;
    QString sentence = verdict.sentence;
    QColor color(0xb3, 0x1d, 0x1d);
    if (report.mode() == wire::SANDBOX_OFF) {
        sentence = tr("Pages run without a sandbox (--no-sandbox): what they are made of can read your files and use "
                      "your network. "
                      "Open nothing that you do not trust.");
    } else if (report.mode() == wire::SANDBOX_REFUSED) {
        sentence = tr("No page can be opened: this system does not let Bulkhead lock processes down.");
    } else {
        color = QColor(0xa8, 0x62, 0x00);
    }
    log::warn(sentence);
    if (!m_window)
        return;
    InfoBar *bar = m_window->showWarning(OutsideText(sentence), color);
    const QString advice = sandboxAdvice(*m_zygoteReady, childProgram());
    if (advice.isEmpty())
        return;
    bar->setOffer(tr("What to do"), OutsideText(tr("Shows how to allow the full sandbox on this system")));
    connect(bar, &InfoBar::accepted, this, [this, sentence, advice] {
        QMessageBox *box = plain::messageBox(QMessageBox::Warning, tr("Sandbox"), OutsideText(sentence),
                                             QMessageBox::Ok, m_window.get());
        box->setAttribute(Qt::WA_DeleteOnClose);
        plain::setInformativeText(box, OutsideText(advice, OutsideText::Lines::Many));
        box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        box->open();
    });
}

void BrowserApp::openSettings()
{
    Settings::Place place;
    if (m_line.profile.isEmpty()) {
        const QString folder =
            QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/bulkhead");
        place.file = folder + QStringLiteral("/settings.json");
        place.oldFile = folder + QStringLiteral("/bulkhead.conf");
    } else {
        place.file = m_line.profile + QStringLiteral("/settings.json");
        place.oldFile = m_line.profile + QStringLiteral("/settings.ini");
    }
    m_settings = std::make_unique<Settings>(place);
}

/// What was found in the place of files that a run before kept.
QStringList BrowserApp::profileNotices() const
{
    return m_context->fetcher().notices() << m_context->plugins()->permissions.notice() << m_session->notice();
}

InternalPages::Values BrowserApp::versionValues() const
{
    const auto version = [](int number, int major, int minor) {
        return QStringLiteral("%1.%2.%3")
            .arg(QString::number(number / major), QString::number(number / minor % 1000),
                 QString::number(number % minor));
    };
    const auto milliseconds = [](std::chrono::nanoseconds time) {
        return QString::number(double(time.count()) / 1e6, 'f', 1);
    };
    return {
        {QStringLiteral("version"), QStringLiteral(BULKHEAD_VERSION)},
        {QStringLiteral("qt"), QString::fromLatin1(qVersion())},
        {QStringLiteral("protobuf"), version(GOOGLE_PROTOBUF_VERSION, 1'000'000, 1000)},
        {QStringLiteral("boost"), QStringLiteral("%1.%2.%3")
                                      .arg(BOOST_VERSION / 100000)
                                      .arg(BOOST_VERSION / 100 % 1000)
                                      .arg(BOOST_VERSION % 100)},
        {QStringLiteral("kernel"), QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion()},
        {QStringLiteral("system"), QSysInfo::prettyProductName()},
        {QStringLiteral("process_model"),
         tr("%1; plugins %2")
             .arg(processModelName(m_line.renderers.model), pluginProcessModelName(m_line.pluginModel))},
        {QStringLiteral("pid"), QString::number(QCoreApplication::applicationPid())},
        {QStringLiteral("zygote"),
         m_line.start == CommandLine::Start::Zygote ? tr("process %1").arg(m_context->zygotePid()) : tr("not used")},
        {QStringLiteral("processes"), QString::number(m_context->renderers().hosts().size())},
        {QStringLiteral("loop_longest"),
         tr("%1 ms (%2 ms with the time it had no processor)")
             .arg(milliseconds(m_loop.figures().longestOwn), milliseconds(m_loop.figures().longest))},
        {QStringLiteral("loop_stalls"),
         tr("%1 of %2 turns took more than %3 ms")
             .arg(QString::number(m_loop.figures().stalls), QString::number(m_loop.figures().turns),
                  QString::number(LoopWatchdog::Limit.count()))},
    };
}

} // namespace bulkhead
