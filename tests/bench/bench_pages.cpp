// SPDX-License-Identifier: BSD-3-Clause
// What it costs that pages live in processes of their own:
//  - a page of the Python documentation, scrolled by a screenful per frame and copied to the screen's picture, through
//  the
//    process boundary against the same code in one process (ratio of frames per second; 1 would be free);
//  - from asking for a new tab to the first frame of a small page;
//  - memory of a renderer that shows a small page (PSS: its share of what it shares counts, too).
#include "ipc/frames/frame_pool.h"
#include "renderer/documents/page_factory.h"
#include "renderer/view/page_view.h"
#include "tests/bench/bench_main.h"
#include "tests/bench/turn_times.h"
#include "tests/support/doc_corpus.h"
#include "tests/support/initiators.h"
#include "tests/system/real_session.h"

#include <QEventLoop>
#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace bulkhead;

namespace {

constexpr QSize ViewSize(1280, 800);
constexpr int FramesPerTurn = 20;
constexpr int Turns = 10;
constexpr int Renderers = 10;

int scrollFor(int frame)
{
    return 400 + (frame % 12) * 750; // every frame shows something else
}

/// What a page asks for, answered from the disk at once.
class DiskClient final : public PageClient
{
public:
    PageView *view = nullptr;
    bool loaded = false;

    FetchId fetch(const QUrl &url, ResourceKind, std::function<void(std::optional<Resource>)> done) override
    {
        QTimer::singleShot(0, qApp, [url, done = std::move(done)] {
            QFile file(url.toLocalFile());
            if (!file.open(QIODevice::ReadOnly))
                return done({});
            done(Resource{
                url, url.path().endsWith(u".css") ? QStringLiteral("text/css") : QString(), {}, file.readAll()});
        });
        return ++m_id;
    }
    void cancel(FetchId) override {}
    void invalidate(const QRect &rect) override { view->invalidate(rect); }
    void invalidateAll() override { view->invalidateAll(); }
    void contentSizeChanged() override
    {
        view->contentSizeChanged();
        view->setReadyToPaint();
    }
    void titleChanged(const QString &) override {}
    void iconChanged(const QImage &) override {}
    void hoveredLinkChanged(const QUrl &) override {}
    void cursorChanged(Qt::CursorShape) override {}
    void selectionChanged(bool) override {}
    void navigationRequested(const QUrl &, Disposition) override {}
    void scrollIntoView(const QRect &) override {}
    void loadProgress(double) override {}
    void loadFinished() override { loaded = true; }

private:
    FetchId m_id = 0;
};

/// The page in this process: the same page, view, framebuffers and copy, without channel and second process.
class InProcessPage
{
public:
    explicit InProcessPage(const QUrl &url)
    {
        client.view = &view;
        QObject::connect(&view, &PageView::framePainted, [this](wire::FrameReady &frame) {
            if (pool.accept(frame) != BadMessage::None)
                qFatal("a frame was wrong");
            QPainter(&screen).drawImage(0, 0, pool.front());
            for (const wire::FrameReleased &released : pool.shown())
                view.releaseBuffer(released);
            ++frames;
            loop.quit();
        });
        wire::ViewState state;
        state.mutable_size()->set_width(ViewSize.width());
        state.mutable_size()->set_height(ViewSize.height());
        state.set_device_pixel_ratio(1);
        state.set_zoom(1);
        state.set_visible(true);
        view.configure(state);
        page = createPage({url, QStringLiteral("text/html"), QStringLiteral("utf-8"), false}, client);
        view.setPage(page.get());
        auto announced = pool.reserve(ViewSize);
        if (!announced || !*announced || !view.setBuffers((*announced)->message, std::move((*announced)->fds)))
            qFatal("no framebuffers");
        QFile file(url.toLocalFile());
        if (file.open(QIODevice::ReadOnly))
            page->append(file.readAll());
        page->finish();
    }
    bool waitUntilLoaded()
    {
        return QTest::qWaitFor([this] { return client.loaded && frames > 0; }, 30'000);
    }
    void showFrame(int number)
    {
        view.scrollTo({0, scrollFor(number)});
        loop.exec();
    }

    DiskClient client;
    FramePool pool;
    PageView view;
    std::unique_ptr<Page> page;
    QImage screen{ViewSize, QImage::Format_ARGB32_Premultiplied};
    QEventLoop loop;
    int frames = 0;
};

/// The page in a renderer.
class RemotelyShownPage
{
public:
    RemotelyShownPage(RealSession &session, const QUrl &url) : tab(session.tabs.openEmpty())
    {
        tab->setView(ViewSize, 1);
        QObject::connect(tab, &Tab::frameChanged, [this] {
            if (tab->frame().isNull())
                return;
            QPainter(&screen).drawImage(0, 0, tab->frame());
            ++frames;
            loop.quit();
        });
        QObject::connect(tab, &Tab::loaded, [this] { loaded = true; });
        tab->navigate(url, test::person());
    }
    bool waitUntilLoaded()
    {
        return QTest::qWaitFor([this] { return loaded && frames > 0; }, 30'000);
    }
    void showFrame(int number)
    {
        tab->scrollTo({0, scrollFor(number)});
        loop.exec();
    }

    Tab *tab;
    QImage screen{ViewSize, QImage::Format_ARGB32_Premultiplied};
    QEventLoop loop;
    int frames = 0;
    bool loaded = false;
};

template <class Shown>
std::chrono::nanoseconds timeFrames(Shown &page, int from)
{
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < FramesPerTurn; ++i)
        page.showFrame(from + i);
    return std::chrono::steady_clock::now() - start;
}

void pageThroughTheBoundary(benchmark::State &state, RealSession &session, const QUrl &url)
{
    InProcessPage inside(url);
    RemotelyShownPage outside(session, url);
    if (!inside.waitUntilLoaded() || !outside.waitUntilLoaded()) {
        state.SkipWithError("the page did not load");
        return;
    }
    QTest::qWait(300); // late frames
    TurnTimes insideTimes, outsideTimes;
    int frame = 1;
    for (auto _ : state) {
        const auto in = timeFrames(inside, frame);
        const auto out = timeFrames(outside, frame);
        frame += FramesPerTurn;
        insideTimes.add(in, FramesPerTurn);
        outsideTimes.add(out, FramesPerTurn);
        state.SetIterationTime(std::chrono::duration<double>(out).count() / FramesPerTurn);
    }
    if (inside.screen != outside.screen)
        state.SkipWithError("the two pages do not look the same");
    state.counters["in_process_us"] = insideTimes.median();
    state.counters["remote_us"] = outsideTimes.median();
    state.counters["ratio"] = insideTimes.median() / outsideTimes.median();
    session.tabs.close(outside.tab);
}

void openTab(benchmark::State &state, RealSession &session, const QUrl &url)
{
    constexpr double LimitMilliseconds = 60;
    TurnTimes times;
    for (auto _ : state) {
        QTest::qWait(60); // so that the spare process is there, as it is when a person opens a tab
        QEventLoop loop;
        const auto start = std::chrono::steady_clock::now();
        Tab *tab = session.tabs.openEmpty();
        QObject::connect(tab, &Tab::frameChanged, &loop, [&] {
            if (!tab->frame().isNull())
                loop.quit();
        });
        tab->navigate(url, test::person());
        loop.exec();
        const auto time = std::chrono::steady_clock::now() - start;
        times.add(time, 1);
        state.SetIterationTime(std::chrono::duration<double>(time).count());
        session.tabs.close(tab);
    }
    state.counters["first_frame_ms"] = times.median() / 1000;
    state.counters["ratio"] = times.median() / 1000 / LimitMilliseconds;
}

qint64 pssKilobytes(qint64 pid)
{
    QFile rollup(QStringLiteral("/proc/%1/smaps_rollup").arg(pid));
    if (!rollup.open(QIODevice::ReadOnly))
        return -1;
    const auto lines = rollup.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("Pss:"))
            return line.mid(4).trimmed().split(' ').first().toLongLong();
    }
    return -1;
}

