// SPDX-License-Identifier: BSD-3-Clause
// A plugin's window: frames in the browser's own buffers, damage, scrolling, and that a part painted is as good as the
// whole.
#include "ipc/frames/frame_pool.h"
#include "plugin_host/process/page_view.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace bulkhead;

namespace {

/// A pattern that depends on the place in the document and on a number.
std::uint32_t pixelAt(int x, int y, int number)
{
    return 0xff000000u | (std::uint32_t(x * 7 + number) & 0xff) << 16 | (std::uint32_t(y * 5) & 0xff) << 8 |
           std::uint32_t((x ^ y) & 0xff);
}

/// Both ends: the browser's pool and the plugin's view.
struct Ends
{
    FramePool pool;
    PluginView view;
    int number = 0;
    int calls = 0;
    long long painted = 0;

    explicit Ends(QSize size, double ratio = 1)
    {
        view.configure(state(size, ratio));
        reserve(size);
    }

    static wire::ViewState state(QSize size, double ratio = 1, bool visible = true)
    {
        wire::ViewState state;
        state.mutable_size()->set_width(std::uint32_t(size.width()));
        state.mutable_size()->set_height(std::uint32_t(size.height()));
        state.set_device_pixel_ratio(ratio);
        state.set_zoom(1);
        state.set_visible(visible);
        return state;
    }

    void reserve(QSize size)
    {
        auto announcement = pool.reserve(size);
        if (announcement && *announcement)
            QVERIFY(view.setBuffers((*announcement)->message, std::move((*announcement)->fds)));
    }

    /// One frame, checked as the browser does it; false when none was due.
    bool frame()
    {
        wire::FrameReady ready;
        const bool any = view.paint(
            [this](const bulkhead_frame &frame, const std::vector<bulkhead_rect> &damage) {
                ++calls;
                for (const bulkhead_rect &rect : damage) {
                    painted += static_cast<long long>(rect.width) * rect.height;
                    for (int y = rect.y; y < rect.y + rect.height; ++y) {
                        for (int x = rect.x; x < rect.x + rect.width; ++x)
                            frame.pixels[std::ptrdiff_t(y) * frame.stride / 4 + x] =
                                pixelAt(x + frame.origin_x, y + frame.origin_y, number);
                    }
                }
            },
            ready);
        if (!any)
            return false;
        const BadMessage error = pool.accept(ready);
        if (error != BadMessage::None)
            qWarning("%s", badMessageText(error).c_str());
        for (const wire::FrameReleased &released : pool.shown())
            view.release(released);
        return error == BadMessage::None;
    }

    bool showsEverything() const
    {
        const QImage image = pool.front();
        const int left = int(view.scrollX() * view.view().scale), top = int(view.scrollY() * view.view().scale);
        for (int y = 0; y < image.height(); ++y) {
            const auto *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
            for (int x = 0; x < image.width(); ++x) {
                if (line[x] != pixelAt(x + left, y + top, number))
                    return false;
            }
        }
        return true;
    }
};

} // namespace

class ViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstFrameIsWholeAndNothingFollowsByItself()
    {
        Ends ends({300, 200});
        QVERIFY(ends.frame());
        QVERIFY(ends.showsEverything());
        QVERIFY(!ends.frame());
        QCOMPARE(ends.calls, 1);
    }

    void aDamagedPartIsPaintedAndNoMore()
    {
        Ends ends({300, 200});
        QVERIFY(ends.frame() && !ends.frame());
        ends.painted = 0;
        ends.view.invalidate({10, 10, 20, 5});
        QVERIFY(ends.frame());
        QCOMPARE(ends.painted, 22ll * 7); // one pixel more on each side
        QVERIFY(ends.showsEverything());
    }

    void whatIsSaidWhilePaintingIsOfTheNextFrame()
    {
        Ends ends({300, 200});
        ends.view.setContentSize(300, 900);
        wire::FrameReady ready;
        QVERIFY(ends.view.paint(
            [&](const bulkhead_frame &frame, const std::vector<bulkhead_rect> &) {
                QCOMPARE(frame.origin_y, 0);
                ends.view.invalidate({0, 0, 10, 10});
                ends.view.scrollTo(0, 40);
                ends.view.setBackground(0xff123456);
            },
            ready));
        QCOMPARE(ready.scroll().y(), 0);
        QCOMPARE(ready.background(), 0xffffffffu);
        QVERIFY(ends.pool.accept(ready) == BadMessage::None);
        for (const wire::FrameReleased &released : ends.pool.shown())
            ends.view.release(released);
        QVERIFY(ends.frame());
        QVERIFY(ends.showsEverything());
        QCOMPARE(ends.view.scrollY(), 40);
    }

    void scrollingPaintsTheStripThatCameIntoView()
    {
        Ends ends({300, 200});
        ends.view.setContentSize(300, 5000);
        QVERIFY(ends.frame());
        ends.painted = 0;
        QVERIFY(ends.view.scrollBy(0, 30));
        QVERIFY(ends.frame());
        QCOMPARE(ends.painted, 300ll * 30);
        QVERIFY(ends.showsEverything());
        QVERIFY(!ends.view.scrollBy(0, -100) == false);
        QVERIFY(!ends.view.scrollBy(0, -1));
    }

    void hiddenViewsDoNotPaint()
    {
        Ends ends({300, 200});
        ends.view.configure(Ends::state({300, 200}, 1, false));
        QVERIFY(!ends.frame());
        ends.view.configure(Ends::state({300, 200}));
        QVERIFY(ends.frame());
    }

    void withoutAFreeBufferTheViewWaits()
    {
        Ends ends({300, 200});
        QVERIFY(ends.frame());
        int frames = 0;
        for (int i = 0; i < 10; ++i) {
            ends.view.invalidateAll();
            wire::FrameReady ready;
            if (ends.view.paint([](const bulkhead_frame &, const std::vector<bulkhead_rect> &) {}, ready) &&
                ends.pool.accept(ready) == BadMessage::None)
                ++frames;
        }
        QCOMPARE(frames, 2);
    }

    void anyOrderOfDamageScrollingAndSizesEndsInTheWholePicture_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 20; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void anyOrderOfDamageScrollingAndSizesEndsInTheWholePicture()
    {
        QFETCH(int, seed);
        QRandomGenerator random{quint32(seed)};
        Ends ends({200, 150});
        ends.view.setContentSize(400, 900);
        for (int step = 0; step < 200; ++step) {
            switch (random.bounded(6)) {
            case 0:
                ends.view.scrollBy(random.bounded(-300, 300), random.bounded(-300, 300));
                break;
            case 1: {
                const QSize size(random.bounded(1, 600), random.bounded(1, 600));
                ends.view.configure(Ends::state(size));
                ends.reserve(size);
                break;
            }
            case 2:
                ++ends.number; // the document looks different everywhere
                ends.view.invalidateAll();
                break;
            case 3:
                ends.view.setContentSize(random.bounded(0, 1000), random.bounded(0, 1000));
                break;
            default:
                for (int i = random.bounded(30); i > 0; --i)
                    ends.view.invalidate({random.bounded(-50, 500), random.bounded(-50, 1000), random.bounded(1, 80),
                                          random.bounded(1, 80)});
            }
            while (ends.frame()) {
            }
            QVERIFY2(ends.showsEverything(), qPrintable(QStringLiteral("after step %1").arg(step)));
        }
    }

    void damageNeverOverlapsAndNeverLosesAPixel()
    {
        QRandomGenerator random(1);
        for (int round = 0; round < 200; ++round) {
            Damage damage;
            QRegion truth;
            for (int i = 0; i < 40; ++i) {
                const QRect rect(random.bounded(100), random.bounded(100), random.bounded(1, 20),
                                 random.bounded(1, 20));
                truth += rect;
                damage.add({rect.x(), rect.y(), rect.width(), rect.height()});
            }
            QRegion covered;
            for (const bulkhead_rect &rect : damage.rects()) {
                const QRect r(rect.x, rect.y, rect.width, rect.height);
                QVERIFY(!covered.intersects(r));
                covered += r;
            }
            QVERIFY((truth - covered).isEmpty());
            QVERIFY(damage.rects().size() <= Damage::MostRects);
        }
    }

    void whatIsLeftOfDamageIsExact()
    {
        QRandomGenerator random(2);
        const auto some = [&random](QRegion &region) {
            Damage damage;
            for (int i = random.bounded(6); i > 0; --i)
                damage.add({random.bounded(60), random.bounded(60), random.bounded(1, 30), random.bounded(1, 30)});
            for (const bulkhead_rect &r : damage.rects())
                region += QRect(r.x, r.y, r.width, r.height);
            return damage;
        };
        for (int round = 0; round < 500; ++round) {
            QRegion all, hole, left;
            const Damage damage = some(all), taken = some(hole);
            for (const bulkhead_rect &r : damage.without(taken)) {
                const QRect rect(r.x, r.y, r.width, r.height);
                QVERIFY(!rect.isEmpty() && !left.intersects(rect));
                left += rect;
            }
            QCOMPARE(left, all - hole);
        }
    }

    void nonsenseFromTheBrowsersSideIsBounded()
    {
        PluginView view;
        wire::ViewState state = Ends::state({1 << 30, 1 << 30}, std::numeric_limits<double>::quiet_NaN());
        state.set_zoom(-1);
        view.configure(state);
        QVERIFY(view.view().scale > 0 && view.view().width <= 16384);
        view.setContentSize(-5, 1 << 30);
        view.invalidate({INT_MIN, INT_MIN, INT_MAX, INT_MAX});
        view.scrollToCss(1e300, -1e300);
        QVERIFY(!view.isPaintDue());
    }
};

QTEST_GUILESS_MAIN(ViewTest)
#include "view_test.moc"
