// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/frames/frame_pool.h"
#include "renderer/view/page_input.h"
#include "renderer/view/page_view.h"

#include <QPainter>
#include <QRandomGenerator>
#include <QTimer>
#include <QtTest>

using namespace bulkhead;

namespace {

/// A document of tiles, each of its own color, some of which change. Remembers what it was asked to paint.
class TilePage : public Page
{
public:
    static constexpr int Tile = 20;

    void append(QByteArrayView) override {}
    void finish() override {}
    void setViewport(QSize size, qreal scale) override { viewport = size, viewScale = scale; }
    QSize contentSize() const override { return content; }
    QColor backgroundColor() const override { return Qt::white; }
    void paint(QPainter &painter, const QRect &damage) override
    {
        painted += damage;
        const QRect area = damage & QRect(QPoint(), content);
        for (int y = area.top() / Tile; y <= area.bottom() / Tile; ++y) {
            for (int x = area.left() / Tile; x <= area.right() / Tile; ++x)
                painter.fillRect(QRect(x * Tile, y * Tile, Tile, Tile), color(x, y));
        }
    }
    QColor color(int x, int y) const
    {
        const uint hash = qHash(qMakePair(x, y), size_t(changes.value({x, y})));
        return QColor(int(hash & 0xff), int(hash >> 8 & 0xff), int(hash >> 16 & 0xff));
    }
    QRect change(int x, int y)
    {
        ++changes[{x, y}];
        return {x * Tile, y * Tile, Tile, Tile};
    }
    bool focusNext(FindDirection) override { return links-- > 0; }

    QSize content{1200, 6000};
    QSize viewport;
    qreal viewScale = 0;
    int links = 0;
    QRegion painted;
    QHash<QPair<int, int>, int> changes;
};

/// A view over real framebuffers with the browser's end of them.
struct Fixture
{
    Fixture()
    {
        view.setPage(&page);
        view.setReadyToPaint();
        QObject::connect(&view, &PageView::framePainted, &view, [this](wire::FrameReady &frame) {
            frame.set_page_id(1);
            rejected = rejected != BadMessage::None ? rejected : pool.accept(frame);
            last = frame;
            ++frames;
            if (releases) {
                for (const wire::FrameReleased &released : pool.shown())
                    view.releaseBuffer(released);
            }
        });
    }
    void resize(QSize size, qreal scale = 1, qreal zoom = 1)
    {
        wire::ViewState state;
        state.mutable_size()->set_width(quint32(size.width()));
        state.mutable_size()->set_height(quint32(size.height()));
        state.set_device_pixel_ratio(scale);
        state.set_zoom(zoom);
        state.set_visible(visible);
        view.configure(state);
        auto announcement = pool.reserve(size);
        if (announcement && *announcement)
            QVERIFY(view.setBuffers((*announcement)->message, std::move((*announcement)->fds)));
    }
    void settle()
    {
        for (int before = -1; before != frames;) {
            before = frames;
            // Timers fire in their order: what was to be painted by now has been.
            bool turned = false;
            QTimer::singleShot(0, &view, [&turned] { turned = true; });
            QVERIFY(QTest::qWaitFor([&turned] { return turned; }));
        }
    }
    /// What the page looks like here, painted at once and whole.
    QImage expected() const
    {
        QImage image(view.viewSize(), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setRenderHints(QPainter::Antialiasing);
        painter.translate(-view.scrollPosition() * view.scale());
        painter.scale(view.scale(), view.scale());
        TilePage copy = page;
        copy.paint(painter, QRect(QPoint(), page.content));
        return image;
    }
    QImage shown() const
    {
        QImage image = pool.front().convertToFormat(QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(1);
        return image;
    }
    static wire::InputEvent key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        wire::InputEvent event;
        event.set_type(wire::InputEvent::KEY_PRESS);
        event.set_key(quint32(key));
        event.set_modifiers(quint32(modifiers));
        return event;
    }

    TilePage page;
    PageView view;
    FramePool pool;
    wire::FrameReady last;
    BadMessage rejected = BadMessage::None;
    int frames = 0;
    bool releases = true;
    bool visible = true;
};

} // namespace

class PageViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstFrameIsTheWholeView()
    {
        Fixture f;
        f.resize({640, 480});
        f.settle();
        QCOMPARE(f.rejected, BadMessage::None);
        QCOMPARE(f.shown(), f.expected());
        QCOMPARE(f.page.viewport, QSize(640, 480));
    }

    void scrollingPaintsOnlyTheStripThatComesIntoView()
    {
        Fixture f;
        f.resize({640, 480});
        f.settle();
        // Each of the three buffers once, so that none has anything left to catch up.
        for (int i = 0; i < 4; ++i) {
            QVERIFY(f.view.scrollBy({0, 10}));
            f.settle();
        }
        f.page.painted = {};
        QVERIFY(f.view.scrollBy({0, 30}));
        f.settle();
        QCOMPARE(f.shown(), f.expected());
        const QRect strip = f.page.painted.boundingRect();
        QVERIFY2(strip.height() < 130, qPrintable(QString::number(strip.height())));
        QVERIFY(strip.bottom() >= 480 + 70 - 1);
    }

