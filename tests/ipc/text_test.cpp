// SPDX-License-Identifier: BSD-3-Clause
// How amounts, tables and comma-separated values are written.
#include "ipc/text/amounts.h"
#include "ipc/text/csv.h"
#include "ipc/text/text_table.h"

#include <QLocale>
#include <QtTest>

using namespace bulkhead;

class TextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void aKilobyteIs1024Bytes_data()
    {
        QTest::addColumn<double>("bytes");
        QTest::addColumn<QString>("few");
        QTest::addColumn<QString>("exact");
        const auto row = [](double bytes, const char *few, const char *exact) {
            QTest::addRow("%.0f", bytes) << bytes << QString::fromLatin1(few) << QString::fromLatin1(exact);
        };
        row(0, "0 B", "0 B");
        row(1, "1 B", "1 B");
        row(1023, "1023 B", "1023 B");
        row(1024, "1.0 KB", "1 KB");
        row(65507, "64.0 KB", "65507 B");
        row(65536, "64.0 KB", "64 KB");
        row(812345, "793 KB", "812345 B");
        row(1048575, "1.0 MB", "1048575 B");
        row(1048576, "1.0 MB", "1 MB");
        row(8294400, "7.9 MB", "8100 KB");
        row(3221225472.0, "3.0 GB", "3 GB");
        row(1099511627776.0 * 4096, "4096 TB", "4096 TB");
        row(-5, "0 B", "0 B");
    }
    void aKilobyteIs1024Bytes()
    {
        QFETCH(double, bytes);
        QTEST(bytesText(bytes), "few");
        QTEST(bytesText(bytes, BytesIn::Exact), "exact");
    }

    void countsAreInGroups()
    {
        QCOMPARE(countText(0), QStringLiteral("0"));
        QCOMPARE(countText(999.4), QStringLiteral("999"));
        QCOMPARE(countText(1234567), QStringLiteral("1,234,567"));
    }

    void columnsAreAsWideAsTheirWidestCell()
    {
        TextTable left;
        left.row({QStringLiteral("ID"), QStringLiteral("TITLE"), QStringLiteral("URL")});
        left.row({QStringLiteral("12345"), QString(), QStringLiteral("about:blank")});
        left.note(QStringLiteral("    a note that is wider than any column"));
        left.row({QStringLiteral("1")});
        QCOMPARE(left.toText(), QStringLiteral("ID     TITLE  URL\n12345         about:blank\n"
                                               "    a note that is wider than any column\n1\n"));
        TextTable numbers(TextTable::Columns::NumbersRight);
        numbers.row({QStringLiteral("name"), QStringLiteral("bytes")});
        numbers.row({QStringLiteral("a"), QStringLiteral("7")});
        QCOMPARE(numbers.toText(), QStringLiteral("name  bytes\na         7\n"));
        QCOMPARE(TextTable().toText(), QString());
    }

    void cellsThatNeedQuotesGetThem()
    {
        QCOMPARE(csvLine({QStringLiteral("a"), QString(), QStringLiteral("b c")}), QStringLiteral("a,,b c\n"));
        QCOMPARE(
            csvLine({QStringLiteral("a,b"), QStringLiteral("say \"x\""), QStringLiteral("1\n2"), QStringLiteral("\r")}),
            QStringLiteral("\"a,b\",\"say \"\"x\"\"\",\"1\n2\",\"\r\"\n"));
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(csvNumber(1234567.5), QStringLiteral("1234567.5"));
        QLocale::setDefault(QLocale::c());
        QCOMPARE(csvNumber({}), QString());
        QCOMPARE(csvNumber(1.0 / 3, 3), QStringLiteral("0.333"));
    }
};

QTEST_GUILESS_MAIN(TextTest)
#include "text_test.moc"
