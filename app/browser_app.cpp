// SPDX-License-Identifier: BSD-3-Clause
#include "app/browser_app.h"

#include "browser/loading/typed_url.h"

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
        settings.dataFolder = m_line.profile + QStringLiteral("/data");
    } else if (!headless) {
        // A run without a window leaves nothing behind.
        settings.cacheFolder = QStandardPaths::writableLocation(QStandardPaths::CacheLocation);
        settings.dataFolder = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    }
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
