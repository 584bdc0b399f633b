// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/site.h"
#include "tests/support/real_files.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using bulkhead::Site;
using bulkhead::test::realFile;

namespace {

QString keyOf(const char *url)
{
    return Site::forUrl(QUrl(QString::fromUtf8(url))).key();
}

void touch(const QString &path)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

} // namespace

class SiteTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aWebSiteIsSchemeRegistrableDomainAndPort_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *url, const char *key) {
            QTest::newRow(url) << QString::fromUtf8(url) << QString::fromUtf8(key);
        };
        row("http://example.org/", "http://example.org");
        row("https://www.example.org/a?b#c", "https://example.org");
        row("HTTPS://WWW.EXAMPLE.ORG:443/", "https://example.org");
        row("https://a.b.example.co.uk/", "https://example.co.uk");
        row("https://example.org:8443/", "https://example.org:8443");
        row("http://example.org:443/", "http://example.org:443");
        row("https://alice.github.io/", "https://alice.github.io");
        row("https://co.uk/", "https://co.uk");
        row("http://localhost:8000/x", "http://localhost:8000");
        row("http://printer/", "http://printer");
        row("http://127.0.0.1:8080/", "http://127.0.0.1:8080");
        row("http://0x7f.1/", "http://127.0.0.1");
        row("http://[::1]:8000/", "http://[::1]:8000");
        row("http://www.bücher.example/", "http://xn--bcher-kva.example");
        row("http://www.xn--bcher-kva.example/", "http://xn--bcher-kva.example");
        row("http://user:secret@www.example.org/", "http://example.org");
        row("http://example.org./", "http://example.org.");
        row("about:start", "about:start");
        row("about:playground/a.html?x#y", "about:playground/a.html");
    }
    void aWebSiteIsSchemeRegistrableDomainAndPort()
    {
        QFETCH(QString, url);
        QFETCH(QString, key);
        QCOMPARE(Site::forUrl(QUrl(url)).key(), key);
    }

    void hostsUnderOnePublicSuffixAreStrangers()
    {
        QVERIFY(!(Site::forUrl(QUrl(QStringLiteral("https://a.github.io"))) ==
                  Site::forUrl(QUrl(QStringLiteral("https://b.github.io")))));
        QVERIFY(
            !Site::forUrl(QUrl(QStringLiteral("https://a.co.uk"))).contains(QUrl(QStringLiteral("https://b.co.uk"))));
        QVERIFY(Site::forUrl(QUrl(QStringLiteral("https://a.example.org")))
                    .contains(QUrl(QStringLiteral("https://b.example.org"))));
    }

    void whatIsNeitherWebNorFileBelongsToNobodyElse()
    {
        QVERIFY(keyOf("data:text/html,one") != keyOf("data:text/html,two"));
        QVERIFY(keyOf("file://elsewhere/etc/passwd").startsWith(QLatin1String("file:")));
        QVERIFY(Site::forUrl(QUrl(QStringLiteral("file://elsewhere/etc/passwd"))).folder().isEmpty());
        QVERIFY(keyOf("javascript:alert(1)") != keyOf("javascript:alert(2)"));
    }

    void aFilesSiteIsItsFolderWithLinksResolved()
    {
        QTemporaryDir dir;
        const QString root = QFileInfo(dir.path()).canonicalFilePath();
        touch(root + QStringLiteral("/real/docs/index.html"));
        touch(root + QStringLiteral("/real/docs/deep/er/page.html"));
        touch(root + QStringLiteral("/real/other.html"));
        QFile::link(root + QStringLiteral("/real"), root + QStringLiteral("/link"));
        QFile::link(root + QStringLiteral("/real/other.html"), root + QStringLiteral("/real/docs/escape.html"));

        const Site site = Site::forFile(realFile(QUrl::fromLocalFile(root + QStringLiteral("/link/docs/index.html"))));
        QCOMPARE(site.folder(), root + QStringLiteral("/real/docs"));
        QCOMPARE(site.key(), QStringLiteral("file://") + root + QStringLiteral("/real/docs"));
        QCOMPARE(Site::forFile(realFile(QUrl::fromLocalFile(root + QStringLiteral("/real/docs/")))).key(), site.key());

        const auto to = [&](const char *path) {
            const QUrl url = QUrl::fromLocalFile(root + QString::fromUtf8(path));
            return site.forNavigationTo(url, realFile(url));
        };
        QVERIFY(to("/link/docs/deep/er/page.html") == site);
        QVERIFY(to("/real/docs/missing.html") == site);
        QCOMPARE(to("/real/other.html").folder(), root + QStringLiteral("/real"));
        // A link inside the folder that leads out of it is outside.
        QCOMPARE(to("/real/docs/escape.html").folder(), root + QStringLiteral("/real"));
        QCOMPARE(to("/real/docs/../other.html").folder(), root + QStringLiteral("/real"));
        // A folder whose name only begins alike is another one.
        QVERIFY(!(to("/real/docs2/x.html") == site));
    }

    void theAddressOfAFileAloneGivesNoRights()
    {
        const QUrl url(QStringLiteral("file:///usr/share/doc/a/index.html"));
        const Site named = Site::forUrl(url);
        QCOMPARE(named.scheme(), QStringLiteral("file"));
        QVERIFY(named.folder().isEmpty());
        QVERIFY(!named.contains(url));
        QVERIFY(!(named == Site::forFile(realFile(url))));
        QVERIFY(!Site::forFile(realFile(url)).contains(url));
        // Where such a page leads, as after a restart that lost whose right it was, is judged by what is opened.
        QVERIFY(named.forNavigationTo(url, realFile(url)) == Site::forFile(realFile(url)));
        QVERIFY(named.forNavigationTo(url, std::nullopt).folder().isEmpty());
    }
};

QTEST_APPLESS_MAIN(SiteTest)
#include "site_test.moc"
