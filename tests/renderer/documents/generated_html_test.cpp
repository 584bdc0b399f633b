// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/directory_listing.h"
#include "renderer/documents/markdown.h"
#include "renderer/documents/page_factory.h"
#include "renderer/page/page.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace bulkhead;
using namespace Qt::StringLiterals;

namespace {

DocumentHead head(const QString &url = QStringLiteral("file:///home/someone/read%20me.md"))
{
    DocumentHead result;
    result.url = QUrl(url);
    return result;
}

QString bodyOf(const QByteArray &html)
{
    const QString text = QString::fromUtf8(html);
    return text.mid(text.indexOf(u"<body>"));
}

QString markdown(const QByteArray &source)
{
    return bodyOf(markdownToHtml(source, head()));
}

QByteArray listing(const QJsonArray &entries)
{
    return QJsonDocument(QJsonObject{{u"path"_s, u"/a <b> & c"_s}, {u"parent"_s, true}, {u"entries"_s, entries}})
        .toJson();
}

QJsonObject entry(const QString &name, bool folder = false, qint64 size = 1)
{
    return {{u"name"_s, name}, {u"dir"_s, folder}, {u"size"_s, size}, {u"modified"_s, u"2024-03-01T12:30:00Z"_s}};
}

QStringList linksOf(const QString &html)
{
    QStringList links;
    static const QRegularExpression href(u"<a href=\"([^\"]*)\""_s);
    for (auto it = href.globalMatch(html); it.hasNext();) {
        links.append(it.next().captured(1));
    }
    return links;
}

} // namespace

class GeneratedHtmlTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void markdownHasGitHubsExtensions();
    void markdownHeadingsAreAnchorsAndTheTitle();
    void markdownHtmlAndScriptsAreLeftOut();
    void aHeadingCannotBreakOutOfItsAnchorOrTheTitle();
    void markdownInAnotherEncodingIsDecoded();
    void aHugeMarkdownDocumentIsCutAndSaysSo();
    void realMarkdownKeepsItsWords();
    void longTablesCodeAndListsStayWhole();
    void hostileMarkdownEndsInTime_data();
    void hostileMarkdownEndsInTime();

    void listingsShowFoldersFirstInNaturalOrder();
    void listingsEscapeNamesAndEncodeLinks();
    void aListingsLinksStayInItsFolder_data();
    void aListingsLinksStayInItsFolder();
    void listingsShowSizesAndDates();
    void anEmptyFolderSaysSo();
    void aListingThatIsTooLongIsCounted();
    void brokenListingsDoNoHarm_data();
    void brokenListingsDoNoHarm();

    void typesThatCanBeShown_data();
    void typesThatCanBeShown();
};

void GeneratedHtmlTest::markdownHasGitHubsExtensions()
{
    const QString html = markdown("| a | b |\n|---|--:|\n| 1 | 2 |\n\n~~gone~~ https://example.org/x\n\n- [x] done\n"
                                  "- [ ] open\n\nNote[^1].\n\n[^1]: The note.\n");
    QVERIFY(html.contains(u"<td style=\"text-align: right\">2</td>"));
    QVERIFY(html.contains(u"<del>gone</del>"));
    QVERIFY(html.contains(u"<a href=\"https://example.org/x\">"));
    QVERIFY(html.contains(u"&#x2611;</span> done"));
    QVERIFY(html.contains(u"&#x2610;</span> open"));
    QVERIFY(!html.contains(u"<input"));
    QVERIFY(html.contains(u"The note."));
}

void GeneratedHtmlTest::markdownHeadingsAreAnchorsAndTheTitle()
{
    const QByteArray html =
        markdownToHtml("intro\n\n# What's `new`,  Doc?\n\n## Same\n\n## Same\n\n## Über uns\n", head());
    QVERIFY(html.contains("<title>What&#39;s new, Doc?</title>") || html.contains("<title>What's new, Doc?</title>"));
    for (const QString &id : {u"whats-new--doc"_s, u"same"_s, u"same-1"_s, u"über-uns"_s}) {
        QVERIFY2(QString::fromUtf8(html).contains(u"<a id=\"%1\"></a>"_s.arg(id)), qPrintable(id));
    }
    QVERIFY(markdownToHtml("no heading", head()).contains("<title>read me.md</title>"));
}

