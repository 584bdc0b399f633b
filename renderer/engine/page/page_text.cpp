// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/page_text.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/paint/run_geometry.h"

#include <QTextBoundaryFinder>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace bulkhead::engine {

namespace {

enum class Break : std::uint8_t { None, Space, Tab, Line, Paragraph };

// Bidi controls, zero-width space, soft hyphen: they are in the layout's text, but nobody wrote them to be read.
bool isInvisible(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0xad || u == 0x200b || (u >= 0x200e && u <= 0x200f) || (u >= 0x202a && u <= 0x202e) ||
           (u >= 0x2066 && u <= 0x2069) || u == 0xfeff;
}

bool isParagraph(const Document &document, NodeId node)
{
    for (const Atom name : {tag::P, tag::H1, tag::H2, tag::H3, tag::H4, tag::H5, tag::H6, tag::Blockquote, tag::Pre,
                            tag::Table, tag::Ul, tag::Ol, tag::Dl}) {
        if (document.isElement(node, name))
            return true;
    }
    return false;
}

} // namespace

class PageText::Walk
{
public:
    Walk(PageText &page, const Document &document, const DocumentStyles &styles, const BoxTree &boxes)
        : m_page(page), m_tree(page.m_tree), m_document(document), m_styles(styles), m_boxes(boxes)
    {
    }

    void run()
    {
        FragmentId id = m_tree.root;
        while (id != FragmentId::None) {
            const bool isIn = enter(id);
            const Fragment &fragment = m_tree.fragment(id);
            if (isIn && fragment.firstChild != FragmentId::None) {
                id = fragment.firstChild;
                continue;
            }
            while (id != FragmentId::None) {
                leave(id);
                if (m_tree.fragment(id).next != FragmentId::None)
                    break;
                id = m_tree.fragment(id).parent;
            }
            if (id != FragmentId::None)
                id = m_tree.fragment(id).next;
        }
        trimEnd();
    }

private:
    bool enter(FragmentId id)
    {
        const Fragment &fragment = m_tree.fragment(id);
        if (fragment.kind == FragmentKind::Text)
            text(id);
        else if (fragment.kind == FragmentKind::Box && isCell(fragment))
            m_cells.push_back({m_break, m_page.m_text.size()});
        else if (fragment.kind == FragmentKind::Box)
            breakFor(fragment);
        return fragment.kind != FragmentKind::Marker;
    }

    void leave(FragmentId id)
    {
        const Fragment &fragment = m_tree.fragment(id);
        if (fragment.kind != FragmentKind::Box)
            return;
        if (!isCell(fragment)) {
            breakFor(fragment);
            return;
        }
        // What broke lines inside a cell separates it from the next by a tab only.
        const Cell cell = m_cells.back();
        m_cells.pop_back();
        m_break = m_page.m_text.size() > cell.textBefore ? Break::Tab : std::max(cell.breakBefore, Break::Tab);
    }

    bool isCell(const Fragment &fragment) const
    {
        return fragment.box != BoxId::None && m_boxes.box(fragment.box).type == Box::Type::TableCell;
    }

    void breakFor(const Fragment &fragment)
    {
        if (fragment.box == BoxId::None)
            return;
        const Box &box = m_boxes.box(fragment.box);
        const Display display = m_styles.style(box.style).display;
        if (!box.isAnonymous && display.isInlineLevel())
            return;
        add(!box.isAnonymous && isParagraph(m_document, box.node) ? Break::Paragraph : Break::Line);
    }

    void add(Break kind) { m_break = std::max(m_break, kind); }

    void text(FragmentId id)
    {
        const TextRun &run = m_tree.run(id);
        const Fragment &fragment = m_tree.fragment(id);
        if (run.isEllipsis || run.textLength == 0 || fragment.isHiddenForPaint || isOfMarker(fragment.box) ||
            m_styles.style(m_boxes.box(fragment.box).style).inherited->visibility != Visibility::Visible)
            return;
        const QStringView all(m_tree.text);
        if (m_break < Break::Line && m_end <= run.textStart) {
            // What stands between two runs of a paragraph and has no glyphs: spaces at the ends of lines.
            for (const QChar c : all.sliced(m_end, run.textStart - m_end).left(64)) {
                if (c == u'\n')
                    add(Break::Line);
                else if (c.isSpace())
                    add(Break::Space);
            }
        }
        flushBreak();
        m_page.m_segments.push_back({int(m_page.m_text.size()), int(run.textLength), run.textStart, id});
        m_page.m_text += all.mid(run.textStart, run.textLength);
        m_end = run.textStart + run.textLength;
    }

    // A space at the end of a block hangs: nobody sees it.
    void trimEnd()
    {
        if (m_page.m_segments.empty() || !m_page.m_text.endsWith(u' '))
            return;
        Segment &last = m_page.m_segments.back();
        const Box &box = m_boxes.box(m_tree.fragment(last.fragment).box);
        if (last.length == 0 || last.start + last.length != m_page.m_text.size() ||
            m_styles.style(box.style).text->whiteSpace != WhiteSpaceCollapse::Collapse)
            return;
        --last.length;
        m_page.m_text.chop(1);
    }

    bool isOfMarker(BoxId box) const
    {
        const BoxId parent = m_boxes.box(box).parent;
        return m_boxes.box(box).type == Box::Type::Marker ||
               (parent != BoxId::None && m_boxes.box(parent).type == Box::Type::Marker);
    }

