// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/typed_url.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using bulkhead::typedUrl;

class TypedUrlTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(QDir(m_dir.path()).mkpath(QStringLiteral("docs")));
        for (const char *name : {"page.html", "docs/sp ace.html", "docs/index.html", "example.org", "readme.md",
                                 "printer.lan", "127.0.0.1", "localhost", "http:", "intranet", "odd#name.html"}) {
            QFile file(m_dir.filePath(QString::fromUtf8(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url");
        const auto row = [](const char *typed, const char *url) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(url);
        };
        row("http://example.net", "http://example.net/");
        row("  https://example.net/a b  ", "https://example.net/a%20b");
        row("HTTP://Example.NET/X", "http://example.net/X");
        row("https://exam\nple.net/", "https://example.net/");
        row("example.net", "https://example.net/");
        row("example.net/path?q=1#f", "https://example.net/path?q=1#f");
        row("www.example.co.uk", "https://www.example.co.uk/");
        row("bücher.example", "https://xn--bcher-kva.example/");
        row("localhost", "http://localhost/");
        row("localhost:8000/x", "http://localhost:8000/x");
        row("127.0.0.1:8000", "http://127.0.0.1:8000/");
        row("192.168.1.1", "http://192.168.1.1/");
        row("[::1]:8000/x", "http://[::1]:8000/x");
        row("example.net:8443", "http://example.net:8443/");
        row("printer:631", "http://printer:631/");
        row("intranet/", "http://intranet/");
        row("about:start", "about:start");
        row("ABOUT:start", "about:start");
        row("data:text/html,hi", "data:text/html,hi");
        row("file:///etc/hosts", "file:///etc/hosts");
        row("file:///no/such/file", "file:///no/such/file");
        row("/etc", "file:///etc/");
        row("/etc/../etc/hosts", "file:///etc/hosts");
        row("/", "file:///");
    }
    void addresses()
    {
        QFETCH(QString, typed);
        const auto url = typedUrl(typed, QStringLiteral("/nonexistent"));
        QVERIFY2(url, url ? "" : url.error().what.c_str());
        QTEST(QString::fromLatin1(url->toEncoded()), "url");
    }

    void filesAreFoundFromTheWorkingDirectory()
    {
        const QString here = m_dir.path();
        const auto check = [&](const QString &typed, const QString &path, const QString &fragment = {}) {
            const auto url = typedUrl(typed, here);
            QVERIFY2(url, qPrintable(typed));
            QCOMPARE(url->toLocalFile(), path);
            QCOMPARE(url->fragment(), fragment);
        };
        check(QStringLiteral("page.html"), here + QStringLiteral("/page.html"));
        check(QStringLiteral(" ./page.html "), here + QStringLiteral("/page.html"));
        check(QStringLiteral("docs"), here + QStringLiteral("/docs/"));
        check(QStringLiteral("docs/sp ace.html"), here + QStringLiteral("/docs/sp ace.html"));
        check(QStringLiteral("docs/../page.html#part"), here + QStringLiteral("/page.html"), QStringLiteral("part"));
        check(QStringLiteral("odd#name.html"), here + QStringLiteral("/odd#name.html"));
        check(QStringLiteral("docs/index.html"), here + QStringLiteral("/docs/index.html"));
        check(QStringLiteral("./example.org"), here + QStringLiteral("/example.org"));
        check(QStringLiteral("./http:"), here + QStringLiteral("/http:"));
        check(QStringLiteral("./readme.md"), here + QStringLiteral("/readme.md"));
        check(QStringLiteral("intranet"), here + QStringLiteral("/intranet"));
        check(QStringLiteral("~"), QDir::homePath() + u'/');
        check(QStringLiteral("."), here + u'/');
    }

    // Whatever somebody put into the folder from which Bulkhead is started.
    void aTypedHostIsAHostAlsoWhereAFileHasItsName_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url");
        QTest::newRow("a domain") << QStringLiteral("example.org") << QStringLiteral("https://example.org/");
        QTest::newRow("with a place in it")
            << QStringLiteral("example.org#part") << QStringLiteral("https://example.org/#part");
        QTest::newRow("an ending of files that is a domain, too")
            << QStringLiteral("readme.md") << QStringLiteral("https://readme.md/");
        QTest::newRow("a local domain") << QStringLiteral("printer.lan") << QStringLiteral("https://printer.lan/");
        QTest::newRow("an address") << QStringLiteral("127.0.0.1") << QStringLiteral("http://127.0.0.1/");
        QTest::newRow("this machine") << QStringLiteral("localhost") << QStringLiteral("http://localhost/");
        QTest::newRow("with a port") << QStringLiteral("intranet:80") << QStringLiteral("http://intranet:80/");
    }
    void aTypedHostIsAHostAlsoWhereAFileHasItsName()
    {
        QFETCH(QString, typed);
        const auto url = typedUrl(typed, m_dir.path());
        QVERIFY(url);
        QTEST(QString::fromLatin1(url->toEncoded()), "url");
    }
    void aSchemeIsNeverAFile()
    {
        const auto url = typedUrl(QStringLiteral("http:"), m_dir.path());
        QVERIFY2(!url, "the file was opened");
    }

    void whatIsNoAddressIsExplained_data()
    {
        QTest::addColumn<QString>("typed");
        for (const char *typed : {"",
                                  "   ",
                                  "hello",
                                  "hello world",
                                  "what is a bulkhead?",
                                  "javascript:alert(1)",
                                  "view-source:http://x/",
                                  "mailto:a@example.org",
                                  "http://",
                                  "https:///x",
                                  "http://[::1",
                                  "file:relative",
                                  "/no/such/file",
                                  "./nothing",
                                  "../nothing",
                                  "~/no-such-file-here",
                                  "1.2.3",
                                  "0x7f.1",
                                  "2130706433/",
                                  "//example.org/x",
                                  "300.300.300.300",
                                  "a..b",
                                  "-.org",
                                  "user:word@example.org",
                                  "example.org:99999"})
            QTest::newRow(typed) << QString::fromUtf8(typed);
    }
    void whatIsNoAddressIsExplained()
    {
        QFETCH(QString, typed);
        const auto url = typedUrl(typed, QStringLiteral("/nonexistent"));
        QVERIFY2(!url, url ? qPrintable(url->toString()) : "");
        const QString sentence = QString::fromStdString(url.error().what);
        QVERIFY2(sentence.endsWith(u'.') && sentence.size() > 10, qPrintable(sentence));
    }
};

QTEST_GUILESS_MAIN(TypedUrlTest)
#include "typed_url_test.moc"
