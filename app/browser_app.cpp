// SPDX-License-Identifier: BSD-3-Clause
#include "app/browser_app.h"

#include "browser/loading/download_manager.h"
#include "browser/loading/history.h"
#include "browser/loading/typed_url.h"
#include "browser/window/color_scheme.h"

#include <QApplication>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QSysInfo>

#include <boost/version.hpp>
#include <google/protobuf/stubs/common.h>

namespace bulkhead {

namespace {

QString childProgram()
{
    return QCoreApplication::applicationDirPath() + QStringLiteral("/bulkhead-child");
}

}  // namespace

BrowserApp::BrowserApp(const CommandLine &line) : m_line(line)
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

void BrowserApp::start()
{
    const bool headless = m_line.mode == CommandLine::Mode::Headless;
    m_execLauncher = std::make_unique<ExecLauncher>(childProgram());
    if (m_line.start == CommandLine::Start::Zygote)
        m_zygoteLauncher = std::make_unique<ZygoteLauncher>(childProgram(), *m_execLauncher);
    ChildLauncher &launcher = m_zygoteLauncher ? static_cast<ChildLauncher &>(*m_zygoteLauncher) : *m_execLauncher;
    m_renderers = std::make_unique<RendererPool>(launcher, m_line.renderers);

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
    m_fetcher = std::make_unique<ProfileFetcher>(settings, InternalPages([this] { return versionValues(); }));

    if (headless)
        startHeadless();
    else
        startWindow();
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
    m_window = std::make_unique<MainWindow>(*m_tabs, *m_downloads, *m_history, *m_settings);
    connect(m_window.get(), &MainWindow::closed, this, [this] { Q_EMIT finished(0); });
    if (m_urls.isEmpty())
        m_urls << QUrl(QStringLiteral("about:start"));
    for (const QUrl &url : std::as_const(m_urls))
        m_tabs->open(url, m_tabs->count() == 0 ? Activation::Foreground : Activation::Background);
    m_window->show();
}

InternalPages::Values BrowserApp::versionValues() const
{
    const auto version = [](int number, int major, int minor) {
        return QStringLiteral("%1.%2.%3").arg(QString::number(number / major), QString::number(number / minor % 1000),
                                              QString::number(number % minor));
    };
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
    };
}

}  // namespace bulkhead
