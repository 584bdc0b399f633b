// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/limits.h"
#include "ipc/frames/damage.h"
#include "ipc/frames/frame_pool.h"
#include "ipc/frames/frame_writer.h"

#include <QPainter>
#include <QRandomGenerator>
#include <QtTest>

#include <sys/mman.h>
#include <unistd.h>

using namespace bulkhead;

Q_DECLARE_METATYPE(bulkhead::BadMessage)

namespace {

/// Both ends in one process, over real shared memory.
struct Pair
{
    FramePool pool;
    FrameWriter writer;

    void reserve(QSize size)
    {
        auto announced = pool.reserve(size);
        QVERIFY(announced);
        if (*announced)
            QVERIFY(writer.setBuffers((*announced)->message, std::move((*announced)->fds)));
    }
    bool paint(QSize size, QColor color, const QRegion &damage, QPoint scrolled = {})
    {
        auto canvas = writer.begin(size, damage, scrolled);
        if (!canvas)
            return false;
        QPainter painter(&canvas->image);
        for (const QRect &rect : canvas->paint)
            painter.fillRect(rect, color);
        painter.end();
        writer.end(last);
        last.set_device_pixel_ratio(1);
        return true;
    }
    BadMessage deliver() { return pool.accept(last); }
    void show()
    {
        for (const auto &released : pool.shown())
            writer.release(released);
    }

    wire::FrameReady last;
};

wire::FrameReady goodFrame(std::uint32_t pool, std::uint64_t id)
{
    wire::FrameReady frame;
    frame.set_pool_id(pool);
    frame.set_frame_id(id);
    frame.set_device_pixel_ratio(1);
    frame.mutable_size()->set_width(100);
    frame.mutable_size()->set_height(80);
    auto *rect = frame.add_damage();
    rect->set_width(100);
    rect->set_height(80);
    return frame;
}

} // namespace

class FramesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheRendererPaintsIsWhatTheBrowserSees()
    {
        Pair pair;
        pair.reserve({320, 200});
        QVERIFY(pair.pool.front().isNull());
        QVERIFY(pair.paint({320, 200}, Qt::red, QRect(0, 0, 320, 200)));
        QCOMPARE(pair.deliver(), BadMessage::None);
        QCOMPARE(pair.pool.front().size(), QSize(320, 200));
        QCOMPARE(pair.pool.front().pixelColor(319, 199), QColor(Qt::red));
    }

    void damageAloneIsPaintedAndTheRestIsBroughtAlong()
    {
        Pair pair;
        pair.reserve({200, 100});
        pair.paint({200, 100}, Qt::white, QRect(0, 0, 200, 100));
        QCOMPARE(pair.deliver(), BadMessage::None);
        pair.show();
        QImage expected(200, 100, QImage::Format_ARGB32_Premultiplied);
        expected.fill(Qt::white);
        auto *random = QRandomGenerator::global();
        for (int i = 0; i < 300; ++i) {
            const QRect rect(random->bounded(180), random->bounded(90), 1 + random->bounded(20),
                             1 + random->bounded(10));
            const QColor color = QColor::fromRgb(random->generate());
            const bool scroll = i % 7 == 3;
            const QPoint moved = scroll ? QPoint(random->bounded(-30, 30), random->bounded(-30, 30)) : QPoint();
            if (scroll) {
                QImage next(expected.size(), expected.format());
                next.fill(color);
                QPainter painter(&next);
                painter.setCompositionMode(QPainter::CompositionMode_Source);
                painter.drawImage(moved, expected);
                painter.end();
                expected = next;
            }
            QPainter(&expected).fillRect(rect, color);
            QVERIFY(pair.paint({200, 100}, color, rect & QRect(0, 0, 200, 100), moved));
            QCOMPARE(pair.deliver(), BadMessage::None);
            QCOMPARE(pair.pool.front(), expected);
            pair.show();
        }
    }

    void theRendererWaitsWhenNoBufferIsFree()
    {
        Pair pair;
        pair.reserve({64, 64});
        const QRect all(0, 0, 64, 64);
        for (std::uint32_t i = 0; i < limits::FrameBuffers; ++i) {
            QVERIFY(pair.paint({64, 64}, Qt::red, all));
            QCOMPARE(pair.deliver(), BadMessage::None);
        }
        QVERIFY(!pair.writer.hasFreeBuffer());
        QVERIFY(!pair.paint({64, 64}, Qt::red, all));
        pair.show();
        QVERIFY(pair.paint({64, 64}, Qt::red, all));
    }

    void smallResizesNeedNoNewMemoryAndLargeOnesKeepTheOldFrameUntilTheNew()
    {
        Pair pair;
        pair.reserve({500, 400});
        pair.paint({500, 400}, Qt::red, QRect(0, 0, 500, 400));
        QCOMPARE(pair.deliver(), BadMessage::None);
        pair.show();
        auto same = pair.pool.reserve({510, 410});
        QVERIFY(same && !*same);
        const std::size_t small = pair.pool.bytes();

        // A frame is under way while the window grows.
        QVERIFY(pair.paint({500, 400}, Qt::green, QRect(0, 0, 500, 400)));
        const wire::FrameReady inFlight = pair.last;
        pair.reserve({1500, 1000});
        QCOMPARE(pair.pool.accept(inFlight), BadMessage::None);
        QCOMPARE(pair.pool.front().size(), QSize(500, 400));
        QCOMPARE(pair.pool.front().pixelColor(1, 1), QColor(Qt::green));

        QVERIFY(pair.paint({1500, 1000}, Qt::blue, QRect(0, 0, 1500, 1000)));
        QCOMPARE(pair.deliver(), BadMessage::None);
        QCOMPARE(pair.pool.front().size(), QSize(1500, 1000));
        QCOMPARE(pair.pool.front().pixelColor(1499, 999), QColor(Qt::blue));
        QVERIFY(pair.pool.bytes() > small);

        pair.reserve({200, 100}); // much smaller: the memory is given back with the first frame of that size
        QVERIFY(pair.paint({200, 100}, Qt::blue, QRect(0, 0, 200, 100)));
        QCOMPARE(pair.deliver(), BadMessage::None);
        QVERIFY(pair.pool.bytes() < small);
    }

    void aThousandResizesLeakNoMemory()
    {
        const auto openFds = [] {
            return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System).size();
        };
        const auto mapped = [] {
            QFile maps(QStringLiteral("/proc/self/maps"));
            return maps.open(QIODevice::ReadOnly) ? maps.readAll().count("bulkhead-frame") : -1;
        };
        const auto fdsBefore = openFds();
        {
            Pair pair;
            for (int i = 0; i < 1000; ++i) {
                const QSize size(1 + (i * 37) % 2000, 1 + (i * 91) % 1500);
                pair.reserve(size);
                if (i % 3 == 0)
                    continue; // replaced before its first frame
                QVERIFY(pair.paint(size, Qt::red, QRect(QPoint(), size)));
                QCOMPARE(pair.deliver(), BadMessage::None);
                QCOMPARE(pair.pool.front().size(), size);
                pair.show();
            }
            QVERIFY(mapped() <= int(4 * limits::FrameBuffers));
        }
        QCOMPARE(mapped(), 0);
        QCOMPARE(openFds(), fdsBefore);
    }

    void everyLieAboutAFrameHasItsNumber_data()
    {
        QTest::addColumn<QByteArray>("lie");
        QTest::addColumn<BadMessage>("reason");
        const std::pair<const char *, BadMessage> lies[] = {{"unknown pool", BadMessage::FrameUnknownPool},
                                                            {"unknown buffer", BadMessage::FrameUnknownBuffer},
                                                            {"buffer on screen", BadMessage::FrameNotOwned},
                                                            {"empty", BadMessage::FrameBadSize},
                                                            {"too wide", BadMessage::FrameBadSize},
                                                            {"overflowing height", BadMessage::FrameBadSize},
                                                            {"damage outside", BadMessage::FrameBadDamage},
                                                            {"negative damage", BadMessage::FrameBadDamage},
                                                            {"overflowing damage", BadMessage::FrameBadDamage},
                                                            {"too many rectangles", BadMessage::FrameBadDamage},
                                                            {"old id", BadMessage::FrameBadOrder},
                                                            {"scale zero", BadMessage::FrameBadScale},
                                                            {"scale NaN", BadMessage::FrameBadScale}};
        for (const auto &[lie, reason] : lies)
            QTest::newRow(lie) << QByteArray(lie) << reason;
    }
    void everyLieAboutAFrameHasItsNumber()
    {
        QFETCH(QByteArray, lie);
        QFETCH(BadMessage, reason);
        FramePool pool;
        auto announced = pool.reserve({100, 80});
        QVERIFY(announced && *announced);
        const std::uint32_t id = (*announced)->message.pool_id();
        QCOMPARE(pool.accept(goodFrame(id, 1)), BadMessage::None);

        wire::FrameReady frame = goodFrame(id, 2);
        frame.set_buffer(1);
        wire::Rect *rect = frame.mutable_damage(0);
        if (lie == "unknown pool")
            frame.set_pool_id(99);
        else if (lie == "unknown buffer")
            frame.set_buffer(3);
        else if (lie == "buffer on screen")
            frame.set_buffer(0);
        else if (lie == "empty")
            frame.mutable_size()->set_width(0);
        else if (lie == "too wide")
            frame.mutable_size()->set_width(257);
        else if (lie == "overflowing height")
            frame.mutable_size()->set_height(0xffffffff);
        else if (lie == "damage outside")
            rect->set_x(1);
        else if (lie == "negative damage")
            rect->set_y(-1);
        else if (lie == "overflowing damage")
            rect->set_width(0xffffffff);
        else if (lie == "too many rectangles") {
            for (int i = 0; i < 16; ++i)
                *frame.add_damage() = *rect;
        } else if (lie == "old id")
            frame.set_frame_id(1);
        else if (lie == "scale zero")
            frame.set_device_pixel_ratio(0);
        else if (lie == "scale NaN")
            frame.set_device_pixel_ratio(std::nan(""));
        else
            QFAIL("unknown lie");
        QCOMPARE(int(pool.accept(frame)), int(reason));

        frame = goodFrame(id, 2); // the control: the same frame without the lie
        frame.set_buffer(1);
        QCOMPARE(pool.accept(frame), BadMessage::None);
    }

    void theBrowserCannotWriteItsOwnMapping()
    {
        FramePool pool;
        auto announced = pool.reserve({100, 80});
        QCOMPARE(pool.accept(goodFrame((*announced)->message.pool_id(), 1)), BadMessage::None);
        QFile maps(QStringLiteral("/proc/self/maps"));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        int found = 0;
        const auto lines = maps.readAll().split('\n');
        for (const QByteArray &line : lines) {
            if (!line.contains("bulkhead-frame"))
                continue;
            ++found;
            QVERIFY2(line.contains(" r--s "), line.constData());
        }
        QCOMPARE(found, int(limits::FrameBuffers));
    }

    void manyDamageRectanglesBecomeTheOneAroundThem()
    {
        QRegion region;
        for (int i = 0; i < 40; ++i)
            region += QRect(i * 5, i * 5, 2, 2);
        wire::FrameReady frame;
        writeDamage(region, frame);
        QCOMPARE(frame.damage_size(), 1);
        QCOMPARE(readDamage(frame, {300, 300}), QRegion(region.boundingRect()));
    }
};

QTEST_GUILESS_MAIN(FramesTest)
#include "frames_test.moc"
