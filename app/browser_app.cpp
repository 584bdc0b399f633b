// SPDX-License-Identifier: BSD-3-Clause
#include "app/browser_app.h"

#include "browser/loading/download_manager.h"
#include "browser/loading/history.h"
#include "browser/loading/typed_url.h"
#include "browser/processes/sandbox_verdict.h"
#include "browser/sandbox/sandbox_advice.h"
#include "browser/window/color_scheme.h"
#include "browser/window/info_bar.h"

#include <QApplication>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QStandardPaths>
#include <QSysInfo>

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
    InternalPages pages([this] { return versionValues(); });
    pages.add(QStringLiteral("sandbox"), [this](const QUrl &url) { return m_sandboxPage->open(url); });
    m_fetcher = std::make_unique<ProfileFetcher>(settings, std::move(pages));

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
