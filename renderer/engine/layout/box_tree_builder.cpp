// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/box_tree_builder.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/base/limits.h"
#include "renderer/engine/layout/anonymous_boxes.h"
#include "renderer/engine/layout/anonymous_styles.h"
#include "renderer/engine/layout/element_boxes.h"
#include "renderer/engine/layout/first_formatted.h"
#include "renderer/engine/layout/generated_content.h"
#include "renderer/engine/layout/inline_texts.h"

#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace bulkhead::engine {

namespace {

class BoxTreeBuilder
{
public:
    BoxTreeBuilder(const Document &document, DocumentStyles &styles, NaturalSizes &naturalSizes)
        : m_document(&document), m_styles(&styles), m_naturalSizes(&naturalSizes), m_anonymous(styles),
          m_content(document, styles), m_fixer(m_tree, styles, m_anonymous, m_texts), m_texts(1)
    {
    }

    BoxTree build()
    {
        Box &initial = m_tree.boxes.front();
        initial.node = NodeId::Root;
        initial.isFlowRoot = true;
        m_root = m_document->documentElement();
        if (m_root != NodeId::None) {
            propagateOverflow();
            addElement(m_root, BoxId::Root);
        }
        FirstFormatted(m_tree, *m_document, *m_styles, m_texts, m_fixer).apply();
        collectTexts(m_tree, *m_styles, m_texts);
        return std::move(m_tree);
    }

private:
    const ComputedStyle &style(StyleId id) const { return m_styles->style(id); }

    StyleId styleOf(NodeId element) const
    {
        return element == m_overflowTaken ? m_withoutOverflow : m_styles->idOf(element);
    }

    // css-overflow-3 3.3: the viewport takes it of the root element, or of body.
    void propagateOverflow()
    {
        const auto isVisible = [this](NodeId id) {
            const ComputedStyle &computed = m_styles->of(id);
            return computed.overflowX == Overflow::Visible && computed.overflowY == Overflow::Visible;
        };
        NodeId from = m_root;
        if (isVisible(m_root))
            from = m_document->isElement(m_root, tag::Html) ? m_document->childOfRoot(tag::Body) : NodeId::None;
        if (from == NodeId::None || isVisible(from))
            return;
        m_overflowTaken = from;
        m_withoutOverflow = m_anonymous.withoutOverflow(m_styles->idOf(from));
    }

    BoxId append(BoxId parent, Box box)
    {
        const BoxId id = m_tree.append(parent, std::move(box));
        m_texts.resize(m_tree.boxes.size());
        return id;
    }

    void addText(BoxId parent, NodeId node, PseudoElement pseudo, QStringView text)
    {
        m_characters += text.size();
        if (text.isEmpty() || m_characters > limits::TextCharacters || isFull())
            return;
        Box box;
        box.type = Box::Type::Text;
        box.node = node;
        box.pseudo = pseudo;
        box.style = m_tree.box(parent).style;
        m_texts[std::size_t(append(parent, box))] = text;
    }

    QStringView keep(QString text)
    {
        m_strings.push_back(std::move(text));
        return m_strings.back();
    }

    bool isFull() const { return m_tree.boxes.size() >= std::size_t(limits::Boxes); }

    void addElement(NodeId element, BoxId parent)
    {
        const StyleId id = styleOf(element);
        const ComputedStyle &computed = style(id);
        if (computed.display.isNone() || isFull())
            return;
        m_content.enter(element, computed);
        if (computed.display.outside == DisplayOutside::Contents) {
            addContents(element, parent);
        } else {
            const BoxId box = newElementBox(element, id, parent);
            fillElement(element, id, box);
        }
        m_content.leave();
    }

    BoxId newElementBox(NodeId element, StyleId id, BoxId parent)
    {
        Box box;
        box.node = element;
        box.style = id;
        const auto &content = style(id).rare->content;
        const bool isPicture = content && content->size() == 1 && content->front().kind == ContentItem::Kind::Image;
        switch (isPicture ? ElementContent::Replaced : contentOf(*m_document, element, *m_naturalSizes)) {
        case ElementContent::LineBreak:
            box.type = Box::Type::LineBreak;
            return append(parent, box);
        case ElementContent::WordBreak:
            box.type = Box::Type::WordBreak;
            return append(parent, box);
        case ElementContent::Replaced:
            return newReplaced(box, parent);
        default:
            return newBox(box, parent);
        }
    }

