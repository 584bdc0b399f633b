// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/flex_items.h"

#include "renderer/engine/layout/box_alignment.h"
#include "renderer/engine/layout/replaced_size.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>

namespace bulkhead::engine {
namespace {

/// Makes one item: sizes as its style asks for them.
class ItemBuilder
{
public:
    ItemBuilder(LayoutPass &pass, const FlexContainer &container, BoxId box)
        : m_pass(&pass), m_container(&container), m_box(box), m_style(&pass.style(box)),
          m_extra(borderAndPadding(pass, box, container.contentWidth))
    {
    }

    void build(FlexItem &item, FlexChild &child)
    {
        child.box = m_box;
        item.grow = m_style->flexGrid->flexGrow;
        item.shrink = m_style->flexGrid->flexShrink;
        item.alignSelf = m_container->alignSelf(*m_style);
        item.mainEdges = m_container->isRow ? m_extra.horizontal() : m_extra.vertical();
        setMargins(item);
        if (m_container->isRow)
            buildRow(item);
        else
            buildColumn(item, child);
    }

private:
    void setMargins(FlexItem &item) const
    {
        const LayoutEdges margin = marginOf(*m_style, m_container->contentWidth);
        const LengthEdges &asked = m_style->box->margin;
        LayoutUnit left = margin.left, right = margin.right, top = margin.top, bottom = margin.bottom;
        bool leftAuto = asked.left.isAuto(), rightAuto = asked.right.isAuto();
        bool topAuto = asked.top.isAuto(), bottomAuto = asked.bottom.isAuto();
        if (m_container->isRow ? m_container->isMainReversed : m_container->isCrossReversed) {
            std::swap(left, right);
            std::swap(leftAuto, rightAuto);
        }
        if (m_container->isRow ? m_container->isCrossReversed : m_container->isMainReversed) {
            std::swap(top, bottom);
            std::swap(topAuto, bottomAuto);
        }
        item.mainMarginStart = m_container->isRow ? left : top;
        item.mainMarginEnd = m_container->isRow ? right : bottom;
        item.isMainStartAuto = m_container->isRow ? leftAuto : topAuto;
        item.isMainEndAuto = m_container->isRow ? rightAuto : bottomAuto;
        item.crossMarginStart = m_container->isRow ? top : left;
        item.crossMarginEnd = m_container->isRow ? bottom : right;
        item.isCrossStartAuto = m_container->isRow ? topAuto : leftAuto;
        item.isCrossEndAuto = m_container->isRow ? bottomAuto : rightAuto;
    }

    std::optional<LayoutUnit> width(const Length &length) const
    {
        return resolveWidth(*m_pass, m_box, length, m_container->contentWidth, m_container->contentWidth);
    }
    std::optional<LayoutUnit> height(const Length &length) const
    {
        return resolveHeight(*m_pass, m_box, length, m_container->contentHeight, m_container->contentWidth);
    }
    bool isReplaced() const { return m_pass->box(m_box).type == Box::Type::Replaced; }
    bool isTable() const { return m_pass->box(m_box).isTableWrapper; }
    /// A table's own sizes are those of its grid, not of its wrapper.
    const BoxStyle &sizes() const
    {
        if (isTable())
            for (const BoxId child : m_pass->boxes().children(m_box))
                if (m_pass->box(child).type == Box::Type::Table)
                    return *m_pass->style(child).box;
        return *m_style->box;
    }
    bool willStretch(const FlexItem &item) const
    {
        return item.alignSelf.value == Alignment::Stretch && item.canStretch && !item.hasAutoCrossMargin();
    }

    /// The cross size of an item of a row when it is known before layout (9.2 step 3B, 9.8 rule 1).
    std::optional<LayoutUnit> definiteRowCross(const FlexItem &item) const
    {
        if (const auto own = height(m_style->box->height))
            return std::clamp(*own, item.minCross, std::max(item.minCross, item.maxCross));
        if (!m_container->isMultiLine && m_container->contentHeight && willStretch(item))
            return std::max(std::min(*m_container->contentHeight - item.crossMargins(), item.maxCross), item.minCross);
        return std::nullopt;
    }

    void buildRow(FlexItem &item) const
    {
        const BoxStyle &box = *m_style->box;
        item.canStretch = sizes().height.isAuto();
        item.minCross = height(box.minHeight).value_or(m_extra.vertical());
        item.maxCross = height(box.maxHeight).value_or(LayoutUnit::max());
        item.maxMain = width(box.maxWidth).value_or(LayoutUnit::max());
        const std::optional<LayoutUnit> cross = definiteRowCross(item);
        const std::optional<LayoutUnit> specified = width(box.width);
        const Length &basis = m_style->flexGrid->flexBasis;
        const std::optional<LayoutUnit> definite =
            basis.isAuto() ? specified : (basis.is(Length::Kind::Content) ? std::nullopt : width(basis));
        item.base = definite ? *definite : contentWidth(cross);
        item.minMain = minimumWidth(item, specified, cross);
    }

