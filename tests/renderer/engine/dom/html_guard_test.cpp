// SPDX-License-Identifier: BSD-3-Clause
// What stands before gumbo must change nothing that matters, and let through nothing that is too deep.
#include "renderer/engine/dom/gumbo_tree.h"
#include "renderer/engine/dom/html_parser.h"
#include "renderer/engine/dom/html_source.h"
#include "renderer/engine/dom/tree_dump.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

#include <iterator>

using namespace bulkhead::engine;

namespace {

// Without those that the guard treats otherwise on purpose: template, iframe, isindex, raw text in select, "</p>" in
// svg.
// clang-format off
constexpr const char *pieces[] = {
    "<div>", "</div>", "<p>", "<b>", "</b>", "<i>", "</i>", "<a href=x>", "</a>", "<table>", "</table>", "<tr>",
    "<td>", "</td>", "<tbody>", "<caption>", "<ul>", "</ul>", "<li>", "<dl>", "<dd>", "<dt>", "<h1>", "</h1>",
    "<h2>", "<form>", "</form>", "<button>", "</button>", "<option>", "<pre>\n", "<br>", "<hr>", "<img src='a'>",
    "<font color=red>", "</font>", "<nobr>", "<span>", "</span>", "<object>", "</object>", "<ruby>", "<rt>",
    "text ", "a<b", "&amp;&lt;x", "<!-- c -->", "<title>t<i></title>", "<textarea>\n<p></textarea>",
    "<body class=c>", "<em>", "</em>", "<section>", "</section>", "<col>", "<script>if (a<b) '</p>'</script>",
    "<q title='\"&quot;>'>", "</q>",
};
// clang-format on

QByteArray soup(QRandomGenerator &random, int count, std::size_t kinds = std::size(pieces))
{
    QByteArray html = "<!DOCTYPE html>";
    for (int i = 0; i < count; ++i)
        html += pieces[random.bounded(int(kinds))];
    return html;
}

int depthOf(const Document &document)
{
    int deepest = 0;
    for (NodeId id = NodeId::Root; id != NodeId::None; id = document.nextInTree(id)) {
        int depth = 0;
        for (NodeId at = id; at != NodeId::Root; at = document.node(at).parent)
            ++depth;
        deepest = qMax(deepest, depth);
    }
    return deepest;
}

} // namespace

class HtmlGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGuardChangesNoTree();
    void noSoupIsTooDeep();
};

void HtmlGuardTest::theGuardChangesNoTree()
{
    QRandomGenerator random(7);
    for (int i = 0; i < 1500; ++i) {
        const QByteArray html = soup(random, 12);
        Atoms atoms;
        const ParseLimits limits;
        Document guarded(atoms), plain(atoms);
        QVERIFY(buildTree(guardHtml(html, atoms, limits), limits, guarded) == TreeResult::Built);
        HtmlSource source;
        source.html = html;
        QVERIFY(buildTree(source, limits, plain) == TreeResult::Built);
        // What scripts hold is left out.
        QString expected = dumpTree(plain);
        expected.remove(QStringLiteral("(\"if (a<b) '</p>'\")"));
        QVERIFY2(dumpTree(guarded) == expected,
                 qPrintable(QString::fromUtf8(html) + u'\n' + dumpTree(guarded) + u'\n' + expected));
    }
}

void HtmlGuardTest::noSoupIsTooDeep()
{
    QRandomGenerator random(11);
    for (int i = 0; i < 8; ++i) {
        const QByteArray html = soup(random, 4000, 30 + std::size_t(i) * 3);
        Atoms atoms;
        QElapsedTimer timer;
        timer.start();
        ParseLimits limits;
        limits.depth = 100;
        const ParsedDocument parsed = parseHtml(html, atoms, limits);
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY2(depthOf(parsed.document) <= 110, qPrintable(QString::number(depthOf(parsed.document))));
    }
}

QTEST_GUILESS_MAIN(HtmlGuardTest)
#include "html_guard_test.moc"