    void flushBreak()
    {
        QString &out = m_page.m_text;
        const Break kind = std::exchange(m_break, Break::None);
        if (kind >= Break::Tab)
            trimEnd();
        if (out.isEmpty())
            return;
        if (kind == Break::Space && !out.back().isSpace())
            out += u' ';
        else if (kind == Break::Tab)
            out += u'\t';
        else if (kind == Break::Line && !out.endsWith(u'\n'))
            out += u'\n';
        else if (kind == Break::Paragraph)
            out += out.endsWith(u'\n') ? QStringLiteral("\n") : QStringLiteral("\n\n");
    }

    PageText &m_page;
    const LayoutTree &m_tree;
    const Document &m_document;
    const DocumentStyles &m_styles;
    const BoxTree &m_boxes;
    struct Cell
    {
        Break breakBefore;
        qsizetype textBefore;
    };
    std::vector<Cell> m_cells; // that it is in
    Break m_break = Break::None;
    std::uint32_t m_end = 0; // of the run before, in the layout's text
};

PageText::PageText(const Document &document, const DocumentStyles &styles, const BoxTree &boxes, const LayoutTree &tree)
    : m_tree(tree)
{
    m_text.reserve(tree.text.size());
    Walk(*this, document, styles, boxes).run();
}

QString PageText::plain(TextRange range) const
{
    QString out = m_text.mid(range.start, range.end - range.start);
    out.removeIf(isInvisible);
    out.replace(QChar::Nbsp, u' ');
    return out;
}

std::size_t PageText::firstEndingAfter(int offset) const
{
    const auto found = std::partition_point(m_segments.begin(), m_segments.end(), [offset](const Segment &segment) {
        return segment.start + segment.length <= offset;
    });
    return std::size_t(found - m_segments.begin());
}

std::vector<QRect> PageText::rects(TextRange range, const FragmentMap &map) const
{
    std::vector<QRect> out;
    for (std::size_t i = firstEndingAfter(range.start); i < m_segments.size() && m_segments[i].start < range.end; ++i) {
        const Segment &segment = m_segments[i];
        const auto from = std::uint32_t(std::max(range.start - segment.start, 0));
        const auto to = std::uint32_t(std::min(range.end - segment.start, segment.length));
        const RunSpan span =
            spanOf(m_tree.run(segment.fragment), m_tree.text, segment.layoutStart + from, segment.layoutStart + to);
        const QRectF rect = map.part(segment.fragment, span.left, span.right);
        if (!span.isEmpty() && !rect.isEmpty())
            out.push_back(rect.toAlignedRect());
    }
    return out;
}

std::vector<HighlightLayer::Range> PageText::layoutRanges(const std::vector<TextRange> &ranges) const
{
    std::vector<HighlightLayer::Range> out;
    for (const TextRange range : ranges) {
        for (std::size_t i = firstEndingAfter(range.start); i < m_segments.size() && m_segments[i].start < range.end;
             ++i) {
            const Segment &segment = m_segments[i];
            const int from = std::max(range.start - segment.start, 0);
            const int to = std::min(range.end - segment.start, segment.length);
            out.push_back({segment.layoutStart + std::uint32_t(from), segment.layoutStart + std::uint32_t(to)});
        }
    }
    // Reading order is nearly, but not always, that of the layout's text.
    std::sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.start < b.start; });
    std::vector<HighlightLayer::Range> joined;
    for (const HighlightLayer::Range &range : out) {
        if (!joined.empty() && range.start <= joined.back().end)
            joined.back().end = std::max(joined.back().end, range.end);
        else
            joined.push_back(range);
    }
    return joined;
}

int PageText::offsetAt(QPointF point, const FragmentMap &map) const
{
    const Segment *nearest = nullptr;
    double least = std::numeric_limits<double>::max();
    for (const Segment &segment : m_segments) {
        const QRectF rect = map.rect(segment.fragment);
        if (rect.isEmpty())
            continue;
        const double dy = std::max({rect.top() - point.y(), point.y() - rect.bottom(), 0.0});
        const double dx = std::max({rect.left() - point.x(), point.x() - rect.right(), 0.0});
        // Another line is further away than anything on this one.
        const double distance = dy * 10'000 + dx;
        if (distance < least) {
            least = distance;
            nearest = &segment;
        }
    }
    if (!nearest)
        return 0;
    const std::uint32_t at =
        engine::offsetAt(m_tree.run(nearest->fragment), m_tree.text, map.toFragment(nearest->fragment, point).x());
    return nearest->start + std::clamp(int(at) - int(nearest->layoutStart), 0, nearest->length);
}

TextRange PageText::wordAt(int offset) const
{
    if (m_text.isEmpty())
        return {};
    offset = std::clamp(offset, 0, int(m_text.size()) - 1);
    const TextRange paragraph = paragraphAt(offset);
    const QString line = m_text.mid(paragraph.start, std::max(paragraph.end - paragraph.start, 1));
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, line);
    finder.setPosition(offset - paragraph.start);
    if (!finder.isAtBoundary())
        finder.toPreviousBoundary();
    const int start = int(finder.position());
    const qsizetype end = finder.toNextBoundary();
    return {paragraph.start + start, paragraph.start + int(end < 0 ? line.size() : end)};
}

TextRange PageText::paragraphAt(int offset) const
{
    const int size = int(m_text.size());
    offset = std::clamp(offset, 0, size);
    const int start = offset > 0 ? int(m_text.lastIndexOf(u'\n', offset - 1)) + 1 : 0;
    const qsizetype end = m_text.indexOf(u'\n', offset);
    return {start, end < 0 ? size : int(end)};
}

} // namespace bulkhead::engine
