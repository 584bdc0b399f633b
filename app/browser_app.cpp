// SPDX-License-Identifier: BSD-3-Clause
#include "app/browser_app.h"

#include "browser/crashes/crash_methods.h"
#include "browser/crashes/crash_pages.h"
#include "browser/inspect/app_processes.h"
#include "browser/inspect/processes_page.h"
#include "browser/inspect/projector_mode.h"
#include "browser/inspect/renderer_processes.h"
#include "browser/lab/lab_html.h"
#include "browser/lab/lab_methods.h"
#include "browser/lab/lab_view.h"
#include "browser/lab/lab_workers.h"
#include "browser/loading/download_manager.h"
#include "browser/loading/history.h"
#include "browser/loading/typed_url.h"
#include "browser/processes/sandbox_verdict.h"
#include "browser/sandbox/sandbox_advice.h"
#include "browser/plugins/plugins_html.h"
#include "browser/metrics/message_methods.h"
#include "browser/metrics/metrics_methods.h"
#include "browser/pages/renderer_host.h"
#include "browser/processes/log.h"
#include "browser/remote/runtime_socket.h"
#include "browser/session/session_methods.h"
#include "browser/trace/trace_methods.h"
#include "browser/window/color_scheme.h"
#include "browser/window/info_bar.h"
#include "browser/window/tab_page.h"

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

}  // namespace

BrowserApp::BrowserApp(const CommandLine &line, LoopWatchdog &loop) : m_line(line), m_loop(loop)
{
    connect(&m_signals, &SignalWatcher::endRequested, this, [this](int signal) { Q_EMIT finished(128 + signal); });
}

BrowserApp::~BrowserApp() = default;

Result<void> BrowserApp::prepare()
{
    if (!QFileInfo(childProgram()).isExecutable())
        return fail(Error{tr("The program %1 is missing: the installation is not complete.").arg(childProgram()).toStdString(), 0});
    for (const QString &address : m_line.addresses) {
        const Result<QUrl> url = typedUrl(address, QDir::currentPath());
        if (!url)
            return tl::unexpected(url.error());
        if (url->isLocalFile() && !QFileInfo::exists(url->toLocalFile()))
            return fail(Error{tr("There is no file %1.").arg(url->toLocalFile()).toStdString(), 0});
        m_urls << *url;
    }
    return {};
}

