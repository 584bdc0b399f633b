// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/headless/headless_run.h"

#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/shown/shown_address.h"
#include "browser/pages/shown/terminal_text.h"
#include "browser/pages/tabs/tab_embeds.h"
#include "ipc/channel/limits.h"

#include <QFile>
#include <QImageWriter>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QSaveFile>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace bulkhead {

namespace {
constexpr std::chrono::milliseconds Quiet{120};
constexpr std::chrono::milliseconds LongestSettling{1500};

/// Each box of the page shows a plugin's picture, or why there is none.
bool areBoxesFilled(const TabEmbeds *boxes)
{
    for (int i = 0; boxes && i < boxes->count(); ++i) {
        const RemotePage *page = boxes->pageOf(i);
        if ((!page || page->frame().isNull()) && boxes->placeholderOf(i).isEmpty())
            return false;
    }
    return true;
}
} // namespace

HeadlessRun::HeadlessRun(Tab &tab, Options options, QObject *parent)
    : QObject(parent), m_tab(tab), m_options(std::move(options))
{
    m_timeout.setSingleShot(true);
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(Quiet);
    m_settled.setSingleShot(true);
    m_settled.setInterval(LongestSettling);
    connect(&m_timeout, &QTimer::timeout, this, [this] {
        finish(CannotLoad, tr("%1 was not complete after %2 seconds.")
                               .arg(shownAddress(m_options.url), QString::number(m_options.timeout.count())));
    });
    connect(&m_quiet, &QTimer::timeout, this, &HeadlessRun::settle);
    connect(&m_settled, &QTimer::timeout, this, &HeadlessRun::settle);
    connect(&m_tab, &Tab::frameChanged, this, &HeadlessRun::onFrame);
    connect(&m_tab, &Tab::loaded, this, &HeadlessRun::onLoaded);
    connect(&m_tab, &Tab::loadFailed, this, [this](const FetchError &error) { finish(CannotLoad, error.message); });
    connect(&m_tab, &Tab::downloadRequested, this, [this](const std::shared_ptr<Fetch> &, const ResponseHead &head) {
        finish(CannotLoad, tr("%1 is of type %2, which cannot be shown.").arg(shownAddress(head.url), head.mimeType));
    });
    connect(&m_tab, &Tab::crashChanged, this, [this] {
        if (m_tab.crash())
            finish(RendererDied, m_tab.crash()->sentence());
    });
}

void HeadlessRun::start()
{
    m_clock.start();
    m_timeout.start(m_options.timeout);
    m_tab.setDark(m_options.dark);
    m_tab.setView((QSizeF(m_options.windowSize) * m_options.scale).toSize(), m_options.scale);
    m_tab.setVisible(true);
    m_tab.navigate(m_options.url, Initiator::person(PersonsWord()));
}

void HeadlessRun::onFrame()
{
    if (m_stage == Stage::Done || m_tab.frame().isNull())
        return;
    ++m_frames;
    if (m_firstFrameMilliseconds < 0)
        m_firstFrameMilliseconds = m_clock.elapsed();
    m_tab.frameShown();
    if (m_stage != Stage::Loading && !m_isAsking)
        m_quiet.start();
}

void HeadlessRun::onLoaded()
{
    if (m_stage != Stage::Loading)
        return;
    m_loadMilliseconds = m_clock.elapsed();
    m_stage = Stage::Settling;
    m_quiet.start();
    m_settled.start();
}

void HeadlessRun::settle()
{
    if (m_firstFrameMilliseconds < 0 || m_stage == Stage::Done)
        return m_quiet.start(); // nothing painted yet: the time-out is what ends this
    if (!areBoxesFilled(m_tab.embeds()))
        return m_quiet.start(); // that of a page with boxes, too
    if (m_stage == Stage::Settling && m_options.height == PageHeight::WholePage) {
        const int wanted = int(std::ceil(m_tab.contentSize().height() * m_options.scale));
        const int height = std::clamp(wanted, 1, int(limits::FrameEdge));
        if (height != m_tab.frame().height()) {
            m_stage = Stage::Growing;
            m_settled.start();
            m_quiet.stop();
            m_tab.setView(QSize(qRound(m_options.windowSize.width() * m_options.scale), height), m_options.scale);
            return;
        }
    }
    m_quiet.stop();
    askWhetherThatWasAll();
}

/// What a page painted before it answers comes before its answer, however busy the machine is: rest alone proves
/// nothing.
void HeadlessRun::askWhetherThatWasAll()
{
    if (std::exchange(m_isAsking, true))
        return;
    m_tab.requestHit(QPoint(), [this, self = QPointer(this), frames = m_frames](const Tab::Hit &) {
        if (!self || m_stage == Stage::Done)
            return;
        m_isAsking = false;
        if (m_frames != frames && m_settled.isActive())
            return m_quiet.start();
        m_settled.stop();
        deliver();
    });
}

void HeadlessRun::deliver()
{
    if (!m_options.screenshotFile.isEmpty() && !writeScreenshot())
        return;
    if (!m_options.dumpText)
        return finish(Success);
    m_tab.requestText([this, self = QPointer(this)](const QString &text) {
        if (!self)
            return;
        if (text.isNull())
            return finish(CannotLoad, tr("The page did not give its text."));
        const QByteArray bytes = forStandardOutput(text);
        std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stdout);
        if (!bytes.endsWith('\n'))
            std::fputc('\n', stdout);
        finish(Success);
    });
}

bool HeadlessRun::writeScreenshot()
{
    const QImage frame = m_tab.picture();
    QSaveFile file(m_options.screenshotFile);
    QImageWriter writer(&file, "png");
    if (!file.open(QIODevice::WriteOnly) || !writer.write(frame.convertToFormat(QImage::Format_RGB32)) ||
        !file.flush() || !file.commit()) {
        finish(CannotLoad,
               tr("The picture %1 cannot be written: %2").arg(m_options.screenshotFile, file.errorString()));
        return false;
    }
    const QJsonObject line{{QStringLiteral("url"), m_tab.url().toString()},
                           {QStringLiteral("title"), m_tab.title().plain()},
                           {QStringLiteral("width"), frame.width()},
                           {QStringLiteral("height"), frame.height()},
                           {QStringLiteral("renderer_pid"), m_tab.rendererPid()},
                           {QStringLiteral("load_ms"), m_loadMilliseconds},
                           {QStringLiteral("first_frame_ms"), m_firstFrameMilliseconds},
                           {QStringLiteral("frames"), m_frames}};
    const QByteArray json = QJsonDocument(line).toJson(QJsonDocument::Compact);
    std::printf("%s\n", json.constData());
    return true;
}

void HeadlessRun::finish(int exitCode, const QString &sentence)
{
    if (m_stage == Stage::Done)
        return;
    m_stage = Stage::Done;
    if (!sentence.isEmpty())
        std::fprintf(stderr, "bulkhead: %s\n", qPrintable(sentence));
    std::fflush(stdout);
    Q_EMIT finished(exitCode);
}

} // namespace bulkhead
