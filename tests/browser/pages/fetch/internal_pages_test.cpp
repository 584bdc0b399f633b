// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/data_url.h"
#include "browser/pages/fetch/display_types.h"
#include "browser/pages/fetch/page_template.h"
#include "browser/pages/network/profile_fetcher.h"
#include "tests/browser/pages/fetch/fetch_probe.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace bulkhead;
using namespace bulkhead::test;

class InternalPagesTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    std::unique_ptr<ProfileFetcher> m_fetcher;

    void write(const char *name, const QByteArray &contents) const
    {
        const QString path = m_dir.filePath(QString::fromUtf8(name));
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contents);
    }
    std::unique_ptr<FetchProbe> open(const char *url) const
    {
        auto probe = std::make_unique<FetchProbe>(m_fetcher->start(request(QUrl(QString::fromUtf8(url)))));
        if (!probe->wait())
            qWarning("timed out");
        return probe;
    }

private Q_SLOTS:
    void initTestCase()
    {
        write("pages/start.html", "<h1>start</h1>");
        write("pages/version.html", "<td>{{qt}}</td><td>{{ missing }}</td>");
        write("pages/error.html", "<title>{{title}}</title><p>{{message}}<p>{{detail}}<p>{{url}}");
        write("playground/index.html", "<a href=long.html>");
        write("playground/images/cat.png", QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16));
        write("secret.html", "secret");
        InternalPages pages(
            [] {
                return InternalPages::Values{{QStringLiteral("qt"), QStringLiteral("6 <b>{{title}}</b>")}};
            },
            m_dir.path());
        m_fetcher = std::make_unique<ProfileFetcher>(ProfileSettings{}, std::move(pages));
    }

    void valuesCannotBringMarkupOrPlaceholders()
    {
        const QMap<QString, QString> values{{QStringLiteral("a"), QStringLiteral("<script>\"'&{{b}}")},
                                            {QStringLiteral("b"), QStringLiteral("no")}};
        QCOMPARE(fillTemplate("1{{a}}2{{ b }}3{{c}}4{{", values),
                 QByteArray("1&lt;script&gt;&quot;&#39;&amp;{{b}}2no34{{"));
        QCOMPARE(open("about:version")->body, QByteArray("<td>6 &lt;b&gt;{{title}}&lt;/b&gt;</td><td></td>"));
    }

    void theErrorPageEscapesEverything()
    {
        const QUrl url(QStringLiteral("http://user:secret@h.example/<script>?<b>"));
        FetchProbe probe(m_fetcher->startErrorPage(
            {FetchErrorKind::NotFound, QStringLiteral("<img src=x>"), QStringLiteral("</p>")}, url));
        QVERIFY(probe.wait());
        QVERIFY(probe.body.contains("&lt;img src=x&gt;"));
        QVERIFY(!probe.body.contains("<img") && !probe.body.contains("<script") && !probe.body.contains("secret"));
        QCOMPARE(probe.head->url, url);
        // Without resources there is still a page.
        const QByteArray plain = InternalPages({}, QStringLiteral(":/nowhere"))
                                     .errorPage({FetchErrorKind::Network, QStringLiteral("m<"), {}}, url);
        QVERIFY(plain.contains("m&lt;"));
    }

    void pagesComeFromTheResources()
    {
        QCOMPARE(open("about:start")->body, QByteArray("<h1>start</h1>"));
        QCOMPARE(open("about:blank")->body, QByteArray());
        QVERIFY(open("about:blank#x")->finished);
        QCOMPARE(open("about:playground/images/cat.png")->head->mimeType, QStringLiteral("image/png"));
        const auto index = open("about:playground");
        QCOMPARE(index->body, QByteArray("<a href=long.html>"));
        QCOMPARE(index->head->url.resolved(QUrl(QStringLiteral("long.html"))),
                 QUrl(QStringLiteral("about:playground/long.html")));
        QCOMPARE(open("about:start")->head->charset, QStringLiteral("utf-8"));
    }

    void theAppsOwnPagesAreCompleteAndTheirLinksWork()
    {
        InternalPages pages([] {
            return InternalPages::Values{{QStringLiteral("version"), QStringLiteral("1.2.3-test")}};
        });
        // Those that the app adds.
        for (const char *name : {"sandbox", "crashes", "experiments", "permissions", "processes", "plugins", "lab"})
            pages.add(QLatin1String(name), InternalPages::Page([](const QString &, const QString &) {
                          return QByteArray("<!DOCTYPE html>made");
                      }));
        QStringList open = pages.knownUrls();
        QVERIFY(open.contains(QStringLiteral("about:sandbox")));
        ProfileFetcher fetcher(ProfileSettings{}, std::move(pages));
        QSet<QString> seen(open.begin(), open.end());
        const QRegularExpression link(QStringLiteral("(?:href|src)=\"(?!https?:|data:|#|file:)([^\"#]+)"));
        bool hasVersion = false;
        while (!open.isEmpty()) {
            const QUrl url(open.takeFirst());
            FetchProbe probe(fetcher.start(request(url)));
            QVERIFY(probe.wait());
            QVERIFY2(probe.finished, qPrintable(url.toString()));
            hasVersion |= probe.body.contains("1.2.3-test");
            if (probe.head->mimeType != QLatin1String("text/html"))
                continue;
            QVERIFY2(!probe.body.contains("{{"), qPrintable(url.toString()));
            auto links = link.globalMatch(QString::fromUtf8(probe.body));
            while (links.hasNext()) {
                const QString target = probe.head->url.resolved(QUrl(links.next().captured(1))).toString();
                const bool brokenOnPurpose = target.contains(QLatin1String("no-such"));
                if (target.startsWith(QLatin1String("about:")) && !seen.contains(target) && !brokenOnPurpose)
                    open += target;
                seen += target;
            }
        }
        QVERIFY(hasVersion);
        QVERIFY(seen.size() > 15);
        const QByteArray error = errorPage({FetchErrorKind::NotFound, QStringLiteral("nothing there"), {}},
                                           QUrl(QStringLiteral("http://x/")));
        QVERIFY(error.contains("nothing there") && error.contains("<style"));
    }

    void nothingLeadsOutOfTheResources()
    {
        for (const char *url : {"about:playground/../secret.html", "about:playground/%2e%2e/secret.html",
                                "about:../secret.html", "about:playground//etc/passwd", "about:playground/.hidden",
                                "about:pages/start.html", "about:playground/images", "about:", "about:START"}) {
            const auto probe = open(url);
            QVERIFY2(probe->error, url);
            QCOMPARE(probe->error->kind, FetchErrorKind::NotFound);
            QVERIFY(probe->error->message.contains(QLatin1String("about:start")));
        }
    }

    void misbehavioursAreAnEmptyBodyOfTheirOwnType()
    {
        for (const char *url : {"about:crash", "about:abort", "about:kill", "about:hang", "about:oom"}) {
            const auto probe = open(url);
            QVERIFY2(probe->finished, url);
            QCOMPARE(probe->head->mimeType, QString::fromLatin1(MisbehaviourMimeType));
            QVERIFY(probe->body.isEmpty());
            QVERIFY(InternalPages().knownUrls().contains(QString::fromUtf8(url)));
        }
    }

    void dataUrls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("valid");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("charset");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *url, bool valid, const char *type = "", const char *charset = "",
                            const QByteArray &body = {}) {
            QTest::newRow(url) << QString::fromUtf8(url) << valid << QString::fromUtf8(type)
                               << QString::fromUtf8(charset) << body;
        };
        row("data:", false);
        row("data:text/html", false);
        row("data:text/html;base64,!!!", false);
        row("http://x/,y", false);
        row("data:,", true, "text/plain", "US-ASCII", "");
        row("data:,a%20b", true, "text/plain", "US-ASCII", "a b");
        row("data:text/html,<b>x</b>", true, "text/html", "", "<b>x</b>");
        row("data:TEXT/HTML;charset=utf-8,%C3%BC", true, "text/html", "utf-8", "\xc3\xbc");
        row("data:;charset=utf-8,x", true, "text/plain", "utf-8", "x");
        row("data:image/gif;base64,R0lGODlh", true, "image/gif", "", "GIF89a");
        row("data:text/plain;BASE64,aGk%3D", true, "text/plain", "", "hi");
        row("data:text/plain,a,b#c", true, "text/plain", "", "a,b");
        row("data:rubbish,x", true, "text/plain", "US-ASCII", "x");
    }
    void dataUrls()
    {
        QFETCH(QString, url);
        QFETCH(bool, valid);
        const auto data = DataUrl::parse(QUrl(url));
        QCOMPARE(data.has_value(), valid);
        if (!valid)
            return;
        QTEST(data->type.mimeType, "type");
        QTEST(data->type.charset, "charset");
        QTEST(data->body, "body");
    }

    void aDataUrlThatIsTooLongIsRefused()
    {
        const QUrl url(QStringLiteral("data:,") + QString(DataUrl::MaxLength, u'x'));
        FetchProbe probe(m_fetcher->start(request(url)));
        QVERIFY(probe.wait());
        QCOMPARE(probe.error->kind, FetchErrorKind::Unreadable);
    }

    void deniedRequestsFailLaterAndNotInStart()
    {
        auto fetch = m_fetcher->start(request(QUrl(QStringLiteral("javascript:x"))));
        FetchProbe probe(std::move(fetch));
        QVERIFY(!probe.error);
        QVERIFY(probe.wait());
        QCOMPARE(probe.error->kind, FetchErrorKind::UnsupportedScheme);
    }

    void whatIsShownAndWhatIsSaved_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<bool>("shown");
        for (const char *type :
             {"text/html", "text/plain", "text/markdown", "text/x-c++src", "application/xhtml+xml", "application/json",
              "application/ld+json", "application/rss+xml", "application/javascript", "image/png", "image/jpeg",
              "image/gif", "image/webp", "image/svg+xml", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon",
              "application/vnd.bulkhead.listing+json", "application/vnd.bulkhead.misbehaviour"})
            QTest::newRow(type) << QString::fromLatin1(type) << true;
        for (const char *type : {"", "application/octet-stream", "application/zip", "application/pdf", "video/mp4",
                                 "image/tiff", "image/heif", "audio/ogg", "application/gzip", "font/woff2",
                                 "multipart/mixed", "image/+xml", "application/x-sharedlib"})
            QTest::newRow(type) << QString::fromLatin1(type) << false;
    }
    void whatIsShownAndWhatIsSaved()
    {
        QFETCH(QString, type);
        QTEST(canDisplay(type), "shown");
    }
};

QTEST_GUILESS_MAIN(InternalPagesTest)
#include "internal_pages_test.moc"