void memoryPerRenderer(benchmark::State &state, const QUrl &url)
{
    constexpr double LimitKilobytes = 20 * 1024;
    PageProcessPool::Options options;
    options.model = ProcessModel::PerTab;
    RealSession session(options);
    QList<Tab *> tabs;
    for (int i = 0; i < Renderers; ++i) {
        tabs << session.tabs.open(url, test::person());
        if (!QTest::qWaitFor([&] { return !tabs.last()->frame().isNull(); }, 30'000)) {
            state.SkipWithError("a page did not appear");
            return;
        }
    }
    std::vector<double> sizes;
    for (auto _ : state) {
        sizes.clear();
        for (const Tab *tab : std::as_const(tabs))
            sizes.push_back(double(pssKilobytes(tab->rendererPid())));
        state.SetIterationTime(1e-6);
    }
    std::sort(sizes.begin(), sizes.end());
    const double median = sizes[sizes.size() / 2];
    state.counters["pss_MB"] = median / 1024;
    state.counters["ratio"] = median / LimitKilobytes;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication app(argc, argv);
    const DocCorpus python(Doc::Python);
    if (!python.isInstalled()) {
        std::fprintf(stderr, "%s\n", qPrintable(python.whyMissing()));
        return 1;
    }
    QTemporaryDir folder;
    QFile small(folder.filePath(QStringLiteral("small.html")));
    if (!small.open(QIODevice::WriteOnly))
        return 1;
    small.write(
        "<!doctype html><title>Small</title><h1>A small page</h1><p>With a paragraph and a <a href=x>link</a>.</p>");
    small.close();
    const QUrl smallUrl = QUrl::fromLocalFile(small.fileName());
    PageProcessPool::Options options;
    options.model = ProcessModel::PerTab;
    RealSession session(options);

    benchmark::RegisterBenchmark("page_through_the_boundary",
                                 [&](benchmark::State &state) {
                                     pageThroughTheBoundary(state, session,
                                                            python.fileUrl(QStringLiteral("glossary.html")));
                                 })
        ->UseManualTime()
        ->Iterations(Turns)
        ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("new_tab_to_first_frame",
                                 [&](benchmark::State &state) { openTab(state, session, smallUrl); })
        ->UseManualTime()
        ->Iterations(20)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("memory_per_renderer",
                                 [&](benchmark::State &state) { memoryPerRenderer(state, smallUrl); })
        ->UseManualTime()
        ->Iterations(1);
    return runBenchmarks(argc, argv);
}
