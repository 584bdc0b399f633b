// SPDX-License-Identifier: BSD-3-Clause
#include "tests/support/doc_corpus.h"

#include <QFile>
#include <QSet>
#include <QTest>

using namespace bulkhead;

class DocCorpusTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyCorpusHasReadablePages_data()
    {
        QTest::addColumn<int>("doc");
        QTest::addColumn<int>("atLeast");
        QTest::newRow("python3-doc") << int(Doc::Python) << 300;
        QTest::newRow("debian-reference") << int(Doc::DebianReference) << 10;
        QTest::newRow("apache2-doc") << int(Doc::Apache) << 1000;
    }

    void everyCorpusHasReadablePages()
    {
        QFETCH(int, doc);
        QFETCH(int, atLeast);
        const DocCorpus corpus(static_cast<Doc>(doc));
        if (!corpus.isInstalled())
            QSKIP(qPrintable(corpus.whyMissing()));
        QVERIFY2(corpus.pages().size() >= atLeast, qPrintable(QString::number(corpus.pages().size())));
        for (const QString &page : corpus.somePages(5)) {
            QFile file(corpus.fileUrl(page).toLocalFile());
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            QVERIFY2(file.readAll().toLower().contains("<html"), qPrintable(file.fileName()));
        }
    }

    void somePagesAreDifferentAndSpread()
    {
        const DocCorpus corpus(Doc::Python);
        if (!corpus.isInstalled())
            QSKIP(qPrintable(corpus.whyMissing()));
        const QStringList some = corpus.somePages(200);
        QCOMPARE(some.size(), 200);
        QCOMPARE(QSet<QString>(some.begin(), some.end()).size(), 200);
        QCOMPARE(corpus.somePages(1'000'000), corpus.pages());
        QCOMPARE(corpus.somePages(0), QStringList());
    }
};

QTEST_GUILESS_MAIN(DocCorpusTest)
#include "doc_corpus_test.moc"