    void afterAnythingTheFrameIsAsIfPaintedWhole()
    {
        Fixture f;
        f.resize({500, 400});
        f.settle();
        QRandomGenerator random(20261121);
        for (int i = 0; i < 400; ++i) {
            switch (random.bounded(6)) {
            case 0:
            case 1:
                f.view.scrollBy({random.bounded(-200, 200), random.bounded(-300, 600)});
                break;
            case 2:
            case 3:
                f.view.invalidate(f.page.change(random.bounded(60), random.bounded(300)));
                break;
            case 4:
                f.view.invalidate(f.page.change((f.view.scrollPosition().x() + random.bounded(400)) / TilePage::Tile,
                                                (f.view.scrollPosition().y() + random.bounded(300)) / TilePage::Tile));
                break;
            case 5:
                if (random.bounded(10) == 0)
                    f.resize({random.bounded(100, 900), random.bounded(100, 700)});
                break;
            }
            if (random.bounded(3) == 0) {
                f.settle();
                QCOMPARE(f.rejected, BadMessage::None);
                if (f.shown() != f.expected())
                    QFAIL(qPrintable(QStringLiteral("step %1").arg(i)));
            }
        }
        QVERIFY(f.frames > 50);
    }

    void withoutAFreeBufferNothingIsPaintedUntilOneComesBack()
    {
        Fixture f;
        f.releases = false;
        f.resize({300, 200});
        for (int i = 0; i < 10; ++i) {
            f.view.scrollBy({0, 7});
            f.settle();
        }
        QCOMPARE(f.frames, 3);
        f.releases = true;
        for (const wire::FrameReleased &released : f.pool.shown())
            f.view.releaseBuffer(released);
        f.settle();
        QVERIFY(f.frames > 3);
        QCOMPARE(f.view.scrollPosition(), QPoint(0, 70));
        QCOMPARE(f.shown(), f.expected());
    }

    void aHiddenViewDoesNotPaint()
    {
        Fixture f;
        f.visible = false;
        f.resize({300, 200});
        f.settle();
        QCOMPARE(f.frames, 0);
        f.visible = true;
        f.resize({300, 200});
        f.settle();
        QCOMPARE(f.shown(), f.expected());
    }

    void zoomAndPixelRatioShowTheSamePlaceLarger()
    {
        Fixture f;
        f.resize({600, 400});
        f.view.scrollTo({0, 1000});
        f.settle();
        f.resize({1200, 800}, 2);
        f.settle();
        QCOMPARE(f.view.scrollPosition(), QPoint(0, 1000));
        QCOMPARE(f.page.viewport, QSize(600, 400));
        QCOMPARE(f.page.viewScale, 2.0);
        QCOMPARE(f.pool.front().devicePixelRatio(), 2.0);
        QCOMPARE(f.shown(), f.expected());
        f.resize({1200, 800}, 2, 1.5);
        f.settle();
        QCOMPARE(f.view.scrollPosition(), QPoint(0, 1000));
        QCOMPARE(f.page.viewport, QSize(400, 266));
        QCOMPARE(f.view.toDocument({0, 300}), QPoint(0, 1100));
    }

    void theScrollPositionStaysInsideTheDocument()
    {
        Fixture f;
        f.resize({600, 400});
        f.view.scrollTo({-50, 1 << 28});
        QCOMPARE(f.view.scrollPosition(), QPoint(0, 5600));
        QVERIFY(!f.view.scrollBy({0, 1}));
        f.page.content = {600, 1000};
        f.view.contentSizeChanged();
        QCOMPARE(f.view.scrollPosition(), QPoint(0, 600));
    }

    void keysScrollWhatThePageDoesNotTake()
    {
        Fixture f;
        f.resize({600, 400});
        const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
            return handleInput(Fixture::key(key, modifiers), f.page, f.view);
        };
        QVERIFY(press(Qt::Key_Down));
        QCOMPARE(f.view.scrollPosition().y(), 40);
        QVERIFY(press(Qt::Key_Space));
        QCOMPARE(f.view.scrollPosition().y(), 400);
        QVERIFY(press(Qt::Key_Space, Qt::ShiftModifier));
        QVERIFY(press(Qt::Key_End));
        QCOMPARE(f.view.scrollPosition().y(), 5600);
        QVERIFY2(!press(Qt::Key_PageDown), "at the end the browser may use the key");
        QVERIFY2(!press(Qt::Key_Home, Qt::ControlModifier), "shortcuts are the browser's");
        QVERIFY(press(Qt::Key_Home));
        QCOMPARE(f.view.scrollPosition().y(), 0);
        f.page.links = 1;
        QVERIFY(press(Qt::Key_Tab));
        QVERIFY2(!press(Qt::Key_Tab), "after the last link the focus leaves the page");
    }
};

QTEST_MAIN(PageViewTest)
#include "page_view_test.moc"
