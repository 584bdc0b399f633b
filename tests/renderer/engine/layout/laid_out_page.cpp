// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/engine/layout/laid_out_page.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/css/sheet_parser.h"
#include "renderer/engine/dom/html_parser.h"
#include "renderer/engine/layout/box_tree_builder.h"
#include "renderer/engine/style/style_computer.h"
#include "renderer/engine/style/user_agent_sheet.h"

#include <QStringList>

#include <utility>

namespace bulkhead::engine {

namespace {

const char *const Head = "<!DOCTYPE html><style>html { font: 10px/1 Test } body { margin: 0 }</style>";

SheetSource sheetOf(const QString &text, Atoms &atoms)
{
    css::SheetContext context;
    context.atoms = &atoms;
    SheetSource source;
    source.sheet = std::make_shared<const css::Sheet>(css::parseSheet(text, context));
    return source;
}

} // namespace

LaidOutPage::LaidOutPage(const QByteArray &body, int width, int height)
{
    const bool isWhole = body.startsWith("<!") || body.startsWith("<html");
    ParsedDocument parsed = parseHtml(isWhole ? body : Head + body, m_atoms);
    m_document = std::make_unique<Document>(std::move(parsed.document));
    std::vector<SheetSource> sheets = userAgentSheets(*m_document);
    for (NodeId id = NodeId::Root; id != NodeId::None; id = m_document->nextInTree(id)) {
        if (m_document->isElement(id, tag::Style))
            sheets.push_back(sheetOf(m_document->textContent(id), m_atoms));
    }
    StyleInput input;
    input.environment.media.width = width;
    input.environment.media.height = height;
    const RuleIndex rules(std::move(sheets), input.environment.media, *m_document);
    m_styles = std::make_unique<DocumentStyles>(computeStyles(*m_document, rules, input));
    m_boxes = buildBoxTree(*m_document, *m_styles, m_sizes);
    layOutAt(width, height);
}

void LaidOutPage::layOutAt(int width, int height)
{
    LayoutPass pass(m_boxes, *m_styles, m_shaper, m_sizes, {width, height}, m_document->quirks());
    m_tree = pass.run();
    m_visits = pass.visits();
}

BoxId LaidOutPage::boxOf(const char *id) const
{
    const NodeId node = m_document->elementById(QString::fromLatin1(id));
    for (std::size_t i = 0; i < m_boxes.boxes.size(); ++i) {
        const Box &box = m_boxes.boxes[i];
        if (box.node == node && node != NodeId::None && !box.isAnonymous && box.pseudo == PseudoElement::None)
            return BoxId(i);
    }
    return BoxId::None;
}

FragmentId LaidOutPage::fragmentOf(const char *id) const
{
    const BoxId box = boxOf(id);
    return box == BoxId::None ? FragmentId::None : m_tree->firstOfBox[std::size_t(box)];
}

QString LaidOutPage::rect(const char *id) const
{
    const FragmentId fragment = fragmentOf(id);
    if (fragment == FragmentId::None)
        return QStringLiteral("none");
    const LayoutPoint at = m_tree->absolutePosition(fragment);
    const LayoutSize size = m_tree->fragment(fragment).size;
    return QStringLiteral("%1 %2 %3 %4")
        .arg(at.x.toDouble())
        .arg(at.y.toDouble())
        .arg(size.width.toDouble())
        .arg(size.height.toDouble());
}

QString LaidOutPage::textsOf(FragmentId id) const
{
    const Fragment &fragment = m_tree->fragment(id);
    if (fragment.kind == FragmentKind::Text) {
        const TextRun &run = m_tree->run(id);
        return run.isEllipsis ? QStringLiteral("...")
                              : m_tree->text.mid(qsizetype(run.textStart), qsizetype(run.textLength));
    }
    QString text;
    for (FragmentId child = fragment.firstChild; child != FragmentId::None; child = m_tree->fragment(child).next)
        text += textsOf(child);
    return text;
}

QStringList LaidOutPage::lines(const char *id) const
{
    QStringList found;
    const FragmentId block = fragmentOf(id);
    if (block == FragmentId::None)
        return found;
    for (FragmentId child = m_tree->fragment(block).firstChild; child != FragmentId::None;
         child = m_tree->fragment(child).next) {
        const Fragment &line = m_tree->fragment(child);
        if (line.kind != FragmentKind::Line)
            continue;
        const FragmentId first = line.firstChild;
        const LayoutPoint at = m_tree->absolutePosition(first == FragmentId::None ? child : first);
        found += QStringLiteral("%1,%2 ").arg(at.x.toDouble()).arg(at.y.toDouble()) + textsOf(child).trimmed();
    }
    return found;
}

QString LaidOutPage::texts() const
{
    QStringList found;
    for (std::size_t i = 0; i < m_tree->fragments.size(); ++i) {
        if (m_tree->fragments[i].kind != FragmentKind::Text)
            continue;
        const LayoutPoint at = m_tree->absolutePosition(FragmentId(i));
        found += QStringLiteral("%1,%2 %3").arg(at.x.toDouble()).arg(at.y.toDouble()).arg(textsOf(FragmentId(i)));
    }
    return found.join(QLatin1Char('|'));
}

QString LaidOutPage::dump() const
{
    return dumpLayout(*m_tree, m_boxes, m_document.get());
}

} // namespace bulkhead::engine
