// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/opaque_blocking.h"
#include "browser/pages/network/profile_fetcher.h"
#include "tests/browser/pages/fetch/fetch_probe.h"
#include "tests/browser/pages/network/http_server.h"

#include <QTest>

using namespace bulkhead;
using namespace bulkhead::test;

namespace {

const QByteArray Png = QByteArray("\x89PNG\r\n\x1a\n") + QByteArray(20, '\0');
const QByteArray Mp4 = QByteArray("\0\0\0\x18", 4) + "ftypisom";
const QByteArray Avif = QByteArray("\0\0\0\x18", 4) + "ftypavif";
const QByteArray TrueType = QByteArray("\0\1\0\0\0\x0c", 6);

} // namespace

class OpaqueBlockingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyPartsOfPagesReachAnotherSitesPage_data()
    {
        QTest::addColumn<Destination>("destination");
        QTest::addColumn<QString>("mimeType");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("noSniff");
        QTest::addColumn<bool>("blocked");
        enum { Sniffed, NoSniff };
        enum { Passes, Blocked };
        const auto row = [](const char *title, Destination destination, const char *mimeType, const QByteArray &body,
                            int noSniff, int blocked) {
            QTest::newRow(title) << destination << QString::fromLatin1(mimeType) << body << (noSniff == NoSniff)
                                 << (blocked == Blocked);
        };
        const Destination image = Destination::Image;
        row("png", image, "image/png", Png, Sniffed, Passes);
        row("png, nosniff", image, "image/png", Png, NoSniff, Passes);
        row("png without a type", image, "", Png, Sniffed, Passes);
        row("png called text", image, "text/plain", Png, Sniffed, Passes);
        row("png called text, nosniff", image, "text/plain", Png, NoSniff, Blocked);
        row("png called html, nosniff", image, "text/html", Png, NoSniff, Blocked);
        row("png called pdf", image, "application/pdf", Png, Sniffed, Blocked);
        row("png called video", image, "video/mp4", Png, Sniffed, Blocked);
        row("png in parts", image, "multipart/x-mixed-replace", Png, Sniffed, Blocked);
        row("avif", image, "image/avif", Avif, Sniffed, Passes);
        row("avif without a type", image, "", Avif, Sniffed, Passes);
        row("svg", image, "image/svg+xml", "<?xml version=\"1.0\"?><!-- x --><svg xmlns='y'/>", NoSniff, Passes);
        row("svg at once", image, "image/svg+xml", "<svg/>", Sniffed, Passes);
        row("svg called xml", image, "application/xml", "<?xml version=\"1.0\"?><svg/>", Sniffed, Blocked);
        row("odd image", image, "image/x-portable-pixmap", "P6 1 1 255 ...", Sniffed, Passes);
        row("html", image, "text/html", "<!doctype html><p>secret", Sniffed, Blocked);
        row("html called image", image, "image/png", "  \n<!DOCTYPE HTML><p>secret", Sniffed, Blocked);
        row("html called svg", image, "image/svg+xml", "<html><p>secret", Sniffed, Blocked);
        row("html without a type", image, "", "<p>secret", Sniffed, Blocked);
        row("json", image, "application/json", "{\"secret\": 1}", Sniffed, Blocked);
        row("json called image", image, "image/gif", "{\"secret\": 1}", Sniffed, Blocked);
        row("json list called image", image, "image/gif", "[1, 2]", Sniffed, Blocked);
        row("protected json called image", image, "image/gif", ")]}'\n{\"secret\": 1}", Sniffed, Blocked);
        row("vendor's json", image, "application/vnd.x+json", "7", Sniffed, Blocked);
        row("xml", image, "text/xml", "<?xml version=\"1.0\"?><secret/>", Sniffed, Blocked);
        row("xml called image", image, "image/png", "<?xml version=\"1.0\"?><secret/>", Sniffed, Blocked);
        row("plain text", image, "text/plain", "secret", Sniffed, Blocked);
        row("text that begins as a bitmap does", image, "text/plain", "BMW,7,secret", Sniffed, Blocked);
        row("table", image, "text/csv", "GIF89a,secret", Sniffed, Blocked);
        row("pdf", image, "application/pdf", "%PDF-1.7", Sniffed, Blocked);
        row("pdf called image", image, "image/png", "%PDF-1.7", Sniffed, Blocked);
        row("film", image, "video/mp4", Mp4, Sniffed, Blocked);
        row("film without a type", image, "", Mp4, Sniffed, Blocked);
        row("archive", image, "application/zip", "PK\3\4", Sniffed, Blocked);
        row("script", image, "text/javascript", "var secret = 1", Sniffed, Blocked);
        row("style as an image", image, "text/css", "p {}", Sniffed, Blocked);
        row("font as an image", image, "font/ttf", TrueType, Sniffed, Blocked);
        row("anything without a type", image, "", "secret", Sniffed, Blocked);
        row("nothing", image, "text/html", "", Sniffed, Passes);
        row("icon", Destination::Icon, "image/x-icon", QByteArray("\0\0\1\0\1", 5), Sniffed, Passes);
        row("html as an icon", Destination::Icon, "text/html", "<html>", Sniffed, Blocked);

        row("font", Destination::Font, "font/woff2", "wOF2....", NoSniff, Passes);
        row("font without a type", Destination::Font, "", TrueType, Sniffed, Passes);
        row("font as binary", Destination::Font, "application/octet-stream", "OTTO....", Sniffed, Passes);
        row("json called font", Destination::Font, "font/woff", "{\"secret\": 1}", Sniffed, Blocked);
        row("json that says true", Destination::Font, "application/json", "true", Sniffed, Blocked);
        row("image as a font", Destination::Font, "image/png", Png, Sniffed, Blocked);

        row("style", Destination::Style, "text/css", "p {}", NoSniff, Passes);
        row("html as a style", Destination::Style, "text/html", "<p>{}*{secret:", Sniffed, Blocked);
        row("style without a type", Destination::Style, "", "p {}", Sniffed, Blocked);
        row("text as a style", Destination::Style, "text/plain", "p {}", Sniffed, Blocked);

        row("documents are another rule's", Destination::Navigation, "text/html", "<html>", NoSniff, Passes);
        row("downloads reach no page", Destination::Download, "application/pdf", "%PDF-", NoSniff, Passes);
    }
    void onlyPartsOfPagesReachAnotherSitesPage()
    {
        QFETCH(Destination, destination);
        QFETCH(QString, mimeType);
        QFETCH(QByteArray, body);
        QFETCH(bool, noSniff);
        const AnswerKind answer{mimeType, noSniff ? NoSniff::Yes : NoSniff::No, body};
        const BlockDecision decision = decideOpaque(destination, AnswerFrom::AnotherSite, answer);
        QTEST(decision.blocked, "blocked");
        QCOMPARE(decision.rule.isEmpty(), !decision.blocked);
        QCOMPARE(decision.reason.isEmpty(), !decision.blocked);
        // Its own site's page may see it all, but does not take for a style sheet what must not be guessed.
        const bool isForbiddenStyle = destination == Destination::Style && noSniff && mimeType != u"text/css";
        QCOMPARE(decideOpaque(destination, AnswerFrom::SameSite, answer).blocked, isForbiddenStyle);
    }

    void ownStylesAreNotGuessedWhereThatIsForbidden()
    {
        const AnswerKind html{QStringLiteral("text/html"), NoSniff::Yes, "<p>"};
        QCOMPARE(decideOpaque(Destination::Style, AnswerFrom::SameSite, html).rule, QStringLiteral("nosniff-style"));
    }

    void noByteOfItArrives()
    {
        HttpServer other;
        other.serve("/json", "{\"secret\": 1}", "Content-Type: image/png\r\n");
        other.serve("/late", QByteArray("{\"secret\": 1}") + QByteArray(100'000, ' '), "Content-Type: image/png\r\n");
        other.serve("/missing", "<p>secret", "Content-Type: text/html\r\n", "404 Not Found");
        other.serve("/png", Png, "Content-Type: image/png\r\n");
        HttpServer own;
        own.serve("/away", "", "Location: " + other.url("/home").toEncoded() + "\r\n", "302 Found");
        other.serve("/home", "", "Location: " + own.url("/json").toEncoded() + "\r\n", "302 Found");
        own.serve("/json", "{\"secret\": 1}", "Content-Type: application/json\r\n");
        ProfileFetcher fetcher({});
        const Site page = Site::forUrl(own.url("/"));
        const auto get = [&](const QUrl &url) {
            auto probe = std::make_unique<FetchProbe>(fetcher.start(request(url, Destination::Image, page)));
            probe->wait();
            return probe;
        };
        for (const char *path : {"/json", "/late", "/missing"}) {
            const auto probe = get(other.url(path));
            QVERIFY2(probe->error && !probe->head && probe->body.isEmpty(), path);
            QCOMPARE(probe->error->kind, FetchErrorKind::Denied);
            QVERIFY(probe->error->detail.startsWith(QStringLiteral("opaque-")));
        }
        QCOMPARE(get(other.url("/png"))->body, Png);
        QCOMPARE(get(own.url("/json"))->body, QByteArray("{\"secret\": 1}"));
        // The way round through another site makes it that one's.
        QCOMPARE(get(own.url("/away"))->error->detail, QStringLiteral("opaque-content"));
    }
};

QTEST_GUILESS_MAIN(OpaqueBlockingTest)
#include "opaque_blocking_test.moc"