    LayoutUnit contentWidth(std::optional<LayoutUnit> cross) const
    {
        if (isReplaced())
            return replacedSize(*m_pass, m_box, m_container->contentWidth, m_container->contentHeight,
                                m_container->contentWidth, cross)
                .width;
        if (isTable())
            return table::widthIn(*m_pass, m_box, m_container->contentWidth, LayoutUnit::max());
        if (m_style->box->aspectRatio && cross)
            return widthFromRatio(*m_pass, m_box, *cross, m_container->contentWidth);
        return m_pass->intrinsic(m_box).max;
    }

    /// 4.5: min-width: auto.
    LayoutUnit minimumWidth(const FlexItem &item, std::optional<LayoutUnit> specified,
                            std::optional<LayoutUnit> cross) const
    {
        const BoxStyle &box = *m_style->box;
        if (const auto least = width(box.minWidth))
            return *least;
        if (m_style->isScrollContainer())
            return {};
        LayoutUnit content = m_pass->intrinsic(m_box).min;
        if (isReplaced() || (box.aspectRatio && cross)) {
            const LayoutUnit transferred = contentWidth(cross);
            content = isReplaced() ? transferred : std::max(content, transferred);
        }
        content = std::min(content, item.maxMain);
        return specified ? std::min(content, std::min(*specified, item.maxMain)) : content;
    }

    void buildColumn(FlexItem &item, FlexChild &child) const
    {
        const BoxStyle &box = *m_style->box;
        item.canStretch = sizes().width.isAuto();
        item.minCross = width(box.minWidth).value_or(m_extra.horizontal());
        item.maxCross = width(box.maxWidth).value_or(LayoutUnit::max());
        item.maxMain = height(box.maxHeight).value_or(LayoutUnit::max());
        const LayoutUnit available = m_container->contentWidth - item.crossMargins();
        if (!m_container->isMultiLine && willStretch(item))
            item.crossSize = std::max(std::min(available, item.maxCross), item.minCross);
        else
            item.crossSize = shrinkToFitWidth(*m_pass, m_box, m_container->contentWidth, m_container->contentHeight,
                                              std::max(available, LayoutUnit()));
        const std::optional<LayoutUnit> specified = height(box.height);
        const Length &basis = m_style->flexGrid->flexBasis;
        const std::optional<LayoutUnit> definite =
            basis.isAuto() ? specified : (basis.is(Length::Kind::Content) ? std::nullopt : height(basis));
        child.isHeightDefinite =
            m_container->contentHeight.has_value() || (definite && item.grow == 0 && item.shrink == 0);
        std::optional<LayoutUnit> content;
        if (!definite)
            content = contentHeight(item);
        item.base = definite ? *definite : *content;
        if (box.aspectRatio && !isReplaced() && !definite)
            item.base = heightFromRatio(*m_pass, m_box, item.crossSize, m_container->contentWidth);
        item.minMain = minimumHeight(item, specified, content);
    }

    LayoutUnit contentHeight(const FlexItem &item) const
    {
        Space space;
        space.width = item.crossSize;
        space.containingWidth = m_container->contentWidth;
        space.containingHeight = m_container->contentHeight;
        // A table's and a replaced box's own height is a part of what its content asks for.
        space.rule = isReplaced() || isTable() ? HeightRule::Style : HeightRule::Content;
        return m_pass->heightAt(m_box, space).height;
    }

    LayoutUnit minimumHeight(const FlexItem &item, std::optional<LayoutUnit> specified,
                             std::optional<LayoutUnit> content) const
    {
        if (const auto least = height(m_style->box->minHeight))
            return *least;
        if (m_style->isScrollContainer())
            return {};
        // Nothing shrinks below a size that it does not reach: the content need not be measured.
        if (!content && !specified && item.shrink == 0)
            return {};
        const LayoutUnit least = std::min(content ? *content : contentHeight(item), item.maxMain);
        return specified ? std::min(least, std::min(*specified, item.maxMain)) : least;
    }

