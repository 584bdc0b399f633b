// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/access_policy.h"
#include "tests/support/initiators.h"

#include <QTemporaryDir>
#include <QTest>

using namespace bulkhead;

namespace {

QUrl urlOf(const QString &text)
{
    return QUrl(text, QUrl::TolerantMode);
}

Initiator initiatorOf(const QString &text)
{
    return text.isEmpty() ? test::person() : test::pageOf(urlOf(text));
}

} // namespace

Q_DECLARE_METATYPE(bulkhead::Destination)

class AccessPolicyTest : public QObject
{
    Q_OBJECT

    void addColumns()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("url");
        QTest::addColumn<Destination>("destination");
        QTest::addColumn<QString>("rule");
    }
    /// An empty page is the person; an empty rule is "allowed".
    void row(const char *page, const char *url, Destination destination, const char *rule)
    {
        QTest::addRow("%s | %s | %d", page, url, int(destination))
            << QString::fromUtf8(page) << QString::fromUtf8(url) << destination << QString::fromUtf8(rule);
    }
    void check()
    {
        QFETCH(QString, page);
        QFETCH(QString, url);
        QFETCH(Destination, destination);
        QFETCH(QString, rule);
        const Decision decision = AccessPolicy::decide({initiatorOf(page), urlOf(url), destination, {}});
        QCOMPARE(decision.rule, rule);
        QCOMPARE(decision.allowed, rule.isEmpty());
        QCOMPARE(decision.reason.isEmpty(), rule.isEmpty());
    }

