// SPDX-License-Identifier: BSD-3-Clause
// Files of a profile that this version cannot use: kept under another name, never written over.
#include "browser/pages/fetch/kept_file.h"

#include "browser/pages/fetch/safe_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <memory>
#include <sys/stat.h>

using namespace bulkhead;

class KeptFileTest : public QObject
{
    Q_OBJECT

    static constexpr int Newest = 3;

    std::unique_ptr<QTemporaryDir> m_dir;

    QString path(const char *name = "kept.json") const { return m_dir->filePath(QLatin1String(name)); }
    QByteArray contentOf(const char *name) const { return safe_file::read(path(name), 1000).value_or(QByteArray()); }
    KeptJson read() const { return KeptJson::read(path(), 1000, Newest, QStringLiteral("This")); }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void whatIsUnderstoodIsReadAndStays_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("of before there were formats") << QByteArray("{\"a\":1}");
        QTest::newRow("a list") << QByteArray("[1]");
        QTest::newRow("older") << QByteArray("{\"format\":1}");
        QTest::newRow("of today") << QByteArray("{\"format\":3}");
        QTest::newRow("of no format") << QByteArray("{\"format\":\"x\"}");
    }
    void whatIsUnderstoodIsReadAndStays()
    {
        QFETCH(QByteArray, json);
        QVERIFY(safe_file::replace(path(), json));
        const KeptJson kept = read();
        QCOMPARE(kept.document.toJson(QJsonDocument::Compact), json);
        QVERIFY(kept.mayWrite);
        QCOMPARE(kept.notice, QString());
        QCOMPARE(contentOf("kept.json"), json);
    }

    void nothingThereIsNothingToTell()
    {
        const KeptJson kept = read();
        QVERIFY(kept.document.isNull() && kept.mayWrite && kept.notice.isEmpty());
    }

    void whatIsNotUnderstoodIsKeptAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("aside");
        QTest::newRow("a newer format") << QByteArray("{\"format\":4}") << QStringLiteral("kept.json.newer-");
        QTest::newRow("a far newer format") << QByteArray("{\"format\":1e300}") << QStringLiteral("kept.json.newer-");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("kept.json.broken-");
        QTest::newRow("cut off") << QByteArray("{\"format\":4") << QStringLiteral("kept.json.broken-");
        QTest::newRow("too large") << QByteArray(1001, ' ') << QStringLiteral("kept.json.broken-");
    }
    void whatIsNotUnderstoodIsKeptAside()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, aside);
        for (int number = 1; number <= 3; ++number) {
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
            file.close();
            const QString name = aside + QString::number(number);
            const KeptJson kept = read();
            QVERIFY(kept.document.isNull());
            QVERIFY(kept.mayWrite);
            QVERIFY2(kept.notice.contains(name), qPrintable(kept.notice));
            QVERIFY(!QFile::exists(path()));
            QFile moved(m_dir->filePath(name));
            QVERIFY(moved.open(QIODevice::ReadOnly));
            QCOMPARE(moved.readAll(), content);
        }
    }

    void aFolderInItsPlaceIsMovedWithAllThatIsInIt()
    {
        QCOMPARE(::mkdir(QFile::encodeName(path()).constData(), 0700), 0);
        QVERIFY(safe_file::replace(path("kept.json/inside"), "it"));
        QVERIFY(read().mayWrite);
        QCOMPARE(contentOf("kept.json.broken-1/inside"), QByteArray("it"));
    }

    // Nobody loses a file because this process has too many open.
    void anErrorOfTheMomentMovesNothing()
    {
        QVERIFY(safe_file::replace(path(), "{}"));
        const SetAside aside = setAsideBroken(path(), QStringLiteral("This"), {"open: Too many open files", EMFILE});
        QVERIFY(!aside.isFree);
        QVERIFY(aside.sentence.contains(QStringLiteral("Too many open files")));
        QCOMPARE(contentOf("kept.json"), QByteArray("{}"));
    }
};

QTEST_GUILESS_MAIN(KeptFileTest)
#include "kept_file_test.moc"