    BoxId newReplaced(Box box, BoxId parent)
    {
        box.type = Box::Type::Replaced;
        const BoxId made = append(parent, box);
        if (auto control = formControlOf(*m_document, box.node))
            m_tree.controls.emplace(made, std::move(*control));
        return made;
    }

    // css-display-3 2.
    BoxId newBox(Box box, BoxId parent)
    {
        const ComputedStyle &computed = style(box.style);
        const bool isRoot = box.node == m_root && box.pseudo == PseudoElement::None;
        box.isFlowRoot = isRoot || computed.display.inside == DisplayInside::FlowRoot || computed.isOutOfFlow() ||
                         computed.isFloating() || computed.display.isInlineLevel() || computed.isScrollContainer();
        const bool hasColumns = computed.rare->columnCount.has_value() || computed.rare->columnWidth.isLength();
        switch (computed.display.inside) {
        case DisplayInside::Table:
            return newTable(box, parent);
        case DisplayInside::Flex:
            box.type = Box::Type::Flex;
            return append(parent, box);
        case DisplayInside::Grid:
            box.type = Box::Type::Grid;
            return append(parent, box);
        case DisplayInside::TableRowGroup:
        case DisplayInside::TableHeaderGroup:
        case DisplayInside::TableFooterGroup:
            box.type = Box::Type::TableRowGroup;
            return append(parent, box);
        case DisplayInside::TableRow:
            box.type = Box::Type::TableRow;
            return append(parent, box);
        case DisplayInside::TableColumnGroup:
        case DisplayInside::TableColumn: {
            const bool isGroup = computed.display.inside == DisplayInside::TableColumnGroup;
            box.type = isGroup ? Box::Type::TableColumnGroup : Box::Type::TableColumn;
            box.columnSpan = spanOf(*m_document, box.node, attr::Span, limits::Spans);
            return append(parent, box);
        }
        case DisplayInside::TableCell:
            box.type = Box::Type::TableCell;
            box.isFlowRoot = true;
            box.isColumns = hasColumns;
            box.columnSpan = spanOf(*m_document, box.node, attr::Colspan, limits::Spans);
            box.rowSpan = spanOf(*m_document, box.node, attr::Rowspan, limits::RowSpans);
            return append(parent, box);
        case DisplayInside::TableCaption:
            box.isFlowRoot = true;
            box.isColumns = hasColumns;
            return append(parent, box);
        default:
            break;
        }
        if (computed.display.isInlineLevel() && computed.display.inside == DisplayInside::Flow)
            box.type = Box::Type::Inline;
        else
            box.isColumns = hasColumns;
        return append(parent, box);
    }

    BoxId newTable(Box box, BoxId parent)
    {
        const AnonymousStyles::TableStyles styles = m_anonymous.table(box.style);
        Box wrapper = box;
        wrapper.isTableWrapper = true;
        wrapper.isFlowRoot = true;
        wrapper.style = styles.wrapper;
        const BoxId outer = append(parent, wrapper);
        box.type = Box::Type::Table;
        box.style = styles.table;
        return append(outer, box);
    }

    void fillElement(NodeId element, StyleId id, BoxId box)
    {
        const Box::Type type = m_tree.box(box).type;
        if (type == Box::Type::Replaced || type == Box::Type::LineBreak || type == Box::Type::WordBreak)
            return;
        if (style(id).display.isListItem)
            addMarker(element, id, box);
        switch (contentOf(*m_document, element, *m_naturalSizes)) {
        case ElementContent::Alternative:
        case ElementContent::ButtonText:
            addText(box, element, PseudoElement::None, keep(textInsteadOf(*m_document, element)));
            break;
        case ElementContent::Summary:
            addSummary(element, box);
            break;
        default:
            addContents(element, box);
            break;
        }
        m_fixer.fix(box);
        m_texts.resize(m_tree.boxes.size());
    }

    void addContents(NodeId element, BoxId box)
    {
        addPseudo(element, PseudoElement::Before, box);
        for (NodeId child = m_document->node(element).firstChild; child != NodeId::None;
             child = m_document->node(child).next) {
            if (m_document->isElement(child))
                addElement(child, box);
            else
                addText(box, child, PseudoElement::None, m_document->text(child));
        }
        addPseudo(element, PseudoElement::After, box);
    }