void GeneratedHtmlTest::markdownHtmlAndScriptsAreLeftOut()
{
    const QString html = markdown("<script>alert(1)</script>\n\na <b onclick=x>b</b> [link](javascript:alert(1)) "
                                  "![i](data:text/html,x) <a href='javascript:x'>\n");
    QVERIFY(!html.contains(u"<script"));
    QVERIFY(!html.contains(u"onclick"));
    QVERIFY(!html.contains(u"javascript:"));
    QVERIFY(!html.contains(u"data:text"));
}

void GeneratedHtmlTest::aHeadingCannotBreakOutOfItsAnchorOrTheTitle()
{
    const QByteArray html = markdownToHtml("# `\"></a></title><script>`\n", head());
    QVERIFY(!html.contains("<script>"));
    QCOMPARE(html.count("</title>"), 1);
}

void GeneratedHtmlTest::markdownInAnotherEncodingIsDecoded()
{
    DocumentHead latin = head();
    latin.charset = u"iso-8859-1"_s;
    QVERIFY(bodyOf(markdownToHtml("\xE4", latin)).contains(u"<p>ä</p>"));
}

void GeneratedHtmlTest::aHugeMarkdownDocumentIsCutAndSaysSo()
{
    const QByteArray source = QByteArray("word ").repeated(maximumMarkdownBytes / 5 + 10) + "END";
    const QString html = markdown(source);
    QVERIFY(html.contains(u"class=\"notice\""));
    QVERIFY(!html.contains(u"END"));
    QVERIFY(!markdown("short").contains(u"class=\"notice\""));
}

void GeneratedHtmlTest::realMarkdownKeepsItsWords()
{
    int documents = 0;
    QDirIterator files(u"/usr/share/doc"_s, {u"*.md"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext() && documents < 40) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly)) {
            continue;
        }
        const QString html = markdown(file.readAll());
        QVERIFY2(html.contains(u"<p>") || html.contains(u"<h"), qPrintable(file.fileName()));
        QVERIFY(html.endsWith(u"</div></body></html>\n"));
        ++documents;
    }
    if (documents == 0) {
        QSKIP("no Markdown documents on this machine");
    }
}

void GeneratedHtmlTest::longTablesCodeAndListsStayWhole()
{
    const QString table = markdown("| a | b |\n|---|---|\n" + QByteArray("| one cell | another |\n").repeated(5000));
    QCOMPARE(table.count(u"<tr>"), 5001);
    QCOMPARE(table.count(u"<table>"), 1);
    const QByteArray code = QByteArray("- [[[ > some code, with > many | characters ![\n").repeated(2000);
    for (const QByteArray fence : {"```", "~~~~"}) {
        const QString html = markdown(fence + " cpp\n" + code + fence + "\nafter\n");
        QVERIFY(html.contains(QString::fromUtf8(code).toHtmlEscaped() + u"</code></pre>\n<p>after</p>"_s));
    }
    QCOMPARE(markdown(QByteArray("- an item with [a link](target) in it\n").repeated(3000)).count(u"<ul>"), 1);
    QVERIFY(markdown(QByteArray("words ").repeated(1000)).count(u"<p>") == 1);
    const QString rule = markdown("a\n\n" + QByteArray(80, '-') + "\n");
    QVERIFY(rule.contains(u"<hr />"));
}

