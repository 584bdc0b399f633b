// SPDX-License-Identifier: BSD-3-Clause
// Of what a page says again and again the newest is told, now and then.
#include "browser/pages/page_processes/page_news.h"

#include <QSignalSpy>
#include <QtTest>

using namespace bulkhead;

class PageNewsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstIsToldAtOnceAndOfAFloodTheNewest()
    {
        PageNews news;
        QSignalSpy titles(&news, &PageNews::title);
        news.setTitle(QStringLiteral("first"));
        QCOMPARE(titles.count(), 1);
        QElapsedTimer clock;
        clock.start();
        int said = 0;
        while (clock.elapsed() < 500) {
            for (int i = 0; i < 100; ++i)
                news.setTitle(QString::number(++said));
            QCoreApplication::processEvents();
        }
        const auto most = 2 + clock.elapsed() / PageNews::SlowInterval.count();
        QTRY_COMPARE(titles.last().first().toString(), QString::number(said));
        QVERIFY2(titles.count() <= most + 1, qPrintable(QString::number(titles.count())));
        QVERIFY(said > 1000);
    }

    void aPageIsNotFinishedBeforeItHasSaidWhatItSaidBefore()
    {
        PageNews news;
        QStringList told;
        connect(&news, &PageNews::title, this, [&](const QString &title) { told << title; });
        connect(&news, &PageNews::finished, this, [&] { told << QStringLiteral("finished"); });
        news.setTitle(QStringLiteral("a"));
        news.setTitle(QStringLiteral("b"));
        news.setFinished();
        QTRY_COMPARE(told, QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("finished")}));
    }

    void whoHearsOfItMayDeleteThePage()
    {
        auto *news = new PageNews;
        connect(news, &PageNews::cursor, this, [news] { delete news; });
        QSignalSpy gone(news, &QObject::destroyed);
        news->setCursor(Qt::ArrowCursor);
        QCOMPARE(gone.count(), 1);
    }

    void atTheEndEverythingIsTold()
    {
        PageNews news;
        QSignalSpy links(&news, &PageNews::hoveredLink);
        QSignalSpy finished(&news, &PageNews::finished);
        news.setHoveredLink(QUrl(QStringLiteral("http://a")));
        news.setHoveredLink(QUrl(QStringLiteral("http://b")));
        news.setFinished();
        news.flush();
        QCOMPARE(links.count(), 2);
        QCOMPARE(finished.count(), 1);
    }
};

QTEST_GUILESS_MAIN(PageNewsTest)
#include "page_news_test.moc"