Result<RemoteControl::Instance> BrowserApp::claimInstance()
{
    const bool isTask = m_line.mode == CommandLine::Mode::Headless && m_line.headlessRole == CommandLine::HeadlessRole::OneTask;
    if (isTask || m_line.mode == CommandLine::Mode::SandboxCheck)
        return RemoteControl::Instance::First;
    QString socket = m_line.controlSocket;
    if (socket.isEmpty()) {
        const Result<QString> folder = runtime_socket::folder();
        if (!folder) {
            log::warn(tr("This run cannot be controlled from outside: %1").arg(QString::fromStdString(folder.error().what)));
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
    ControlledApp app{*m_tabs, *m_renderers, {}, {}, {}, {}};
    app.zygotePid = [this] { return m_zygoteLauncher ? m_zygoteLauncher->pid() : 0; };
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
    const bool headless = m_line.mode == CommandLine::Mode::Headless;
    m_execLauncher = std::make_unique<ExecLauncher>(childProgram(), m_line.sandbox);
    if (m_line.start == CommandLine::Start::Zygote)
        m_zygoteLauncher = std::make_unique<ZygoteLauncher>(childProgram(), *m_execLauncher, m_line.sandbox);
    ChildLauncher &launcher = m_zygoteLauncher ? static_cast<ChildLauncher &>(*m_zygoteLauncher) : *m_execLauncher;
    const auto learn = [this](const wire::ZygoteReady &ready) {
        const bool first = !m_zygoteReady;
        m_zygoteReady = ready;
        if (m_sandboxPage)
            m_sandboxPage->setZygote(ready);
        if (m_sandboxCheck)
            m_sandboxCheck->setZygote(ready);
        if (first)
            showSandboxState();
    };
    connect(m_execLauncher.get(), &ExecLauncher::ready, this, learn);
    if (m_zygoteLauncher)
        connect(m_zygoteLauncher.get(), &ZygoteLauncher::ready, this, learn);
    if (m_line.mode == CommandLine::Mode::SandboxCheck) {
        m_sandboxCheck = std::make_unique<SandboxCheck>(
            launcher, childProgram(),
            m_line.checkOutput == CommandLine::CheckOutput::Json ? SandboxCheck::Format::Json : SandboxCheck::Format::Text);
        return startSandboxCheck();
    }
    m_renderers = std::make_unique<RendererPool>(launcher, m_line.renderers);
    m_sandboxPage = std::make_unique<SandboxPage>(*m_renderers, launcher, childProgram());
    connect(m_renderers.get(), &RendererPool::hostAdded, this,
            [this](const RendererHost *host) { connect(host, &RendererHost::ready, &m_loop, &LoopWatchdog::start); });
    m_tracer = std::make_unique<Tracer>(*m_renderers);
    if (!m_line.traceFile.isEmpty()) {
        if (const QString error = m_tracer->start(m_line.traceFile); !error.isEmpty())
            log::error(error);
    }

    ProfileSettings settings;
    if (!m_line.profile.isEmpty()) {
        settings.cacheFolder = m_line.profile + QStringLiteral("/cache");
        m_dataFolder = m_line.profile + QStringLiteral("/data");
    } else if (!headless) {
        // A run without a window leaves nothing behind.
        settings.cacheFolder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
        m_dataFolder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    }
    settings.dataFolder = m_dataFolder;
    m_crashes = std::make_unique<CrashStore>(m_dataFolder.isEmpty() ? QString() : m_dataFolder + QStringLiteral("/crashes"));
    m_crashReporter = std::make_unique<CrashReporter>(*m_renderers, *m_crashes);
    InternalPages pages([this] { return versionValues(); });
    pages.add(QStringLiteral("crashes"), [this](const QString &id) { return crashPage(*m_crashes, id); });
    pages.add(QStringLiteral("plugins"), [this](const QString &rest) {
        return pluginsPage(*m_pluginHosts, *m_pluginPermissions, rest);
    });
    pages.add(QStringLiteral("sandbox"), [this](const QUrl &url) { return m_sandboxPage->open(url); });
    m_experiments = std::make_unique<ExperimentPages>(QCoreApplication::applicationFilePath());
    pages.add(QStringLiteral("experiments"), [this](const QUrl &url) { return m_experiments->open(url); });
    m_lab = std::make_unique<LabContext>(QCoreApplication::applicationDirPath() + QStringLiteral("/bulkhead-lab-worker"),
                                         m_dataFolder.isEmpty() ? QString() : m_dataFolder + QStringLiteral("/lab"));
    pages.addBelow(QStringLiteral("lab"), [this](const QUrl &url) { return openLabDocument(*m_lab, url); });
    pages.add(QStringLiteral("processes"), [this](const QString &rest) -> std::optional<QByteArray> {
        if (!rest.isEmpty() || !m_processes)
            return {};
        // The page's own process comes to be meanwhile; the map must not be opened inside of that.
        if (m_docks)
            QMetaObject::invokeMethod(m_docks.get(), &InspectDocks::showMap, Qt::QueuedConnection);
        return processesPage(*m_processes);
    });
    m_fetcher = std::make_unique<ProfileFetcher>(settings, std::move(pages));
    startPlugins();

    if (headless && m_line.headlessRole == CommandLine::HeadlessRole::Serve)
        startServing();
    else if (headless)
        startHeadless();
    else
        startWindow();
    if (m_control)
        addControlMethods();
}

void BrowserApp::startPlugins()
{
    m_pluginRegistry = std::make_unique<PluginRegistry>(PluginRegistry::standardFolders(m_line.pluginFolders));
    m_pluginPermissions = std::make_unique<PluginPermissions>(m_dataFolder);
    m_pluginServices = std::make_unique<PluginServices>(*m_fetcher, *m_pluginPermissions, m_dataFolder);
    PluginHosts::Options options = PluginHosts::standardOptions();
    options.sandbox = m_line.sandbox;
    options.useZygote = m_line.start == CommandLine::Start::Zygote;
    options.waitForDebugger = m_line.waitForDebugger;
    m_pluginHosts = std::make_unique<PluginHosts>(*m_pluginRegistry, *m_renderers, options, m_pluginServices.get());
}

void BrowserApp::addControlMethods()
{
    m_metrics = std::make_unique<AppMetrics>(*m_tabs, *m_renderers, m_loop);
    ControlMethods &methods = m_control->methods();
    addCrashMethods(methods, *m_crashes);
    addMessageMethods(methods, *m_renderers);
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
        tr("Bulkhead did not end properly the last time.") + u' ' +
            (tabs == 1 ? tr("A tab can be opened again.") : tr("%1 tabs can be opened again.").arg(tabs)),
        tr("&Restore Tabs"), [this] { m_restorer->restore(); }, [this] { m_restorer->dismiss(); });
    connect(m_session.get(), &SessionKeeper::offerSettled, bar, &QObject::deleteLater);
}

void BrowserApp::startServing()
{
    m_renderers->warmUp();
    m_tabs = std::make_unique<TabList>(*m_fetcher, *m_renderers);
    keepSession();
    m_headlessTabs = std::make_unique<HeadlessTabs>(
        *m_tabs, HeadlessTabs::Options{m_line.headless.windowSize, m_line.headless.scale, m_line.headless.dark});
    for (const QUrl &url : std::as_const(m_urls))
        m_tabs->open(url, m_tabs->count() == 0 ? Activation::Foreground : Activation::Background);
}

void BrowserApp::startHeadless()
{
    m_line.headless.url = m_urls.first();
    m_headlessTab = std::make_unique<Tab>(1, *m_fetcher, *m_renderers);
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

    m_renderers->warmUp();
    m_settings = m_line.profile.isEmpty()
                     ? std::make_unique<QSettings>(QStringLiteral("bulkhead"), QStringLiteral("bulkhead"))
                     : std::make_unique<QSettings>(m_line.profile + QStringLiteral("/settings.ini"), QSettings::IniFormat);
    m_history = std::make_unique<History>(m_dataFolder);
    m_downloads = std::make_unique<DownloadManager>(*m_fetcher);
    m_tabs = std::make_unique<TabList>(*m_fetcher, *m_renderers);
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
        m_tabs->open(url, m_tabs->count() == 0 ? Activation::Foreground : Activation::Background);
    m_window->show();
    offerSession();
    connectPluginsToWindow();
}

/// What plugins ask of the person.
void BrowserApp::connectPluginsToWindow()
{
    m_pluginPermissions->setAsker([this](const PluginQuestion &question, const std::function<void(bool)> &done) {
        m_window->ask(tr("The plugin “%1” wants to %2. May it, on %3?").arg(question.pluginName, question.lines().join(QStringLiteral("; ")), question.site),
                      tr("&Allow"), [done] { done(true); }, [done] { done(false); });
    });
    m_pluginServices->setFileChooser([this](const QString &name, const std::function<void(const QString &)> &done) {
        auto *dialog = new QFileDialog(m_window.get(), tr("Save"), QStandardPaths::writableLocation(QStandardPaths::DownloadLocation));
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
        for (const auto &plugin : m_pluginRegistry->plugins())
            watcher->addPaths({plugin->folder(), plugin->folder() + QStringLiteral("/manifest.json")});
    };
    connect(watcher, &QFileSystemWatcher::fileChanged, quiet, qOverload<>(&QTimer::start));
    connect(watcher, &QFileSystemWatcher::directoryChanged, quiet, qOverload<>(&QTimer::start));
    connect(quiet, &QTimer::timeout, this, [this, watch] {
        m_pluginRegistry->rescan();
        watch();
        if (Tab *tab = m_tabs->active())
            tab->reload();
    });
    watch();
}

void BrowserApp::addTools()
{
    m_processes = std::make_unique<ProcessList>();
    auto own = std::make_unique<AppProcesses>([this] { return m_zygoteLauncher ? m_zygoteLauncher->pid() : 0; });
    own->setMoreZygotes([this] { return m_pluginHosts->zygotePids(); });
    m_processes->add(std::move(own));
    m_processes->add(std::make_unique<RendererProcesses>(*m_tabs, *m_renderers));
    m_processes->add(std::make_unique<LabWorkers>(*m_lab));
    m_traffic = std::make_unique<TrafficLog>(*m_renderers);
    m_docks = std::make_unique<InspectDocks>(*m_window, *m_tabs, *m_processes, *m_traffic, *m_settings);
    m_window->nativePages().add(QStringLiteral("lab"), [this](QWidget *parent) { return new LabView(*m_lab, parent); });
    connect(&m_docks->projector(), &ProjectorMode::changed, m_lab.get(), &LabContext::setCalm);
    connect(m_experiments.get(), &ExperimentPages::mapWanted, m_docks.get(), &InspectDocks::showMap, Qt::QueuedConnection);
    connect(m_experiments.get(), &ExperimentPages::pagesWanted, m_tabs.get(), [this](const QList<QUrl> &urls) {
        for (const QUrl &url : urls)
            m_tabs->open(url, Activation::Background);
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
        tab = m_tabs->open(url, Activation::Foreground);
    else if (tab->url() != url)
        tab->navigate(url);
    return viewIn(tab);
}

void BrowserApp::startSandboxCheck()
{
    if (m_line.checkOutput == CommandLine::CheckOutput::AppArmorProfile) {
        std::fputs(appArmorProfile(childProgram()).toUtf8().constData(), stdout);
        QMetaObject::invokeMethod(this, [this] { Q_EMIT finished(0); }, Qt::QueuedConnection);
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
        sentence = tr("Pages run without a sandbox (--no-sandbox): what they are made of can read your files and use your network. "
                      "Open nothing that you do not trust.");
    } else if (report.mode() == wire::SANDBOX_REFUSED) {
        sentence = tr("No page can be opened: this system does not let Bulkhead lock processes down.");
    } else {
        color = QColor(0xa8, 0x62, 0x00);
    }
    log::warn(sentence);
    if (!m_window)
        return;
    InfoBar *bar = m_window->showWarning(sentence, color);
    const QString advice = sandboxAdvice(*m_zygoteReady, childProgram());
    if (advice.isEmpty())
        return;
    bar->setOffer(tr("What to do"), tr("Shows how to allow the full sandbox on this system"));
    connect(bar, &InfoBar::accepted, this, [this, sentence, advice] {
        auto *box = new QMessageBox(QMessageBox::Warning, tr("Sandbox"), sentence, QMessageBox::Ok, m_window.get());
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setInformativeText(advice);
        box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        box->open();
    });
}

InternalPages::Values BrowserApp::versionValues() const
{
    const auto version = [](int number, int major, int minor) {
        return QStringLiteral("%1.%2.%3").arg(QString::number(number / major), QString::number(number / minor % 1000),
                                              QString::number(number % minor));
    };
    const auto milliseconds = [](std::chrono::nanoseconds time) { return QString::number(double(time.count()) / 1e6, 'f', 1); };
    return {
        {QStringLiteral("version"), QStringLiteral(BULKHEAD_VERSION)},
        {QStringLiteral("qt"), QString::fromLatin1(qVersion())},
        {QStringLiteral("protobuf"), version(GOOGLE_PROTOBUF_VERSION, 1'000'000, 1000)},
        {QStringLiteral("boost"), QStringLiteral("%1.%2.%3").arg(BOOST_VERSION / 100000).arg(BOOST_VERSION / 100 % 1000).arg(BOOST_VERSION % 100)},
        {QStringLiteral("kernel"), QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion()},
        {QStringLiteral("system"), QSysInfo::prettyProductName()},
        {QStringLiteral("process_model"), processModelName(m_line.renderers.model)},
        {QStringLiteral("pid"), QString::number(QCoreApplication::applicationPid())},
        {QStringLiteral("zygote"), m_zygoteLauncher ? tr("process %1").arg(m_zygoteLauncher->pid()) : tr("not used")},
        {QStringLiteral("processes"), QString::number(m_renderers->hosts().size())},
        {QStringLiteral("loop_longest"),
         tr("%1 ms (%2 ms with the time it had no processor)").arg(milliseconds(m_loop.figures().longestOwn), milliseconds(m_loop.figures().longest))},
        {QStringLiteral("loop_stalls"), tr("%1 of %2 turns took more than %3 ms")
                                            .arg(QString::number(m_loop.figures().stalls), QString::number(m_loop.figures().turns),
                                                 QString::number(LoopWatchdog::Limit.count()))},
    };
}

}  // namespace bulkhead