void GeneratedHtmlTest::hostileMarkdownEndsInTime_data()
{
    QTest::addColumn<QByteArray>("source");
    const qsizetype many = 100'000;
    QTest::newRow("block quotes") << QByteArray(many, '>');
    QTest::newRow("spaced block quotes") << QByteArray("> ").repeated(many);
    QTest::newRow("block quotes on many lines") << (QByteArray("> ").repeated(500) + "a\n").repeated(200);
    QTest::newRow("lists") << QByteArray("- ").repeated(many);
    QTest::newRow("numbered lists") << QByteArray("1. ").repeated(many);
    QTest::newRow("dashes") << QByteArray(many, '-');
    QTest::newRow("brackets") << QByteArray(many, '[');
    QTest::newRow("closing brackets") << QByteArray(many, ']');
    QTest::newRow("bracket pairs") << QByteArray("[]").repeated(many);
    QTest::newRow("bracket rubbish") << QByteArray("[a](").repeated(many);
    QTest::newRow("image rubbish") << QByteArray("![[]()").repeated(many);
    QTest::newRow("asterisks") << QByteArray("*a **").repeated(many);
    QTest::newRow("asterisks alone") << QByteArray(many, '*') + "a" + QByteArray(many, '*');
    QTest::newRow("underscores") << QByteArray("_").repeated(many) + "a";
    QTest::newRow("underscores and letters") << QByteArray("a_").repeated(many);
    QTest::newRow("tildes") << QByteArray("~a~~").repeated(many);
    QTest::newRow("backticks") << [] {
        QByteArray ticks;
        for (int i = 1; i < 1000; ++i) {
            ticks += QByteArray(i, '`') + " ";
        }
        return ticks;
    }();
    QTest::newRow("table columns") << QByteArray("|a").repeated(many) + "\n" + QByteArray("|-").repeated(many) + "\n";
    QTest::newRow("table rows of nothing")
        << QByteArray("|a|b|c|d|e|f|g|h\n|-|-|-|-|-|-|-|-\n") + QByteArray("x\n").repeated(many);
    QTest::newRow("wide table, empty rows") << QByteArray("|a").repeated(1000) + "\n" +
                                                   QByteArray("|-").repeated(1000) + "\n" +
                                                   QByteArray("x\n").repeated(many);
    QTest::newRow("autolinks") << QByteArray("www.").repeated(many);
    QTest::newRow("mail links") << QByteArray("a@").repeated(many);
    QTest::newRow("autolink entities") << "http://a" + QByteArray("&x;").repeated(many);
    QTest::newRow("footnotes") << [] {
        QByteArray notes;
        for (int i = 0; i < 5000; ++i) {
            notes += "[^" + QByteArray::number(i) + "]: [^" + QByteArray::number(i + 1) + "]\n\n";
        }
        return "[^0]\n\n" + notes;
    }();
    QTest::newRow("link definitions") << QByteArray("[a]: u\n").repeated(many) + QByteArray("[a] ").repeated(many);
    QTest::newRow("code fences") << QByteArray("```\n").repeated(many);
    QTest::newRow("entities") << QByteArray("&").repeated(many);
    QTest::newRow("angle brackets") << QByteArray("<").repeated(many);
    QTest::newRow("unfinished comments") << QByteArray("<!--").repeated(many);
    QTest::newRow("declarations") << QByteArray("a <!A ").repeated(many);
    QTest::newRow("headings") << QByteArray("# a\n").repeated(many);
    QTest::newRow("zero bytes") << QByteArray(many, '\0');
    QRandomGenerator random(3);
    QByteArray rubbish(many, Qt::Uninitialized);
    for (char &byte : rubbish) {
        byte = char(random.bounded(256));
    }
    QTest::newRow("rubbish") << rubbish;
    QByteArray syntax;
    for (int i = 0; i < many; ++i) {
        syntax += "[]()<>*_~`|-#&!:.\n \\a"[random.bounded(21)];
    }
    QTest::newRow("syntax rubbish") << syntax;
}

void GeneratedHtmlTest::hostileMarkdownEndsInTime()
{
    QFETCH(QByteArray, source);
    // The time limit is CTest's and the watchdog's of Qt Test; what is told here is for those who read the log.
    QElapsedTimer timer;
    timer.start();
    const QByteArray html = markdownToHtml(source, head());
    qInfo("%lld ms, %lld bytes", timer.elapsed(), qlonglong(html.size()));
    QVERIFY(html.endsWith("</div></body></html>\n"));
    QVERIFY(html.size() < 100 * source.size() + 20'000);
}

void GeneratedHtmlTest::listingsShowFoldersFirstInNaturalOrder()
{
    const QByteArray json = listing({entry(u"file10"_s), entry(u"File9"_s), entry(u"b"_s, true), entry(u"a"_s, true)});
    QCOMPARE(linksOf(bodyOf(directoryListingToHtml(json, head()))),
             (QStringList{u"../"_s, u"a/"_s, u"b/"_s, u"File9"_s, u"file10"_s}));
}

void GeneratedHtmlTest::listingsEscapeNamesAndEncodeLinks()
{
    const QByteArray html = directoryListingToHtml(
        listing({entry(u"<script>\"'&"_s), entry(u"javascript:alert(1)"_s), entry(u"a?b#c%20"_s), entry(u"ä 漢"_s)}),
        head());
    QVERIFY(!html.contains("<script>"));
    QVERIFY(html.contains("<title>/a &lt;b&gt; &amp; c</title>"));
    const QStringList links = linksOf(bodyOf(html));
    QVERIFY(links.contains(u"javascript%3Aalert%281%29"));
    QVERIFY(links.contains(u"a%3Fb%23c%2520"));
    QVERIFY(links.contains(u"%C3%A4%20%E6%BC%A2"));
}

void GeneratedHtmlTest::aListingsLinksStayInItsFolder_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("with a slash") << u"file:///usr/share/"_s;
    QTest::newRow("without") << u"file:///usr/share"_s;
    QTest::newRow("quotes") << u"file:///usr/\"share\"?x=\"<#y"_s;
}

