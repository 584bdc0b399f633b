// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/document_text.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace bulkhead {

int DocumentText::addRun(const QString &text, const QRect &rect, const FontFace *face)
{
    if (!m_text.isEmpty() || !m_literal.isEmpty()) {
        switch (m_break) {
        case Break::None:
            m_text += m_literal;
            break;
        case Break::Space:
            m_text += m_literal.isEmpty() ? QStringView(u" ") : QStringView(m_literal);
            break;
        case Break::Tab:
            m_text += u'\t' + m_literal;
            break;
        case Break::Line:
        case Break::Paragraph:
            m_text += (m_break == Break::Line ? QStringLiteral("\n") : QStringLiteral("\n\n")) + m_literal;
            break;
        }
    }
    m_break = Break::None;
    m_literal.clear();
    m_runs.push_back({int(m_text.size()), int(text.size()), rect, face});
    m_text += text;
    return int(m_runs.size()) - 1;
}

void DocumentText::addBreak(Break kind)
{
    if (kind >= Break::Line) {
        // Preformatted space before the end of a block is not seen.
        m_literal.clear();
    }
    m_break = std::max(m_break, kind);
}

void DocumentText::replaceBreak(Break kind)
{
    m_literal.clear();
    m_break = kind;
}

void DocumentText::addLiteral(QStringView space)
{
    m_literal += space;
}

bool DocumentText::nextIsOnSameLine(std::size_t run) const
{
    if (run + 1 >= m_runs.size())
        return false;
    const QRect &a = m_runs[run].rect;
    const QRect &b = m_runs[run + 1].rect;
    const int gap = b.left() - a.right() - 1;
    return gap >= 0 && gap <= 3 * std::max(8, a.height()) && a.top() <= b.bottom() && b.top() <= a.bottom();
}

QRect DocumentText::highlightArea(int run) const
{
    QRect area = m_runs[std::size_t(run)].rect;
    if (nextIsOnSameLine(std::size_t(run)))
        area.setRight(std::max(area.right(), m_runs[std::size_t(run) + 1].rect.left() - 1));
    return area;
}

QRect DocumentText::highlightRect(int run, TextRange range) const
{
    const TextRun &r = m_runs[std::size_t(run)];
    const int from = std::max(range.start, r.start) - r.start;
    const int to = std::min(range.end, r.start + r.length) - r.start;
    if (from >= to)
        return {};
    QRect rect = range.end > r.start + r.length ? highlightArea(run) : r.rect;
    if (from == 0 && to == r.length)
        return rect;
    const QString text = m_text.mid(r.start, r.length);
    const int a = r.face->cursorX(text, from);
    const int b = r.face->cursorX(text, to);
    const int left = r.rect.left() + std::min(a, b);
    return QRect(left, rect.top(), to == r.length && a <= b ? rect.right() + 1 - left : std::abs(b - a), rect.height());
}

int DocumentText::firstRunEndingAfter(int offset) const
{
    const auto found = std::partition_point(m_runs.begin(), m_runs.end(),
                                            [offset](const TextRun &run) { return run.start + run.length <= offset; });
    return int(found - m_runs.begin());
}

std::vector<QRect> DocumentText::rects(TextRange range) const
{
    std::vector<QRect> out;
    for (int run = firstRunEndingAfter(range.start);
         run < int(m_runs.size()) && m_runs[std::size_t(run)].start < range.end; ++run) {
        const QRect rect = highlightRect(run, range);
        if (rect.isEmpty())
            continue;
        const bool joins = !out.empty() && out.back().top() == rect.top() && out.back().bottom() == rect.bottom() &&
                           rect.left() >= out.back().left() && rect.left() <= out.back().right() + 1;
        if (joins)
            out.back() |= rect;
        else
            out.push_back(rect);
    }
    return out;
}

int DocumentText::offsetAt(QPoint point) const
{
    qint64 best = -1;
    const TextRun *nearest = nullptr;
    for (const TextRun &run : m_runs) {
        const QRect &r = run.rect;
        const qint64 dy = std::max({0, r.top() - point.y(), point.y() - r.bottom()});
        const qint64 dx = std::max({0, r.left() - point.x(), point.x() - r.right()});
        // Lines first: what is beside the point is nearer than what is above it.
        const qint64 distance = dy * 100'000 + dx;
        if (best < 0 || distance < best) {
            best = distance;
            nearest = &run;
            if (distance == 0)
                break;
        }
    }
    if (!nearest)
        return 0;
    if (point.y() < nearest->rect.top())
        return nearest->start;
    if (point.y() > nearest->rect.bottom() || point.x() > nearest->rect.right())
        return nearest->start + nearest->length;
    if (point.x() <= nearest->rect.left())
        return nearest->start;
    return nearest->start +
           nearest->face->indexAt(m_text.mid(nearest->start, nearest->length), point.x() - nearest->rect.left());
}

TextRange DocumentText::wordAt(int offset) const
{
    const TextRange paragraph = paragraphAt(offset);
    if (paragraph.isEmpty())
        return paragraph;
    // A word far longer than any real one is cut, so that a double click costs nothing.
    const int from = std::max(paragraph.start, offset - 1000);
    const int to = std::min(paragraph.end, offset + 1000);
    const QString piece = m_text.mid(from, to - from);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, piece);
    finder.setPosition(std::clamp(offset - from, 0, int(piece.size())));
    if (offset - from >= piece.size() || !finder.isAtBoundary())
        finder.toPreviousBoundary();
    const int start = int(std::max<qsizetype>(0, finder.position()));
    const qsizetype end = finder.toNextBoundary();
    return {from + start, from + int(end < 0 ? piece.size() : end)};
}

TextRange DocumentText::paragraphAt(int offset) const
{
    offset = std::clamp(offset, 0, int(m_text.size()));
    const qsizetype before = offset == 0 ? -1 : m_text.lastIndexOf(u'\n', offset - 1);
    const qsizetype after = m_text.indexOf(u'\n', offset);
    return {int(before + 1), int(after < 0 ? m_text.size() : after)};
}

} // namespace bulkhead
