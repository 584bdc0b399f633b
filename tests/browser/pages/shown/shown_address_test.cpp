// SPDX-License-Identifier: BSD-3-Clause
// What a person reads of an address cannot be another one's.
#include "browser/pages/shown/shown_address.h"

#include "browser/pages/shown/shown_host.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace bulkhead;

class ShownAddressTest : public QObject
{
    Q_OBJECT

    static QString part(const ShownAddress &address, ShownAddress::Range range)
    {
        return address.text().mid(range.start, range.length);
    }

private Q_SLOTS:
    void aHostIsReadableUnlessItCouldBeTakenForAnother_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("readable");
        const auto row = [](const char *name, const char16_t *host, bool readable) {
            QTest::newRow(name) << QString::fromUtf16(host) << readable;
        };
        row("german", u"b\u00fccher.de", true);
        row("french", u"caf\u00e9.fr", true);
        row("danish", u"k\u00e6reste.dk", true);
        row("norwegian", u"sm\u00f8rbr\u00f8d.no", true);
        row("polish", u"\u0142\u00f3d\u017a.pl", true);
        row("turkish", u"\u0131\u015f\u0131k.com.tr", true);
        row("vietnamese", u"vi\u1ec7tnam.vn", true);
        row("russian", u"\u043f\u043e\u0447\u0442\u0430.\u0440\u0444", true);
        row("greek", u"\u03b5\u03bb\u03bb\u03b7\u03bd\u03b9\u03ba\u03ac.gr", true);
        row("hebrew", u"\u05e9\u05dc\u05d5\u05dd.co.il", true);
        row("arabic", u"\u0645\u062b\u0627\u0644.com", true);
        row("hindi", u"\u0909\u0926\u093e\u0939\u0930\u0923.com", true);
        row("japanese, Latin among it", u"abc\u65e5\u672c\u8a9e\u306e.jp", true);
        row("korean", u"\ud55c\uad6d.kr", true);
        row("chinese", u"\u4f8b\u5b50.cn", true);
        row("whole-script Cyrillic apple", u"\u0430\u0440\u0440\u04cf\u0435.com", false);
        row("whole-script Cyrillic scope", u"\u0455\u0441\u043e\u0440\u0435.com", false);
        row("one Cyrillic letter in Latin", u"p\u0430ypal.com", false);
        row("Latin, Greek o", u"g\u03bfogle.com", false);
        row("dotless i", u"w\u0131k\u0131pedia.org", false);
        row("Latin alpha", u"\u0251pple.com", false);
        row("Cyrillic and Greek", u"\u043f\u03bb\u03b1.com", false);
        row("Katakana slash", u"example.com\u30ceaccount.evil.jp", false);
        row("digits of two systems", u"12\u0967\u0968\u0d67.com", false);
        row("Armenian look-alikes", u"\u0578\u057d\u0585.com", false);
        row("Cherokee, as capitals", u"\uab70\uabae.com", false);
    }
    void aHostIsReadableUnlessItCouldBeTakenForAnother()
    {
        QFETCH(QString, host);
        QFETCH(bool, readable);
        QUrl url(QStringLiteral("https://") + host + QStringLiteral("/"));
        if (!url.isValid()) { // to Qt it is no host: then nobody can be led there by it
            QVERIFY(!readable);
            return;
        }
        const QString text = ShownAddress(url).text();
        QCOMPARE(!text.contains(QStringLiteral("xn--")), readable);
        if (readable)
            QCOMPARE(text, QStringLiteral("https://") + host + u'/');
    }

    void punycodeThatIsNoneOrHidesSomethingStaysAsItIs()
    {
        // A zero-width joiner, a soft hyphen, an encoding of plain ASCII, and rubbish.
        for (const char *label : {"xn--ab-m1t", "xn--apple-", "xn--a", "xn--0000000000000000000", "xn--"}) {
            const QString shown = shownHostLabel(QString::fromLatin1(label));
            QVERIFY2(shown == QLatin1String(label), qPrintable(shown));
        }
        QCOMPARE(shownHostLabel(QStringLiteral("example")), QStringLiteral("example"));
        QCOMPARE(shownHostLabel(QStringLiteral("xn--bcher-kva")), QStringLiteral("b\u00fccher"));
    }

    void userNameAndPasswordAreNeverShown()
    {
        const QUrl url(QStringLiteral("https://www.bank.com:secret@evil.test/x?y#z"));
        QCOMPARE(ShownAddress(url).text(), QStringLiteral("https://evil.test/x?y#z"));
        QCOMPARE(editableAddress(url), QStringLiteral("https://evil.test/x?y#z"));
        QCOMPARE(ShownAddress(QUrl(QStringLiteral("ftp://a:b@h/"))).text(), QStringLiteral("ftp://h/"));
    }

    void whatIsInvisibleOrTurnsTextRoundStaysEncoded()
    {
        const ushort hidden[] = {0x01,   0x09,   0x0a,   0x20,   0x7f,   0xa0,   0xad,   0x34f,  0x61c,  0x115f, 0x180e,
                                 0x2000, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060,
                                 0x2066, 0x2069, 0x2800, 0x3000, 0x3164, 0xe000, 0xfe0f, 0xfeff, 0xffa0};
        for (const ushort c : hidden) {
            const QByteArray encoded = QString(QChar(c)).toUtf8().toPercentEncoding();
            const QByteArray whole = "https://example.org/a" + encoded + "b?q=" + encoded + "#" + encoded;
            const QString shown = ShownAddress(QUrl::fromEncoded(whole)).text();
            QVERIFY2(!shown.contains(QChar(c)), encoded.constData());
            QCOMPARE(shown.toLatin1(), whole);
        }
        QCOMPARE(ShownAddress(QUrl::fromEncoded("https://example.org/%C3%A9%E2%82%AC%F0%9F%98%80")).text(),
                 QStringLiteral("https://example.org/\u00e9\u20ac\U0001F600"));
        // Encoded ASCII is part of the address, half a character is none.
        for (const char *same : {"https://example.org/%2F%25%3Ca%3E%20b", "https://example.org/%C3",
                                 "https://example.org/%ED%A0%80", "https://example.org/%C0%AF"})
            QCOMPARE(ShownAddress(QUrl::fromEncoded(same)).text(), QString::fromLatin1(same));
    }

    void aRightToLeftHostIsNotFollowedByRightToLeftLetters()
    {
        const QUrl url(QStringLiteral("https://\u05e9\u05dc\u05d5\u05dd.com/\u05d0/x"));
        const QString shown = ShownAddress(url).text();
        QVERIFY2(shown.endsWith(QStringLiteral(".com/%D7%90/x")), qPrintable(shown));
        QCOMPARE(ShownAddress(QUrl(QStringLiteral("https://example.org/\u05d0"))).text(),
                 QStringLiteral("https://example.org/\u05d0"));
    }

    void theRegistrableDomainIsFound_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("domain");
        QTest::newRow("plain") << "https://www.example.org/x"
                               << "www.example.org"
                               << "example.org";
        QTest::newRow("co.uk") << "https://a.b.example.co.uk:8443/"
                               << "a.b.example.co.uk"
                               << "example.co.uk";
        QTest::newRow("name in the path") << "https://evil.org/https://example.com/"
                                          << "evil.org"
                                          << "evil.org";
        QTest::newRow("subdomains of another") << "https://example.com.evil.org/"
                                               << "example.com.evil.org"
                                               << "evil.org";
        QTest::newRow("idn") << QStringLiteral("https://www.b\u00fccher.de/") << QStringLiteral("www.b\u00fccher.de")
                             << QStringLiteral("b\u00fccher.de");
        QTest::newRow("v4") << "http://192.168.1.10:8000/"
                            << "192.168.1.10"
                            << "192.168.1.10";
        QTest::newRow("v6") << "http://[::1]:8000/"
                            << "::1"
                            << "::1";
        QTest::newRow("localhost") << "http://localhost/"
                                   << "localhost"
                                   << "localhost";
        QTest::newRow("file") << "file:///etc/hosts"
                              << ""
                              << "";
        QTest::newRow("about") << "about:start"
                               << ""
                               << "";
        QTest::newRow("data with a host in it") << "data:text/html,https://example.org/"
                                                << ""
                                                << "";
    }
    void theRegistrableDomainIsFound()
    {
        QFETCH(QString, url);
        const ShownAddress address{QUrl(url)};
        QTEST(part(address, address.host()), "host");
        QTEST(part(address, address.registrableDomain()), "domain");
        QCOMPARE(address.text(), url);
    }

    void partsOfIt()
    {
        const QUrl url(QStringLiteral("https://u:p@www.example.org:81/x"));
        const ShownAddress host(url, 300, ShownAddress::Parts::Host);
        QCOMPARE(host.text(), QStringLiteral("www.example.org:81"));
        QCOMPARE(part(host, host.registrableDomain()), QStringLiteral("example.org"));
        QCOMPARE(ShownAddress(url, 300, ShownAddress::Parts::WithoutScheme).text(),
                 QStringLiteral("www.example.org:81/x"));
        QCOMPARE(ShownAddress(QUrl(QStringLiteral("file:///x")), 300, ShownAddress::Parts::Host).text(), QString());
        QCOMPARE(ShownAddress(QUrl()).text(), QString());
    }

    void whatIsTooLongIsCutInTheMiddleAndTheHostStays()
    {
        const ShownAddress address(
            QUrl(QStringLiteral("https://www.example.org/") + QString(5000, u'a') + QStringLiteral("END")), 100);
        QVERIFY(address.isCut());
        QCOMPARE(address.text().size(), 100);
        QCOMPARE(part(address, address.host()), QStringLiteral("www.example.org"));
        QVERIFY(address.text().endsWith(QStringLiteral("END")));
        QVERIFY(address.text().contains(u'\u2026'));
        const ShownAddress longHost(
            QUrl(QStringLiteral("https://") + QStringLiteral("aaaa.").repeated(40) + QStringLiteral("evil.org/x")), 60);
        QVERIFY2(longHost.text().contains(QStringLiteral("evil.org")), qPrintable(longHost.text()));
        QCOMPARE(part(longHost, longHost.registrableDomain()), QStringLiteral("evil.org"));
        QVERIFY(longHost.text().size() < 100);
        QVERIFY(!ShownAddress(QUrl(QStringLiteral("https://example.org/x"))).isCut());
        const ShownAddress longScheme(QUrl(QString(5000, u'a') + QStringLiteral("://example.org/x")));
        QVERIFY2(longScheme.text().size() < 100 && longScheme.text().endsWith(QStringLiteral("://example.org/x")),
                 qPrintable(longScheme.text()));
    }

    void twoMegabytesAreNotLookedAt()
    {
        const QUrl data = QUrl::fromEncoded("data:text/html," + QByteArray(2 << 20, 'a') + "%E2%80%AE");
        const QUrl smileys = QUrl::fromEncoded("https://example.org/" + QByteArray("%F0%9F%98%80").repeated(160'000));
        QElapsedTimer timer;
        timer.start();
        for (const QUrl &url : {data, smileys}) {
            const ShownAddress address(url);
            QVERIFY(address.text().size() <= ShownAddress::LongestMention);
            QVERIFY(address.isCut());
        }
        QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(ShownAddressTest)
#include "shown_address_test.moc"
