// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/selector_parser.h"
#include "renderer/engine/css/sheet_parser.h"
#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/matcher.h"
#include "renderer/engine/style/matcher_selectors.h"

#include <QTest>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

using namespace bulkhead::engine;
using namespace Qt::StringLiterals;

namespace {

/// Matching by the definitions alone: everything is tried, nothing remembered.
class NaiveMatcher
{
public:
    explicit NaiveMatcher(const Document &document) : m_document(document) {}

    bool matches(NodeId element, const css::Selector &selector, std::size_t at = 0, NodeId anchor = NodeId::None) const
    {
        const css::Compound &compound = selector.compounds[at];
        for (const css::SimpleSelector &simple : selector.simplesOf(compound)) {
            if (!matchesSimple(element, simple))
                return false;
        }
        const bool isLeftmost = at + 1 == selector.compounds.size();
        if (isLeftmost && anchor == NodeId::None)
            return true;
        for (const NodeId candidate : candidates(element, compound.left)) {
            if (isLeftmost ? candidate == anchor : matches(candidate, selector, at + 1, anchor))
                return true;
        }
        return false;
    }

private:
    std::vector<NodeId> candidates(NodeId element, css::Combinator combinator) const
    {
        std::vector<NodeId> all;
        const bool isSibling =
            combinator == css::Combinator::NextSibling || combinator == css::Combinator::SubsequentSibling;
        NodeId id = element;
        while (true) {
            id = isSibling ? m_document.node(id).previous : m_document.node(id).parent;
            if (id == NodeId::None || id == NodeId::Root)
                return all;
            if (!m_document.isElement(id))
                continue;
            all.push_back(id);
            if (combinator == css::Combinator::Child || combinator == css::Combinator::NextSibling)
                return all;
        }
    }

    bool any(NodeId element, const css::SelectorList &list) const
    {
        return std::any_of(list.begin(), list.end(),
                           [&](const css::Selector &selector) { return matches(element, selector); });
    }

    bool matchesSimple(NodeId element, const css::SimpleSelector &simple) const
    {
        switch (simple.kind) {
        case css::SimpleKind::Type:
            return m_document.node(element).name == simple.name;
        case css::SimpleKind::Class: {
            const QString *value = m_document.attribute(element, m_document.atoms().find(u"class"));
            return value && value->split(u' ').contains(m_document.atoms().name(simple.name));
        }
        case css::SimpleKind::Attribute:
            return m_document.hasAttribute(element, simple.name);
        case css::SimpleKind::PseudoClass:
            return matchesPseudo(element, simple);
        default:
            return false;
        }
    }

    bool matchesPseudo(NodeId element, const css::SimpleSelector &simple) const
    {
        const css::SelectorList &list = simple.argument->selectors;
        switch (simple.pseudo) {
        case css::PseudoClass::Is:
            return any(element, list);
        case css::PseudoClass::Not:
            return !any(element, list);
        case css::PseudoClass::Has:
            for (NodeId id = NodeId::Root; id != NodeId::None; id = m_document.nextInTree(id)) {
                if (m_document.isElement(id) && std::any_of(list.begin(), list.end(), [&](const css::Selector &one) {
                        return matches(id, one, 0, element);
                    }))
                    return true;
            }
            return false;
        case css::PseudoClass::NthChild: {
            int place = 0;
            bool isIn = false;
            for (NodeId id = element; id != NodeId::None; id = m_document.node(id).previous) {
                const bool counts = list.empty() || any(id, list);
                place += counts ? 1 : 0;
                isIn = isIn || (id == element && counts);
            }
            return isIn && simple.argument->nth.contains(place);
        }
        default:
            return false;
        }
    }