    void addSummary(NodeId details, BoxId box)
    {
        for (NodeId child = m_document->node(details).firstChild; child != NodeId::None;
             child = m_document->node(child).next) {
            if (m_document->isElement(child, tag::Summary)) {
                addElement(child, box);
                return;
            }
        }
    }

    void addPseudo(NodeId element, PseudoElement which, BoxId parent)
    {
        const std::optional<StyleId> id = m_styles->pseudo(element, which);
        if (!id || style(*id).display.isNone() || !style(*id).rare->content || isFull())
            return;
        m_content.enter(NodeId::None, style(*id));
        Box box;
        box.node = element;
        box.pseudo = which;
        box.style = *id;
        const bool isContents = style(*id).display.outside == DisplayOutside::Contents;
        const BoxId made = isContents ? parent : newBox(box, parent);
        if (style(*id).display.isListItem)
            addMarker(element, *id, made);
        addItems(*style(*id).rare->content, element, which, *id, made);
        if (!isContents)
            m_fixer.fix(made);
        m_texts.resize(m_tree.boxes.size());
        m_content.leave();
    }

    void addItems(const std::vector<ContentItem> &items, NodeId element, PseudoElement which, StyleId id, BoxId box)
    {
        QString text;
        for (const ContentItem &item : items) {
            if (item.kind != ContentItem::Kind::Image) {
                text += m_content.text(item, element, style(id));
                continue;
            }
            addText(box, element, which, keep(std::exchange(text, {})));
            Box picture;
            picture.type = Box::Type::Replaced;
            picture.node = element;
            picture.pseudo = which;
            picture.isAnonymous = true;
            picture.style = m_anonymous.image(id, item);
            append(box, picture);
        }
        addText(box, element, which, keep(std::move(text)));
    }

    // css-lists-3 3.
    void addMarker(NodeId element, StyleId listItem, BoxId box)
    {
        const StyleId id = m_styles->pseudo(element, PseudoElement::Marker)
                               .value_or(m_anonymous.inherit(listItem, DisplayOutside::Inline, DisplayInside::Flow));
        const ComputedStyle &computed = style(id);
        const InheritedStyle &inherited = *computed.inherited;
        QString text;
        bool isDrawn = !inherited.listStyleImage.isEmpty();
        if (computed.rare->content && !computed.rare->contentIsNone) {
            for (const ContentItem &item : *computed.rare->content)
                text += m_content.text(item, element, computed);
            isDrawn = false;
        } else if (!isDrawn) {
            text = m_content.marker(computed);
            isDrawn = GeneratedContent::isDrawn(inherited.listStyleType);
        }
        if (computed.rare->contentIsNone || (text.isEmpty() && !isDrawn))
            return;
        Box marker;
        marker.node = element;
        marker.pseudo = PseudoElement::Marker;
        marker.style = id;
        const bool isInside = style(listItem).inherited->listStylePosition == ListPosition::Inside ||
                              m_tree.box(box).type == Box::Type::Inline;
        marker.type = !isInside ? Box::Type::Marker : isDrawn ? Box::Type::Replaced : Box::Type::Inline;
        const BoxId made = append(box, marker);
        if (!isDrawn)
            addText(made, element, PseudoElement::Marker, keep(std::move(text)));
    }

    const Document *m_document;
    DocumentStyles *m_styles;
    NaturalSizes *m_naturalSizes;
    BoxTree m_tree;
    AnonymousStyles m_anonymous;
    GeneratedContent m_content;
    AnonymousBoxes m_fixer;
    std::vector<QStringView> m_texts; // by box
    std::deque<QString> m_strings;    // that were generated
    NodeId m_root = NodeId::None;
    NodeId m_overflowTaken = NodeId::None;
    StyleId m_withoutOverflow = StyleId::Initial;
    qsizetype m_characters = 0;
};

} // namespace

BoxTree buildBoxTree(const Document &document, DocumentStyles &styles, NaturalSizes &naturalSizes)
{
    return BoxTreeBuilder(document, styles, naturalSizes).build();
}

} // namespace bulkhead::engine