    LayoutPass *m_pass;
    const FlexContainer *m_container;
    BoxId m_box;
    const ComputedStyle *m_style;
    LayoutEdges m_extra;
};

LayoutUnit gapOf(const Length &gap, std::optional<LayoutUnit> base)
{
    if (!gap.isLength() || (gap.dependsOnBase() && !base))
        return {};
    return std::max(gap.resolve(base.value_or(LayoutUnit())), LayoutUnit());
}

} // namespace

FlexContainer flexContainer(LayoutPass &pass, BoxId box, const Space &space)
{
    FlexContainer made;
    made.box = box;
    made.style = &pass.style(box);
    const FlexGridStyle &flex = *made.style->flexGrid;
    const bool isRightToLeft = made.style->text->direction == Direction::Rtl;
    const bool isReversed =
        flex.flexDirection == FlexDirection::RowReverse || flex.flexDirection == FlexDirection::ColumnReverse;
    made.isRow = flex.flexDirection == FlexDirection::Row || flex.flexDirection == FlexDirection::RowReverse;
    made.isMainReversed = isReversed != (made.isRow && isRightToLeft);
    made.isCrossReversed = (flex.flexWrap == FlexWrap::WrapReverse) != (!made.isRow && isRightToLeft);
    made.isMultiLine = flex.flexWrap != FlexWrap::NoWrap;
    made.edges = borderAndPadding(pass, box, space.containingWidth);
    made.contentWidth = std::max(space.width - made.edges.horizontal(), LayoutUnit());
    made.contentHeight = definiteContentHeight(pass, box, space);
    const LayoutUnit columnGap = gapOf(made.style->columnGap, made.contentWidth);
    const LayoutUnit rowGap = gapOf(made.style->rowGap, made.contentHeight);
    made.mainGap = made.isRow ? columnGap : rowGap;
    made.crossGap = made.isRow ? rowGap : columnGap;
    return made;
}

AlignmentValue FlexContainer::alignContent() const
{
    AlignmentValue value = style->flexGrid->alignContent;
    AlignmentAxis axis;
    axis.isReversed = style->flexGrid->flexWrap == FlexWrap::WrapReverse;
    axis.isHorizontal = false;
    value.value = resolveAlignment(value.value, axis, Alignment::Stretch);
    return value;
}

AlignmentValue FlexContainer::justifyContent() const
{
    const FlexGridStyle &flex = *style->flexGrid;
    AlignmentValue value = flex.justifyContent;
    AlignmentAxis axis;
    axis.isReversed =
        flex.flexDirection == FlexDirection::RowReverse || flex.flexDirection == FlexDirection::ColumnReverse;
    axis.isRightToLeft = style->text->direction == Direction::Rtl;
    axis.isHorizontal = isRow;
    value.value = resolveAlignment(value.value, axis, Alignment::FlexStart);
    if (value.value == Alignment::Stretch || value.value == Alignment::FlexStart)
        value.value = Alignment::Start;
    return value;
}

AlignmentValue FlexContainer::alignSelf(const ComputedStyle &child) const
{
    AlignmentValue value = child.flexGrid->alignSelf;
    if (value.value == Alignment::Auto)
        value = style->flexGrid->alignItems;
    AlignmentAxis axis;
    axis.isReversed = style->flexGrid->flexWrap == FlexWrap::WrapReverse;
    axis.isHorizontal = !isRow;
    axis.isItemOpposite = !isRow && child.text->direction != style->text->direction;
    value.value = resolveAlignment(value.value, axis, Alignment::Stretch);
    // In a column baselines are not parallel to the cross axis.
    if (!isRow && (value.value == Alignment::Baseline || value.value == Alignment::LastBaseline))
        value.value = value.value == Alignment::Baseline ? Alignment::Start : Alignment::End;
    return value;
}

FlexItems flexItems(LayoutPass &pass, const FlexContainer &container)
{
    std::vector<BoxId> boxes;
    for (const BoxId child : pass.boxes().children(container.box))
        if (!pass.style(child).isOutOfFlow())
            boxes.push_back(child);
    std::stable_sort(boxes.begin(), boxes.end(),
                     [&](BoxId a, BoxId b) { return pass.style(a).flexGrid->order < pass.style(b).flexGrid->order; });
    FlexItems made;
    made.items.resize(boxes.size());
    made.children.resize(boxes.size());
    for (std::size_t i = 0; i < boxes.size(); ++i)
        ItemBuilder(pass, container, boxes[i]).build(made.items[i], made.children[i]);
    return made;
}

Space spaceOfFlexItem(const FlexContainer &container, const FlexItem &item, const FlexChild &child)
{
    Space space;
    space.containingWidth = container.contentWidth;
    space.containingHeight = container.contentHeight;
    space.width = container.isRow ? item.mainSize : item.crossSize;
    if (!container.isRow) {
        space.height = item.mainSize;
        space.isHeightDefinite = child.isHeightDefinite;
    } else if (item.isStretched) {
        space.height = item.crossSize;
    }
    return space;
}

} // namespace bulkhead::engine
