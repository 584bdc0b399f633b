// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/documents/document_style.h"
#include "renderer/documents/row_index.h"
#include "renderer/documents/text_buffer.h"
#include "renderer/documents/text_finder.h"
#include "renderer/page/page.h"

#include <QCache>
#include <QFont>
#include <QTextLayout>

namespace bulkhead {

/// Plain text, source code, JSON, XML and the like: fixed pitch, no mark-up. Documents below wrapLimit characters wrap
/// at the viewport's width, larger ones do not. Only visible rows are ever laid out, so cost follows what is seen and
/// not the document; what has arrived can be read before the rest has. TextBuffer bounds memory; where it cut the
/// document a notice below the text says so.
class TextPage : public Page
{
public:
    static constexpr qsizetype wrapLimit = 16 * 1024 * 1024;

    TextPage(const DocumentHead &head, PageClient &client);

    void append(QByteArrayView bytes) override;
    void finish() override;
    void setViewport(QSize size, qreal scale) override;
    QSize contentSize() const override;
    QColor backgroundColor() const override;
    void paint(QPainter &painter, const QRect &damage) override;

    HitResult hitTest(QPoint point) override;
    void mousePress(const PageMouseEvent &event) override;
    void mouseMove(const PageMouseEvent &event) override;
    void mouseRelease(const PageMouseEvent &event) override;

    FindResult find(const QString &text, FindDirection direction, FindCase sensitivity) override;
    QString selectedText() const override;
    void selectAll() override;
    void clearSelection() override;
    /// The text as it is shown, with symbols in the place of control characters.
    QString text() const override;

private:
    enum class Unit { Character, Word, Line };

    void grow();
    void rebuildRows();
    int wantedColumns() const;

    const QTextLayout &layoutOf(int row);
    QPoint rowOrigin(int row) const;
    QRect rowsRect(int first, int last) const;
    QRect rectOf(qsizetype begin, qsizetype end);
    qsizetype offsetAt(QPoint point);
    int rowAtY(int y) const;
    void paintRow(QPainter &painter, int row);
    void paintNotice(QPainter &painter);

    RowIndex::Range unitAround(qsizetype offset, Unit unit) const;
    qsizetype selectionBegin() const { return qMin(m_anchor.begin, m_cursor.begin); }
    qsizetype selectionEnd() const { return qMax(m_anchor.end, m_cursor.end); }
    void select(RowIndex::Range anchor, RowIndex::Range cursor);

    PageClient &m_client;
    const DocumentColors &m_colors;
    QUrl m_url;
    QFont m_font;
    qreal m_columnWidth = 8;
    int m_rowHeight = 16;
    int m_ascent = 12;
    QSize m_viewport{800, 600};
    bool m_titled = false;

    TextBuffer m_buffer;
    RowIndex m_rows;
    bool m_wraps = true;
    int m_columns = 0;
    QCache<int, QTextLayout> m_layouts; ///< by row; cost in characters
    TextFinder m_finder;

    // The selection spans the units (characters, words, lines) where the button went down and where it is now.
    RowIndex::Range m_anchor;
    RowIndex::Range m_cursor;
    Unit m_unit = Unit::Character;
    bool m_selecting = false;
};

} // namespace bulkhead