    const Document &m_document;
};

using Random = std::mt19937;

int number(Random &random, int below)
{
    return int(random() % unsigned(below));
}

QString name(Random &random)
{
    return QString(QChar(char16_t(u'p' + number(random, 3))));
}

void grow(Document &document, NodeId parent, Random &random, int depth, int &left)
{
    Atoms &atoms = document.atoms();
    for (int i = number(random, 5); i > 0 && left > 0; --i, --left) {
        const NodeId child = document.appendElement(parent, atoms.intern(name(random)), Namespace::Html);
        if (number(random, 2))
            document.addAttribute(child, atoms.intern(u"class"), number(random, 2) ? u"x"_s : u"y x z"_s);
        if (number(random, 3) == 0)
            document.addAttribute(child, atoms.intern(u"data-a"), QString());
        if (depth < 6)
            grow(document, child, random, depth + 1, left);
    }
}

QString complex(Random &random, int depth, bool isRelative = false);

QString compound(Random &random, int depth)
{
    QString text = number(random, 3) ? name(random) : u""_s;
    if (number(random, 3) == 0)
        text += number(random, 2) ? u".x"_s : u".z"_s;
    if (number(random, 8) == 0)
        text += u"[data-a]"_s;
    if (depth > 0 && number(random, 2)) {
        switch (number(random, 5)) {
        case 0:
            text += u":is("_s + complex(random, depth - 1) + u", "_s + complex(random, depth - 1) + u')';
            break;
        case 1:
            text += u":not("_s + complex(random, depth - 1) + u')';
            break;
        case 2:
            text += u":has("_s + complex(random, 0, true) + u')';
            break;
        case 3:
            text += u":nth-child(2n+1 of "_s + complex(random, depth - 1) + u')';
            break;
        default:
            text += u":nth-child("_s + QString::number(number(random, 3) + 1) + u')';
        }
    }
    return text.isEmpty() ? u"*"_s : text;
}

QString complex(Random &random, int depth, bool isRelative)
{
    static const char *const combinators[] = {" ", " > ", " + ", " ~ "};
    QString text = isRelative ? QString::fromLatin1(combinators[number(random, 4)]) : QString();
    text += compound(random, depth);
    for (int i = number(random, 4); i > 0; --i)
        text += QString::fromLatin1(combinators[number(random, 4)]) + compound(random, depth);
    return text;
}

} // namespace

class MatchingRandomTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySelectorMatchesAsTheDefinitionsSay();
};

void MatchingRandomTest::everySelectorMatchesAsTheDefinitionsSay()
{
    Random random(1);
    int matched = 0;
    for (int round = 0; round < 60; ++round) {
        Atoms atoms;
        Document document(atoms);
        int left = 60;
        const NodeId root = document.appendElement(NodeId::Root, atoms.intern(u"p"), Namespace::Html);
        while (left > 30)
            grow(document, root, random, 0, left);
        QString text;
        for (int i = 0; i < 60; ++i)
            text += complex(random, 2) + u"{top:0}"_s;
        css::SheetContext context;
        context.atoms = &atoms;
        const auto sheet = std::make_shared<css::Sheet>(css::parseSheet(text, context));
        QCOMPARE(sheet->rules.size(), std::size_t(60));
        const RuleIndex index({{sheet, {}, Origin::Author}}, {}, document);
        const MatchedRuleTable table = matchDocument(document, index);
        const NaiveMatcher naive(document);
        for (NodeId id = root; id != NodeId::None; id = document.nextInTree(id)) {
            const std::vector<MatchedRule> &found = table.of(id).normal;
            for (const RankedSelector &ranked : index.ranked()) {
                const bool isFound = std::any_of(found.begin(), found.end(), [&ranked](const MatchedRule &rule) {
                    return rule.rule == ranked.rule;
                });
                const bool isExpected = naive.matches(id, *ranked.selector);
                matched += isExpected ? 1 : 0;
                QVERIFY2(isFound == isExpected, qPrintable(text));
            }
        }
    }
    QVERIFY(matched > 10'000);
}

QTEST_APPLESS_MAIN(MatchingRandomTest)
#include "matching_random_test.moc"