private Q_SLOTS:
    void hostileAddressesOpenNothing_data()
    {
        addColumns();
        constexpr Destination Doc = Destination::Navigation;
        row("", "file://evil.example/etc/passwd", Doc, "not-a-local-file");
        row("", "file://user@/etc/passwd", Doc, "not-a-local-file");
        row("", "file://localhost:80/etc/passwd", Doc, "not-a-local-file");
        row("", "file:///etc%2Fpasswd", Doc, "not-a-local-file");
        row("", "file:///tmp/..%2f..%2fetc/passwd", Doc, "not-a-local-file");
        row("", "file:///tmp/ok.html%00.png", Doc, "not-a-local-file");
        row("", "file:relative.html", Doc, "not-a-local-file");
        row("", "file:", Doc, "not-a-local-file");
        row("", "javascript:alert(1)", Doc, "scheme");
        row("", "JavaScript:alert(1)", Doc, "scheme");
        row("", "view-source:file:///etc/passwd", Doc, "scheme");
        row("", "blob:https://example.org/1", Doc, "scheme");
        row("", "filesystem:https://example.org/x", Doc, "scheme");
        row("", "ftp://example.org/", Doc, "scheme");
        row("", "qrc:/bulkhead/pages/start.html", Doc, "scheme");
        row("", "mailto:a@example.org", Doc, "scheme");
        row("", "http:///nohost", Doc, "no-host");
        row("", "http:", Doc, "no-host");
        row("", "", Doc, "invalid-url");
        row("", "relative/path", Doc, "invalid-url");
        row("", "//example.org/x", Doc, "invalid-url");
        row("", "http://example.org:99999/", Doc, "invalid-url");
        row("", "http://[::1/", Doc, "invalid-url");
        // Ports of other services, also where the name hides them.
        row("", "http://localhost:25/", Doc, "bad-port");
        row("", "https://localhost:6667/", Doc, "bad-port");
        row("", "http://127.0.0.1:6000/", Doc, "bad-port");
        row("", "http://localhost:0/", Doc, "bad-port");
        row("http://a.example/", "http://b.example:22/x.png", Destination::Image, "bad-port");
        row("http://a.example/", "http://b.example:10080/", Destination::Navigation, "bad-port");
    }
    void hostileAddressesOpenNothing() { check(); }

    void pagesFromTheNetworkReachNothingOfThisComputer_data()
    {
        addColumns();
        const char *pages[] = {"http://evil.example/", "https://evil.example/", "http://localhost:8000/",
                               "data:text/html,x"};
        const char *targets[] = {"file:///etc/passwd",          "FILE:///etc/passwd",   "file:////etc/passwd",
                                 "file://localhost/etc/passwd", "file:///etc/%70asswd", "file:///a/%2e%2e/etc/passwd",
                                 "file:\\\\\\etc\\passwd"};
        for (const char *page : pages) {
            for (const char *target : targets) {
                const bool backslashes = strchr(target, '\\');
                row(page, target, Destination::Style, backslashes ? "not-a-local-file" : "file-from-elsewhere");
                row(page, target, Destination::Image, backslashes ? "not-a-local-file" : "file-from-elsewhere");
                row(page, target, Destination::Embed, backslashes ? "not-a-local-file" : "file-from-elsewhere");
                row(page, target, Destination::Download, backslashes ? "not-a-local-file" : "file-from-elsewhere");
                row(page, target, Destination::Navigation, backslashes ? "not-a-local-file" : "link-to-file");
            }
            for (const char *internal : {"about:start", "about:crash", "ABOUT:kill", "about:playground/x.png"}) {
                row(page, internal, Destination::Image, "internal-page");
                row(page, internal, Destination::Embed, "internal-page");
                row(page, internal, Destination::Navigation, "link-to-internal-page");
            }
            row(page, "about:blank", Destination::Navigation, "");
            row(page, "about:blank", Destination::Embed, "");
            row(page, "data:text/html,x", Destination::Navigation, "data-navigation");
            row(page, "data:text/html,x", Destination::Embed, "data-document");
            row(page, "data:text/html,x", Destination::Download, "data-document");
            row(page, "data:image/png;base64,AAAA", Destination::Image, "");
            row(page, "javascript:alert(1)", Destination::Navigation, "scheme");
            row(page, "view-source:file:///etc/passwd", Destination::Navigation, "scheme");
        }
    }
    void pagesFromTheNetworkReachNothingOfThisComputer() { check(); }

    void pagesOfTheNetworkUseEachOthersPartsButNotDocuments_data()
    {
        addColumns();
        for (Destination part : {Destination::Style, Destination::Image, Destination::Font, Destination::Icon}) {
            row("http://a.example/", "http://b.example/x", part, "");
            row("http://a.example/", "https://b.example/x", part, "");
            row("https://a.example/", "https://b.example/x", part, "");
            row("https://a.example/", "http://b.example/x", part, "mixed-content");
            row("https://a.example/", "http://a.example/x", part, "mixed-content");
            row("http://a.example/", "http://user:word@b.example/x", part, "credentials");
        }
        row("http://a.example/", "http://b.example/", Destination::Embed, "foreign-document");
        row("http://a.example/", "http://a.example:8080/", Destination::Embed, "foreign-document");
        row("http://a.example/", "https://a.example/", Destination::Embed, "foreign-document");
        row("http://www.a.example/", "http://cdn.a.example/", Destination::Embed, "");
        row("http://a.github.io/", "http://b.github.io/", Destination::Embed, "foreign-document");
        row("http://a.example/", "https://b.example/", Destination::Navigation, "");
        row("https://a.example/", "http://b.example/", Destination::Navigation, "");
        row("http://a.example/", "http://b.example/x.zip", Destination::Download, "");
        row("https://a.example/", "http://b.example/x.zip", Destination::Download, "mixed-content");
    }
    void pagesOfTheNetworkUseEachOthersPartsButNotDocuments() { check(); }

    void thePersonOpensAnythingThatCanBeOpened_data()
    {
        addColumns();
        for (const char *url : {"http://example.org", "https://example.org:8443/", "HTTP://EXAMPLE.ORG/",
                                "file:///etc/passwd", "file://localhost/etc/passwd", "file:////etc/passwd",
                                "about:start", "about:crash", "data:text/html,hello", "http://user:word@example.org/"})
            row("", url, Destination::Navigation, "");
    }
    void thePersonOpensAnythingThatCanBeOpened() { check(); }

    void internalPagesLeadAnywhereAndLoadNothing_data()
    {
        addColumns();
        for (const char *url : {"http://example.org/", "https://example.org/", "file:///etc/passwd", "about:crash"})
            row("about:start", url, Destination::Navigation, "");
        row("about:start", "data:text/html,x", Destination::Navigation, "data-navigation");
        row("about:playground/index.html", "about:playground/cat.png", Destination::Image, "");
        row("about:start", "about:version", Destination::Embed, "internal-page");
        row("about:start", "http://example.org/x.png", Destination::Image, "internal-page-to-network");
        row("about:start", "file:///etc/passwd", Destination::Image, "file-from-elsewhere");
    }
    void internalPagesLeadAnywhereAndLoadNothing() { check(); }

    void filePagesReadTheirOwnFolderOnly()
    {
        QTemporaryDir dir;
        const QString folder = QFileInfo(dir.path()).canonicalFilePath();
        const Initiator site = test::pageOf(QUrl::fromLocalFile(folder + QStringLiteral("/")));
        const QUrl anywhere = QUrl::fromLocalFile(QStringLiteral("/etc/passwd"));
        for (Destination part : {Destination::Style, Destination::Image, Destination::Embed, Destination::Download}) {
            const Decision decision = AccessPolicy::decide({site, anywhere, part, {}});
            // Where a name leads is only known once it is open: allowed on condition.
            QVERIFY(decision.allowed);
            QCOMPARE(decision.onlyBelow, QStringList(folder));
            QVERIFY(!AccessPolicy::decideOpened(decision, {QStringLiteral("/etc/passwd")}).allowed);
            QVERIFY(!AccessPolicy::decideOpened(decision, {folder + QStringLiteral("2/x")}).allowed);
            QVERIFY(!AccessPolicy::decideOpened(decision, {QString()}).allowed);
            QVERIFY(AccessPolicy::decideOpened(decision, {folder}).allowed);
            QVERIFY(AccessPolicy::decideOpened(decision, {folder + QStringLiteral("/a/b")}).allowed);
        }
        const Decision granted = AccessPolicy::decide({site, anywhere, Destination::Image, {QStringLiteral("/etc")}});
        QVERIFY(AccessPolicy::decideOpened(granted, {QStringLiteral("/etc/passwd")}).allowed);
        QVERIFY(!AccessPolicy::decideOpened(granted, {QStringLiteral("/usr/x")}).allowed);
        const Decision link = AccessPolicy::decide({site, anywhere, Destination::Navigation, {}});
        QVERIFY(link.allowed && link.onlyBelow.isEmpty());
        QVERIFY(AccessPolicy::decide({site, QUrl(QStringLiteral("http://example.org/")), Destination::Navigation, {}})
                    .allowed);
        QVERIFY(
            !AccessPolicy::decide({site, QUrl(QStringLiteral("about:start")), Destination::Navigation, {}}).allowed);
        QVERIFY(AccessPolicy::decide({site, QUrl(QStringLiteral("https://example.org/x.css")), Destination::Style, {}})
                    .allowed);
        QVERIFY(!AccessPolicy::decide({site, QUrl(QStringLiteral("https://example.org/")), Destination::Embed, {}})
                     .allowed);
    }

    void manualsShareWhatRootPutBelowUsrShare()
    {
        const QUrl page(QStringLiteral("file:///usr/share/doc/nothing-here/html/index.html"));
        const QUrl shared(QStringLiteral("file:///usr/share/javascript/jquery/jquery.js"));
        const Decision manual = AccessPolicy::decide({test::pageOf(page), shared, Destination::Style, {}});
        const QString where = shared.toLocalFile();
        QVERIFY(AccessPolicy::decideOpened(manual, {where, true}).allowed);
        QVERIFY(!AccessPolicy::decideOpened(manual, {where, false}).allowed);
        QVERIFY(!AccessPolicy::decideOpened(manual, {QStringLiteral("/usr/lib/os-release"), true}).allowed);
        QVERIFY(!AccessPolicy::decideOpened(manual, {QStringLiteral("/etc/passwd"), true}).allowed);
        const QUrl elsewhere(QStringLiteral("file:///home/a/index.html"));
        const Decision ownFile = AccessPolicy::decide({test::pageOf(elsewhere), shared, Destination::Style, {}});
        QVERIFY(!AccessPolicy::decideOpened(ownFile, {where, true}).allowed);
    }

    void aListingReadsNothingAndAnErrorPageLeadsToTheStartOnly()
    {
        const QUrl folder(QStringLiteral("file:///usr/share/doc/"));
        const Initiator listing = Initiator::page(Site::forListing(test::realFile(folder)));
        for (Destination part : {Destination::Style, Destination::Image, Destination::Embed, Destination::Download})
            QCOMPARE(AccessPolicy::decide({listing, folder, part, {}}).rule, QStringLiteral("file-from-elsewhere"));
        QVERIFY(AccessPolicy::decide({listing, QUrl(QStringLiteral("file:///etc/passwd")), Destination::Navigation, {}})
                    .allowed);
        const Initiator error = Initiator::page(Site::forErrorPage());
        QVERIFY(
            AccessPolicy::decide({error, QUrl(QStringLiteral("about:start")), Destination::Navigation, {}}).allowed);
        for (const char *url : {"file:///etc/passwd", "http://example.org/", "about:version"})
            QVERIFY(!AccessPolicy::decide({error, urlOf(QString::fromUtf8(url)), Destination::Navigation, {}}).allowed);
    }

    void redirectsStayOnTheNetworkAndUnderThePolicy_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("rule");
        const auto add = [](const char *page, const char *target, const char *rule) {
            QTest::addRow("%s | %s", page, target)
                << QString::fromUtf8(page) << QString::fromUtf8(target) << QString::fromUtf8(rule);
        };
        add("", "http://b.example/", "");
        add("", "file:///etc/passwd", "redirect-scheme");
        add("", "about:crash", "redirect-scheme");
        add("", "data:text/html,x", "redirect-scheme");
        add("", "javascript:x", "redirect-scheme");
        add("", "http://localhost:25/", "bad-port");
        add("http://a.example/", "http://b.example/", "foreign-document");
        add("http://a.example/", "http://a.example/x", "");
    }
    void redirectsStayOnTheNetworkAndUnderThePolicy()
    {
        QFETCH(QString, page);
        QFETCH(QString, target);
        QFETCH(QString, rule);
        const AccessQuestion question{
            initiatorOf(page), urlOf(target), page.isEmpty() ? Destination::Navigation : Destination::Embed, {}};
        QCOMPARE(AccessPolicy::decideRedirect(QUrl(QStringLiteral("http://a.example/")), question).rule, rule);
    }
};

QTEST_APPLESS_MAIN(AccessPolicyTest)
#include "access_policy_test.moc"