void GeneratedHtmlTest::aListingsLinksStayInItsFolder()
{
    QFETCH(QString, url);
    const QString html = QString::fromUtf8(directoryListingToHtml(listing({entry(u"doc"_s, true)}), head(url)));
    static const QRegularExpression base(u"<base href=\"([^\"]*)\">"_s);
    const QUrl resolved = QUrl(base.match(html).captured(1)).resolved(QUrl(u"doc/"_s));
    QUrl expected(url);
    expected.setPath(expected.path() + (expected.path().endsWith(u'/') ? u"doc/"_s : u"/doc/"_s));
    QCOMPARE(resolved, expected.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment));
}

void GeneratedHtmlTest::listingsShowSizesAndDates()
{
    const QString html = bodyOf(directoryListingToHtml(
        listing({entry(u"large"_s, false, 5 * 1024 * 1024), entry(u"folder"_s, true, 4096)}), head()));
    QVERIFY(html.contains(u"5.0 MB"));
    QVERIFY(!html.contains(u"4.0 KB"));
    const QDateTime time = QDateTime(QDate(2024, 3, 1), QTime(12, 30), Qt::UTC).toLocalTime();
    QVERIFY(html.contains(time.toString(u"yyyy-MM-dd\u00a0HH:mm"_s)));
}

void GeneratedHtmlTest::anEmptyFolderSaysSo()
{
    QVERIFY(bodyOf(directoryListingToHtml(listing({}), head())).contains(u"This folder is empty."));
}

void GeneratedHtmlTest::aListingThatIsTooLongIsCounted()
{
    QJsonArray entries;
    for (int i = 0; i < maximumListedEntries + 5; ++i) {
        entries.append(entry(QString::number(i)));
    }
    const QString html = bodyOf(directoryListingToHtml(listing(entries), head()));
    QVERIFY(html.contains(u"5 more entries"));
    QCOMPARE(linksOf(html).size(), maximumListedEntries + 1);
}

void GeneratedHtmlTest::brokenListingsDoNoHarm_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("<html>");
    QTest::newRow("an array") << QByteArray("[1,2]");
    QTest::newRow("wrong types") << QByteArray(
        R"({"path":7,"parent":"x","entries":[1,null,{"name":[],"dir":1},{"name":"ok","size":"x","modified":3}]})");
    QTest::newRow("entries of another kind") << QByteArray(R"({"path":"/","entries":{"name":"x"}})");
    QTest::newRow("deep") << "{\"entries\":" + QByteArray(100'000, '[');
    QTest::newRow("impossible sizes") << QByteArray(
        R"({"path":"/","entries":[{"name":"x","size":1e300},{"name":"y","size":-5,"modified":"9999999-01-01"}]})");
}

void GeneratedHtmlTest::brokenListingsDoNoHarm()
{
    QFETCH(QByteArray, json);
    QVERIFY(directoryListingToHtml(json, head()).endsWith("</div></body></html>\n"));
}

void GeneratedHtmlTest::typesThatCanBeShown_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("shown");
    for (const char *type :
         {"text/html", "application/xhtml+xml", "text/markdown", "text/plain", "text/x-c++src", "image/png",
          "image/svg+xml", "application/json", "application/ld+json", "application/xml", "application/atom+xml",
          "application/javascript", "application/vnd.bulkhead.listing+json"}) {
        QTest::newRow(type) << QString::fromLatin1(type) << true;
    }
    for (const char *type : {"application/pdf", "application/octet-stream", "application/zip", "video/mp4", "audio/ogg",
                             "font/woff2", "", "text", "multipart/mixed"}) {
        QTest::newRow(type) << QString::fromLatin1(type) << false;
    }
}

void GeneratedHtmlTest::typesThatCanBeShown()
{
    QFETCH(QString, type);
    QFETCH(bool, shown);
    QCOMPARE(canShow(type), shown);
}

QTEST_MAIN(GeneratedHtmlTest)
#include "generated_html_test.moc"
