// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/form_control.h"
#include "renderer/engine/layout/fragment.h"

#include <QString>
#include <QStringView>

#include <cstddef>
#include <memory>
#include <unordered_map>
#include <vector>

namespace bulkhead::engine {

class InlineContent;

/// What shaping made of the lines of a box tree, for as long as the tree stays: layout at another width takes it again.
/// By box; only block containers with lines have one.
class InlineCache
{
public:
    InlineCache();
    InlineCache(InlineCache &&) noexcept;
    InlineCache &operator=(InlineCache &&) noexcept;
    ~InlineCache();

    const InlineContent *find(BoxId box) const;
    const InlineContent &set(BoxId box, std::unique_ptr<const InlineContent> content);

private:
    std::vector<std::unique_ptr<const InlineContent>> m_contents;
};

/// All boxes of a document, with what their texts are after text-transform and the first phase of white space
/// processing (css-text-3 4.1.1). Box 0 stands for the initial containing block; its child, if any, is the root
/// element's.
///
/// What the builder promises:
/// - A Block with isInlineRoot has inline-level children only (and floats and absolute boxes, where they stand in the
///   text); one without it has block-level children only (and floats and absolute boxes between them). A block inside
///   an inline box stays there: it ends a line and starts one.
/// - A Flex or Grid has block-level children only: texts of it are wrapped in anonymous blocks.
/// - The textStart and textLength of a Block with isInlineRoot are those of all its lines' text, in which U+FFFC stands
/// for
///   inline-level boxes that are one piece, U+000A for forced breaks, U+200B for <wbr>; the textStart of such a box is
///   where its character stands. Bidi controls stand round the texts of inline boxes that ask for them.
/// - A table is a Block with isTableWrapper, whose children are one Table and its captions (Blocks), in document order.
///   A Table's children are TableRowGroups and TableColumnGroups, a group's TableRows or TableColumns, a row's
///   TableCells. Absolute boxes may stand anywhere among them.
/// - A Block with isColumns has children that span all columns, and anonymous Blocks for what flows between these.
struct BoxTree
{
    std::vector<Box> boxes{1};
    QString text;
    mutable InlineCache inlineCache;
    /// By Replaced box.
    std::unordered_map<BoxId, FormControl> controls;
    /// Where ::first-line applies: of the block container with the line and of all that is inline in it.
    std::unordered_map<BoxId, StyleId> firstLineStyles;

    const Box &box(BoxId id) const { return boxes[std::size_t(id)]; }
    Box &box(BoxId id) { return boxes[std::size_t(id)]; }
    QStringView textOf(BoxId id) const { return QStringView(text).mid(box(id).textStart, box(id).textLength); }

    StyleId firstLineStyle(BoxId id) const
    {
        const auto found = firstLineStyles.find(id);
        return found == firstLineStyles.end() ? box(id).style : found->second;
    }

    /// Makes a last child. References to boxes do not survive it.
    BoxId append(BoxId parent, Box box);

    class ChildIterator
    {
    public:
        ChildIterator(const BoxTree *tree, BoxId id) : m_tree(tree), m_id(id) {}
        BoxId operator*() const { return m_id; }
        ChildIterator &operator++()
        {
            m_id = m_tree->box(m_id).next;
            return *this;
        }
        bool operator!=(const ChildIterator &other) const { return m_id != other.m_id; }

    private:
        const BoxTree *m_tree;
        BoxId m_id;
    };
    struct Children
    {
        const BoxTree *tree;
        BoxId first;
        ChildIterator begin() const { return {tree, first}; }
        ChildIterator end() const { return {tree, BoxId::None}; }
    };
    Children children(BoxId id) const { return {this, box(id).firstChild}; }
};

} // namespace bulkhead::engine
