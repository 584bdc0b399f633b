// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/font_face.h"
#include "renderer/page/text_range.h"

#include <QPoint>
#include <QRect>
#include <QString>

#include <vector>

namespace bulkhead {

/// A word of the document's text and where it stands.
struct TextRun
{
    int start = 0; ///< in DocumentText::text()
    int length = 0;
    QRect rect;
    const FontFace *face = nullptr;
};

/// The visible text of a document in reading order, and its geometry: which character is where.
class DocumentText
{
public:
    enum class Break { None, Space, Tab, Line, Paragraph };

    /// Runs come in reading order, each with what separates it from the one before.
    int addRun(const QString &text, const QRect &rect, const FontFace *face);
    void addBreak(Break kind);
    void addLiteral(QStringView space);
    /// A table cell ends: what broke lines inside it separates it from the next by a tab only.
    void replaceBreak(Break kind);

    const QString &text() const { return m_text; }
    const std::vector<TextRun> &runs() const { return m_runs; }

    /// What highlighting the whole run paints: the run and the gap to the next one on its line.
    QRect highlightArea(int run) const;
    /// The same for the part of the run inside @p range; empty when there is none.
    QRect highlightRect(int run, TextRange range) const;
    /// One rectangle for each piece of a line inside the range.
    std::vector<QRect> rects(TextRange range) const;

    /// Offset nearest to a point.
    int offsetAt(QPoint point) const;
    TextRange wordAt(int offset) const;
    TextRange paragraphAt(int offset) const;

private:
    int firstRunEndingAfter(int offset) const;
    bool nextIsOnSameLine(std::size_t run) const;

    QString m_text;
    QString m_literal;
    std::vector<TextRun> m_runs;
    Break m_break = Break::None;
};

} // namespace bulkhead
