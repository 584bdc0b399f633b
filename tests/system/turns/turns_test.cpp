// SPDX-License-Identifier: BSD-3-Clause
// What pages can take of the browser's time and memory: real processes that say one thing as large and as fast as they
// can, six sites at once, in a real window. The figures are printed, one line for each kind of message.
#include "browser/host/processes/log.h"
#include "browser/host/processes/loop_watchdog.h"
#include "browser/pages/page_processes/child_kind.h"
#include "tests/support/private_memory.h"
#include "tests/support/processor_turns.h"
#include "tests/system/turns/flooded_browser.h"

#include <QApplication>
#include <QtTest>

using namespace bulkhead;

namespace {

constexpr int Sites = FloodedBrowser::Sites;
/// Milliseconds of each flood.
constexpr qint64 Duration = 1500;
constexpr qint64 MegaByte = 1 << 20;
/// Milliseconds of processor time.
constexpr double LongestTurn = 50;
/// For six tabs together, as it was promised to the person.
constexpr qint64 MemoryLimit = 200 * MegaByte;

LoopWatchdog *watchdog = nullptr;

class Application : public QApplication
{
public:
    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override
    {
        if (watchdog)
            watchdog->eventBegins(receiver);
        return QApplication::notify(receiver, event);
    }
};

/// What is flooded, and by which message; floods of one kind differ in what is large.
constexpr std::pair<const char *, const char *> Floods[] = {
    {"nothing", ""},
    {"title_changed", "title_changed"},
    {"icon_changed", "icon_changed"},
    {"hovered_link", "hovered_link"},
    {"cursor_changed", "cursor_changed"},
    {"selection_changed", "selection_changed"},
    {"load_progress", "load_progress"},
    {"load_finished", "load_finished"},
    {"link_activated", "link_activated"},
    {"link_activated_new_tab", "link_activated"},
    {"frame_ready", "frame_ready"},
    {"frame_ready_damage", "frame_ready"},
    {"embed_boxes", "embed_boxes"},
    {"embed_boxes_empty", "embed_boxes"},
    {"resource_request", "resource_request"},
    {"resource_request_denied", "resource_request"},
    {"bodies", "resource_request"},
    {"bodies_unread", "resource_request"},
    {"resource_cancel", "resource_cancel"},
    {"body_credit", "body_credit"},
    {"input_handled", "input_handled"},
    {"trace_events", "trace_events"},
    {"text_reply", "text_reply"},
    {"find_reply", "find_reply"},
    {"hit_test_reply", "hit_test_reply"},
    {"plugin.title_changed", "title_changed"},
    {"plugin.frame_ready", "frame_ready"},
    {"plugin.state", "plugin.state"},
    {"plugin.read", "plugin.read"},
    {"plugin.message", "plugin.message"},
    {"plugin.notice", "plugin.notice"},
    {"plugin.service_request", "plugin.service_request"},
    {"plugin.failed", "plugin.failed"},
    {"plugin.structure", "plugin.structure"},
};

/// Said once, or as an answer of a few bytes.
constexpr std::string_view Bounded[] = {"ready", "pong", "sandbox_attempted", "plugin.loaded", "plugin.page_painted"};

std::string nameOf(BodyNumber body)
{
    const auto *message = wire::RendererToBrowser::descriptor();
    const auto *plugin = wire::FromPlugin::descriptor();
    const std::string name = message->FindFieldByNumber(body.outer)->name();
    return body.inner == 0 ? name : name + '.' + plugin->FindFieldByNumber(body.inner)->name();
}

} // namespace

class TurnsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { spdlog::set_level(spdlog::level::off); }

    void everyMessageOfChildrenIsFloodedOrBounded()
    {
        for (const BodyRule &rule : bodyRules()) {
            const std::string name = nameOf(rule.body);
            const bool isFlooded = std::any_of(std::begin(Floods), std::end(Floods),
                                               [&](const auto &flood) { return flood.second == name; });
            const bool isBounded = std::find(std::begin(Bounded), std::end(Bounded), name) != std::end(Bounded);
            QVERIFY2(isFlooded != isBounded, name.c_str());
        }
    }

    void noFloodHoldsUpTheBrowserOrFillsItsMemory_data()
    {
        QTest::addColumn<QByteArray>("what");
        for (const auto &[what, message] : Floods)
            QTest::newRow(what) << QByteArray(what);
    }
    void noFloodHoldsUpTheBrowserOrFillsItsMemory()
    {
        QFETCH(QByteArray, what);
        Figures figures;
        // A turn takes long once because of others on the machine, too, who take its caches or, under a hypervisor, its
        // processor; what the browser does itself takes as long each time.
        for (int round = 0; round < 3; ++round) {
            play(what, figures);
            if (QTest::currentTestFailed() || figures.longestTurn <= LongestTurn)
                break;
        }
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__)
        QVERIFY2(
            figures.longestTurn <= LongestTurn,
            qPrintable(QStringLiteral("%1 ms in %2, three times").arg(figures.longestTurn).arg(figures.longestIn)));
#endif
    }

private:
    struct Figures
    {
        double longestTurn = 0; ///< milliseconds of processor time
        QString longestIn;
    };

    static void play(const QByteArray &what, Figures &figures)
    {
        auto browser = std::make_unique<FloodedBrowser>(what);
        const qint64 before = test::privateMemory();
        qint64 most = before;
        LoopWatchdog watched;
        ProcessorTurns turns;
        QVERIFY(browser->openAll());
        watched.start();
        turns.start();
        watchdog = &watched;
        const bool isFlood = flood(*browser, what, turns, most);
        watchdog = nullptr;
        QVERIFY2(
            isFlood,
            qPrintable(QStringLiteral("%1 messages, %2 answers").arg(browser->messages()).arg(browser->answers())));
        const double longest = std::chrono::duration<double, std::milli>(watched.figures().longestOwn).count();
        const double mega = double(most - before) / double(MegaByte);
        qInfo("| %-24s | %7.1f ms | %7.1f ms | %4llu | %6.1f MB | %8llu | %d | %s | %s", what.constData(),
              turns.longest(), longest, (unsigned long long)watched.figures().stalls, mega,
              (unsigned long long)browser->messages(), browser->alive(), watched.figures().longestIn,
              qPrintable(browser->firstEnd()));
        // Who reads nothing may come to what a site may hold.
        if (what == "bodies_unread")
            QVERIFY2(browser->alive() == Sites || browser->firstEnd().contains(QStringLiteral("30 MB")),
                     qPrintable(browser->firstEnd()));
        else
            QVERIFY2(browser->alive() == (isForbidden(what) ? 0 : Sites), qPrintable(browser->firstEnd()));
        QVERIFY2(most - before <= MemoryLimit, qPrintable(QString::number(mega)));
        figures = {turns.longest(), QString::fromLatin1(watched.figures().longestIn)};
    }

    /// What may not be flooded ends its process, which says so; every other flood goes on.
    static bool isForbidden(const QByteArray &what)
    {
        return what == "frame_ready_damage" || what == "embed_boxes_empty" || what == "input_handled" ||
               what == "text_reply";
    }

    /// Whether it was one: so many messages, or all that had to end have ended.
    static bool flood(FloodedBrowser &browser, const QByteArray &what, ProcessorTurns &turns, qint64 &most)
    {
        QElapsedTimer clock;
        clock.start();
        const bool isAnswers = what.endsWith("_reply") || what == "plugin.structure";
        const auto isFlood = [&] {
            if (isForbidden(what) || browser.alive() == 0)
                return browser.alive() == 0;
            return what == "nothing" || (isAnswers ? browser.answers() : browser.messages()) >= 20 * Sites;
        };
        LoopWatchdog *const watched = watchdog;
        qint64 looked = 0;
        // On a busy machine the flood itself needs longer.
        while (clock.elapsed() < Duration || (!isFlood() && clock.elapsed() < 60'000)) {
            QTest::qWait(isAnswers ? 10 : 250);
            watchdog = nullptr; // measuring is not the browser's work
            if (clock.elapsed() - looked > 200) {
                looked = clock.elapsed();
                most = std::max(most, test::privateMemory());
            }
            watchdog = watched;
            turns.skip();
            browser.ask();
        }
        return isFlood();
    }
};

int main(int argc, char **argv)
{
    Application app(argc, argv);
    TurnsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "turns_test.moc"
