// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/html/fake_page_client.h"

#include "renderer/html/html_page.h"
#include "tests/support/lacking.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace bulkhead;

/// Painting in pieces gives what painting at once gives, pixel for pixel: what scrolling and small damages rely on.
class HtmlPaintingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void piecesAreTheWhole_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<qreal>("scale");
        for (const char *file :
             {"/usr/share/doc/python3/html/library/zlib.html", "/usr/share/doc/python3/html/index.html",
              "/usr/share/doc/python3/html/tutorial/introduction.html", "/usr/share/debian-reference/ch02.en.html",
              "/usr/share/doc/apache2-doc/manual/en/index.html", "/usr/share/doc/apache2-doc/manual/ja/index.html",
              "boxes.html"}) {
            const QString path =
                file[0] == '/' ? QString::fromLatin1(file) : QStringLiteral(HTML_TEST_DATA "/") + QLatin1String(file);
            for (qreal scale : {1.0, 2.0, 1.5})
                QTest::addRow("%s at %g", file, scale) << path << scale;
        }
    }
    void piecesAreTheWhole()
    {
        QFETCH(QString, file);
        QFETCH(qreal, scale);
        QFile source(file);
        if (file.startsWith(u"/usr/share/"))
            SKIP_WHEN_LACKING(lacking::document(file));
        QVERIFY2(source.open(QIODevice::ReadOnly), qPrintable(file));
        FakePageClient client;
        auto page = HtmlPage::create({QUrl::fromLocalFile(file), QStringLiteral("text/html"), {}, false}, client);
        const QSize viewport(1100, 700);
        page->setViewport(viewport, scale);
        QVERIFY(load(*page, client, source.readAll()));
        page->find(QStringLiteral("the"), FindDirection::Forward, FindCase::Insensitive);
        page->mousePress({QPoint(300, 100), Qt::LeftButton, Qt::LeftButton, {}, 1});
        page->mouseMove({QPoint(500, 400), Qt::NoButton, Qt::LeftButton, {}, 1});
        page->mouseRelease({QPoint(500, 400), Qt::LeftButton, Qt::NoButton, {}, 1});
        page->mouseMove({QPoint(150, 330), Qt::NoButton, Qt::NoButton, {}, 1});

        QRandomGenerator random(42);
        const int lowest = qMax(1, page->contentSize().height() - viewport.height());
        for (int view = 0; view < 4; ++view) {
            // Even positions are whole device pixels at every scale tested.
            const QRect area(QPoint(0, view == 0 ? 0 : int(random.bounded(lowest)) & ~1), viewport);
            const QImage whole = grab(*page, area, scale);
            QImage pieces = whole;
            for (int i = 0; i < 25; ++i) {
                const QRect damage(area.left() + (int(random.bounded(area.width())) & ~1),
                                   area.top() + (int(random.bounded(area.height())) & ~1),
                                   2 * int(1 + random.bounded(i % 2 == 0 ? 150 : 20)),
                                   2 * int(1 + random.bounded(i % 2 == 0 ? 100 : 15)));
                QPainter(&pieces).fillRect(
                    QRectF((QPointF(damage.topLeft()) - area.topLeft()) * scale, QSizeF(damage.size()) * scale),
                    Qt::magenta);
                paintInto(pieces, *page, area, damage, scale);
                if (pieces != whole) {
                    whole.save(QStringLiteral("painting-whole.png"));
                    pieces.save(QStringLiteral("painting-pieces.png"));
                    QFAIL(qPrintable(QStringLiteral("damage %1,%2 %3x%4 of view %5")
                                         .arg(damage.x())
                                         .arg(damage.y())
                                         .arg(damage.width())
                                         .arg(damage.height())
                                         .arg(area.top())));
                }
            }
            // All of it in stripes: whatever reaches over an edge has been painted on both sides of it.
            QImage stripes(whole.size(), whole.format());
            stripes.fill(Qt::magenta);
            for (int x = 0; x < area.width(); x += 6)
                paintInto(stripes, *page, area, QRect(area.left() + x, area.top(), 6, area.height()) & area, scale);
            QVERIFY(stripes == whole);
            stripes.fill(Qt::magenta);
            for (int y = 0; y < area.height(); y += 6)
                paintInto(stripes, *page, area, QRect(area.left(), area.top() + y, area.width(), 6) & area, scale);
            QVERIFY(stripes == whole);

            // Scrolled by moving pixels, with the strip that appeared painted.
            const int step = 40;
            const QRect scrolled = area.translated(0, step);
            QImage moved(whole.size(), whole.format());
            moved.fill(Qt::magenta);
            QPainter(&moved).drawImage(QPointF(0, -step * scale), whole);
            paintInto(moved, *page, scrolled,
                      QRect(scrolled.left(), scrolled.bottom() - step + 1, scrolled.width(), step), scale);
            QVERIFY(moved == grab(*page, scrolled, scale));
        }
    }

    // What a change tells to be damaged is all that changed.
    void damageCoversEveryChange_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"/usr/share/doc/python3/html/tutorial/introduction.html",
                                 "/usr/share/doc/apache2-doc/manual/en/index.html"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void damageCoversEveryChange()
    {
        QFETCH(QString, file);
        QFile source(file);
        if (file.startsWith(u"/usr/share/"))
            SKIP_WHEN_LACKING(lacking::document(file));
        QVERIFY2(source.open(QIODevice::ReadOnly), qPrintable(file));
        FakePageClient client;
        auto page = HtmlPage::create({QUrl::fromLocalFile(file), QStringLiteral("text/html"), {}, false}, client);
        const QRect area(0, 0, 1100, 700);
        page->setViewport(area.size(), 1);
        QVERIFY(load(*page, client, source.readAll()));
        QImage shown = grab(*page, area);
        QRandomGenerator random(7);
        Qt::MouseButtons buttons;
        for (int i = 0; i < 120; ++i) {
            client.damage = {};
            const QPoint point(int(random.bounded(area.width())), int(random.bounded(area.height())));
            switch (i % 8) {
            case 0:
                page->mousePress({point, Qt::LeftButton, Qt::LeftButton, {}, 1 + int(random.bounded(3))});
                buttons = Qt::LeftButton;
                break;
            case 4:
                page->mouseRelease({point, Qt::LeftButton, {}, {}, 1});
                buttons = {};
                break;
            case 5:
                page->focusNext(i % 16 == 5 ? FindDirection::Forward : FindDirection::Backward);
                break;
            case 6:
                page->find(i % 3 == 0 ? QStringLiteral("the") : QStringLiteral("a"), FindDirection::Forward,
                           FindCase::Insensitive);
                break;
            default:
                page->mouseMove({point, Qt::NoButton, buttons, {}, 1});
                break;
            }
            for (const QRect &rect : client.damage)
                paintInto(shown, *page, area, rect & area);
            QVERIFY2(shown == grab(*page, area), qPrintable(QStringLiteral("step %1").arg(i)));
        }
    }
};

QTEST_MAIN(HtmlPaintingTest)
#include "html_painting_test.moc"
