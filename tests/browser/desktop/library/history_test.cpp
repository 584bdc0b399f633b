// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/library/history.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace bulkhead;

class HistoryTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString fileName() const { return m_dir->filePath(QStringLiteral("history.jsonl")); }
    QByteArray fileContents() const
    {
        QFile file(fileName());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    std::unique_ptr<History> open() const
    {
        auto history = std::make_unique<History>(m_dir->path());
        QSignalSpy loaded(history.get(), &History::loaded);
        if (!loaded.wait())
            qWarning("the history was not loaded");
        return history;
    }
    static QUrl url(const char *text) { return QUrl(QString::fromUtf8(text)); }
    static QStringList addresses(const QVector<HistoryEntry> &entries)
    {
        QStringList result;
        for (const HistoryEntry &entry : entries)
            result += entry.url.toString();
        return result;
    }
    static void visit(History &history, const char *address, const char *title, int times = 1)
    {
        for (int i = 0; i < times; ++i)
            history.addVisit(url(address), QString::fromUtf8(title));
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void aBrokenFileCostsOnlyItsBrokenLines()
    {
        QFile file(fileName());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"url\":\"http://good.example/\",\"title\":\"Good\",\"visits\":2,\"last\":1700000000000}\n"
                   "\1\2 rubbish\n[]\n{}\n{\"url\":5}\n"
                   "{\"url\":\"javascript:alert(1)\",\"visits\":5,\"last\":1}\n"
                   "{\"url\":\"http://negative.example/\",\"visits\":-5,\"last\":1}\n"
                   "{\"url\":\"http://good.example/\",\"title\":\"Better\",\"visits\":3,\"last\":1700000001000}\n"
                   "{\"url\":\"http://cut.example/\",\"ti");
        file.close();
        const auto history = open();
        QCOMPARE(history->count(), 1);
        QCOMPARE(history->recent(5).first().title, QStringLiteral("Better"));
        QCOMPARE(history->recent(5).first().visits, 3);
    }

    void visitsSurviveARestart()
    {
        {
            const auto history = open();
            visit(*history, "http://a.example/", "A", 2);
            visit(*history, "file:///usr/share/doc/index.html#part", "Docs");
            history->setTitle(url("http://a.example/"), QStringLiteral("A, renamed"));
        }
        const auto history = open();
        QCOMPARE(history->count(), 2);
        QCOMPARE(addresses(history->recent(5)).first(), QStringLiteral("file:///usr/share/doc/index.html"));
        const HistoryEntry a = history->complete(QStringLiteral("renamed"), 5).first();
        QCOMPARE(a.visits, 2);
        QCOMPARE(a.title, QStringLiteral("A, renamed"));
        QVERIFY(std::abs(a.lastVisit.secsTo(QDateTime::currentDateTimeUtc())) < 600);
        QCOMPARE(QFile::permissions(fileName()) & 0x0077, QFile::Permissions());
    }

    void visitsMadeBeforeTheFileWasReadAreAdded()
    {
        visit(*open(), "http://a.example/", "A", 2);
        {
            History hurried(m_dir->path());
            visit(hurried, "http://a.example/", "", 1);
            visit(hurried, "http://b.example/", "B", 1);
        }
        const auto history = open();
        QCOMPARE(history->count(), 2);
        QCOMPARE(history->complete(QStringLiteral("a.example"), 1).first().visits, 3);
        QCOMPARE(history->complete(QStringLiteral("a.example"), 1).first().title, QStringLiteral("A"));
    }

    void whatIsRemovedIsGoneFromTheFileToo()
    {
        {
            const auto history = open();
            visit(*history, "http://secret.example/", "Secret", 3);
            visit(*history, "http://open.example/", "Open");
        }
        QVERIFY(fileContents().contains("secret"));
        open()->remove(url("http://secret.example/"));
        QVERIFY(!fileContents().contains("secret"));
        QVERIFY(fileContents().contains("open"));
        {
            History hurried(m_dir->path());
            hurried.remove(url("http://open.example/"));
        }
        QCOMPARE(open()->count(), 0);
        visit(*open(), "http://open.example/", "Open");
        {
            History hurried(m_dir->path());
            hurried.clear();
        }
        QCOMPARE(fileContents(), QByteArray());
    }

    void onlyPagesOfTheWebAndFilesAreKept()
    {
        History history({});
        for (const char *address : {"about:start", "data:text/html,x", "javascript:x", "", "relative", "http://"})
            visit(history, address, "x");
        QVERIFY(history.count() <= 1); // "http://" names no page, and does no harm
        history.clear();
        visit(history, "http://user:secret@a.example/#top", "A");
        QCOMPARE(addresses(history.recent(5)), QStringList(QStringLiteral("http://a.example/")));
        history.addVisit(QUrl(QStringLiteral("http://a.example/") + QString(5000, u'x')), {});
        QCOMPARE(history.count(), 1);
    }

    void theLikeliestComesFirst()
    {
        History history({});
        visit(history, "http://other.example/python", "A page", 1);
        visit(history, "http://docs.python.example/", "Docs", 1);
        visit(history, "http://www.python.example/", "Home", 1);
        visit(history, "http://python.example/often", "Often", 20);
        visit(history, "http://unrelated.example/", "Nothing", 50);
        QCOMPARE(addresses(history.complete(QStringLiteral("PYTHON"), 10)),
                 QStringList(
                     {QStringLiteral("http://python.example/often"), QStringLiteral("http://www.python.example/"),
                      QStringLiteral("http://docs.python.example/"), QStringLiteral("http://other.example/python")}));
        QCOMPARE(history.complete(QStringLiteral("python"), 2).size(), 2);
        QCOMPARE(addresses(history.complete(QStringLiteral("python home"), 5)),
                 QStringList(QStringLiteral("http://www.python.example/")));
        QVERIFY(history.complete(QStringLiteral("  "), 5).isEmpty());
        QVERIFY(history.complete(QStringLiteral("nowhere"), 5).isEmpty());
    }

    void theOldestGoWhenThereAreTooMany()
    {
        {
            const auto history = open();
            for (int i = 0; i <= History::MaxEntries; ++i)
                history->addVisit(QUrl(QStringLiteral("http://a.example/%1").arg(i)), {});
            QVERIFY(history->count() <= History::MaxEntries);
            QVERIFY(history->count() >= History::MaxEntries * 8 / 10);
            QVERIFY(!history->complete(QStringLiteral("/%1").arg(History::MaxEntries), 1).isEmpty());
        }
        QVERIFY(open()->count() <= History::MaxEntries);
    }

    void theFileDoesNotGrowWithoutEnd()
    {
        for (int run = 0; run < 30; ++run) {
            const auto history = open();
            for (int i = 0; i < 100; ++i)
                visit(*history, qPrintable(QStringLiteral("http://a.example/%1").arg(i)), "x");
        }
        QVERIFY(fileContents().count('\n') <= 100 * 2 + 1000);
        QCOMPARE(open()->complete(QStringLiteral("/7"), 1).first().visits, 30);
    }
};

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
