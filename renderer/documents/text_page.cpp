// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/text_page.h"

#include "ipc/text/amounts.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <cmath>
#include <utility>

namespace bulkhead {

namespace {

constexpr int margin = 12;
constexpr int noticeHeight = 48;
constexpr int minimumColumns = 20;
constexpr int columnsWithoutWrapping = 2000;
constexpr qreal unlimitedWidth = 1'000'000;
constexpr int cachedCharacters = 512 * 1024;

MetaCharset metaCharsetOf(const QString &mimeType)
{
    return mimeType.endsWith(u"xml") ? MetaCharset::Honour : MetaCharset::Ignore;
}

bool belongsToWord(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c.isSurrogate() || c == u'_';
}

QTextLayout::FormatRange formatRange(qsizetype begin, qsizetype end, const QColor &background, const QColor &text)
{
    QTextLayout::FormatRange range;
    range.start = int(begin);
    range.length = int(end - begin);
    range.format.setBackground(background);
    range.format.setForeground(text);
    return range;
}

} // namespace

TextPage::TextPage(const DocumentHead &head, PageClient &client)
    : m_client(client), m_colors(documentColors(colorSchemeOf(head))), m_url(head.url),
      m_font(QStringLiteral("monospace")), m_buffer(head.charset, metaCharsetOf(head.mimeType)),
      m_layouts(cachedCharacters)
{
    m_font.setStyleHint(QFont::Monospace);
    m_font.setFixedPitch(true);
    m_font.setPixelSize(14);
    // Advances that do not depend on the scale: what wraps at 100 % wraps at 150 %.
    m_font.setHintingPreference(QFont::PreferNoHinting);
    const QFontMetricsF metrics(m_font);
    m_columnWidth = metrics.horizontalAdvance(u'0');
    m_ascent = int(std::ceil(metrics.ascent()));
    m_rowHeight = m_ascent + int(std::ceil(metrics.descent())) + 2;
    rebuildRows();
}

void TextPage::append(QByteArrayView bytes)
{
    m_buffer.append(bytes);
    grow();
}

void TextPage::finish()
{
    m_buffer.finish();
    grow();
    m_client.loadFinished();
}

void TextPage::grow()
{
    if (!std::exchange(m_titled, true)) {
        const QString name = m_url.fileName();
        m_client.titleChanged(name.isEmpty() ? m_url.toDisplayString() : name);
    }
    const QSize before = contentSize();
    const int lastRow = m_rows.rowCount() - 1;
    if (m_wraps && m_buffer.text().size() > wrapLimit) {
        rebuildRows();
        m_client.invalidateAll();
    } else {
        m_layouts.remove(lastRow);
        m_rows.extend(m_buffer.text());
        m_client.invalidate(rowsRect(qMax(0, lastRow), m_rows.rowCount() - 1).adjusted(0, 0, 0, noticeHeight));
    }
    m_finder.extend(m_buffer.text());
    if (contentSize() != before) {
        m_client.contentSizeChanged();
    }
}

void TextPage::rebuildRows()
{
    m_wraps = m_buffer.text().size() <= wrapLimit;
    m_columns = wantedColumns();
    m_layouts.clear();
    m_rows.reset(m_columns);
    m_rows.extend(m_buffer.text());
}

int TextPage::wantedColumns() const
{
    return m_wraps ? qMax(minimumColumns, int((m_viewport.width() - 2 * margin) / m_columnWidth))
                   : columnsWithoutWrapping;
}

void TextPage::setViewport(QSize size, qreal)
{
    if (size == m_viewport) {
        return;
    }
    m_viewport = size;
    if (wantedColumns() != m_columns) {
        rebuildRows();
    }
    m_client.contentSizeChanged();
    m_client.invalidateAll();
}

QSize TextPage::contentSize() const
{
    const int textWidth = 2 * margin + int(std::ceil(m_rows.widestRow() * m_columnWidth));
    const int width = m_wraps && m_columns > minimumColumns ? m_viewport.width() : textWidth;
    const int height = 2 * margin + m_rows.rowCount() * m_rowHeight + (m_buffer.isCut() ? noticeHeight : 0);
    return {qMax(width, m_viewport.width()), height};
}

QColor TextPage::backgroundColor() const
{
    return m_colors.background;
}

void TextPage::paint(QPainter &painter, const QRect &damage)
{
    const int last = rowAtY(damage.bottom());
    for (int row = rowAtY(damage.top()); row <= last && row < m_rows.rowCount(); ++row) {
        paintRow(painter, row);
    }
    if (m_buffer.isCut()) {
        paintNotice(painter);
    }
}

void TextPage::paintRow(QPainter &painter, int row)
{
    const auto [begin, end] = m_rows.row(row, m_buffer.text());
    const QTextLayout &layout = layoutOf(row);
    QList<QTextLayout::FormatRange> ranges;
    for (int match = m_finder.firstEndingAfter(begin); match < m_finder.count(); ++match) {
        const qsizetype start = m_finder.start(match);
        if (start >= end) {
            break;
        }
        const QColor &color = match == m_finder.active() ? m_colors.activeMatch : m_colors.match;
        ranges.append(formatRange(qMax(start, begin) - begin, qMin(start + m_finder.length(), end) - begin, color,
                                  match == m_finder.active() ? m_colors.matchText : m_colors.text));
    }
    const qsizetype selectedFrom = qMax(selectionBegin(), begin);
    const qsizetype selectedTo = qMin(selectionEnd(), end);
    if (selectedFrom < selectedTo) {
        ranges.append(formatRange(selectedFrom - begin, selectedTo - begin, m_colors.selection, m_colors.text));
    }

    // Qt's text layout counts in 26.6 fixed point, which ends at 33 million pixels: move the painter, not the text.
    painter.save();
    painter.translate(rowOrigin(row));
    if (begin == end && selectionBegin() <= begin && selectionEnd() > end) {
        painter.fillRect(QRectF(0, 0, m_columnWidth / 2, m_rowHeight), m_colors.selection);
    }
    painter.setPen(m_colors.text);
    layout.draw(&painter, QPointF(0, 0), ranges);
    painter.restore();
}

void TextPage::paintNotice(QPainter &painter)
{
    const int top = rowOrigin(m_rows.rowCount()).y() + margin;
    const QRect box(margin, top, m_viewport.width() - 2 * margin, noticeHeight - margin);
    painter.fillRect(box, m_colors.surface);
    painter.fillRect(QRect(box.topLeft(), QSize(4, box.height())), m_colors.accent);
    QFont font(QStringLiteral("sans-serif"));
    font.setPixelSize(14);
    painter.setFont(font);
    painter.setPen(m_colors.muted);
    painter.drawText(box.adjusted(16, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                     QCoreApplication::translate("TextPage",
                                                 "This document goes on, but only its first %1 (at most %L2 "
                                                 "million lines) are shown.")
                         .arg(bytesText(TextBuffer::maximumBytes, BytesIn::Exact))
                         .arg(TextBuffer::maximumLines / 1'000'000));
}

const QTextLayout &TextPage::layoutOf(int row)
{
    if (const QTextLayout *cached = m_layouts.object(row)) {
        return *cached;
    }
    const auto [begin, end] = m_rows.row(row, m_buffer.text());
    auto layout = std::make_unique<QTextLayout>(m_buffer.text().sliced(begin, end - begin), m_font);
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    option.setTabStopDistance(RowIndex::tabColumns * m_columnWidth);
    layout->setTextOption(option);
    layout->beginLayout();
    QTextLine line = layout->createLine();
    if (line.isValid()) {
        line.setLineWidth(unlimitedWidth);
        // Fallback fonts may be higher: keep all rows on one baseline.
        line.setPosition(QPointF(0, m_ascent + 1 - line.ascent()));
    }
    layout->endLayout();
    QTextLayout &result = *layout;
    m_layouts.insert(row, layout.release(), int(end - begin) + 32);
    return result;
}

QPoint TextPage::rowOrigin(int row) const
{
    return {margin, margin + row * m_rowHeight};
}

QRect TextPage::rowsRect(int first, int last) const
{
    // Glyphs of fallback fonts may reach over their row's edges.
    return {0, rowOrigin(first).y() - 4, contentSize().width(), (last - first + 1) * m_rowHeight + 8};
}

QRect TextPage::rectOf(qsizetype begin, qsizetype end)
{
    if (m_rows.rowCount() == 0) {
        return {};
    }
    const int row = m_rows.rowAt(begin);
    const auto range = m_rows.row(row, m_buffer.text());
    const QTextLine line = layoutOf(row).lineAt(0);
    const qreal left = line.cursorToX(int(begin - range.begin));
    const qreal right = line.cursorToX(int(qMin(end, range.end) - range.begin));
    return QRectF(qMin(left, right), 0, qMax(1.0, qAbs(right - left)), m_rowHeight)
        .translated(rowOrigin(row))
        .toAlignedRect();
}

int TextPage::rowAtY(int y) const
{
    return qBound(0, (y - margin) / m_rowHeight, qMax(0, m_rows.rowCount() - 1));
}

qsizetype TextPage::offsetAt(QPoint point)
{
    if (m_rows.rowCount() == 0) {
        return 0;
    }
    const int row = rowAtY(point.y());
    const auto range = m_rows.row(row, m_buffer.text());
    return range.begin + layoutOf(row).lineAt(0).xToCursor(point.x() - rowOrigin(row).x());
}

RowIndex::Range TextPage::unitAround(qsizetype offset, Unit unit) const
{
    const QString &text = m_buffer.text();
    if (unit == Unit::Character || text.isEmpty()) {
        return {offset, offset};
    }
    if (unit == Unit::Line) {
        const qsizetype end = text.indexOf(u'\n', offset);
        const qsizetype begin = offset == 0 ? 0 : text.lastIndexOf(u'\n', offset - 1) + 1;
        return {begin, end < 0 ? text.size() : end + 1};
    }
    qsizetype begin = offset;
    qsizetype end = offset;
    while (begin > 0 && offset - begin < RowIndex::maximumUnits && belongsToWord(text[begin - 1])) {
        --begin;
    }
    while (end < text.size() && end - offset < RowIndex::maximumUnits && belongsToWord(text[end])) {
        ++end;
    }
    if (begin == end && end < text.size() && text[end] != u'\n') {
        ++end;
    }
    return {begin, end};
}

void TextPage::select(RowIndex::Range anchor, RowIndex::Range cursor)
{
    const bool hadSelection = selectionBegin() < selectionEnd();
    const qsizetype begins[] = {selectionBegin(), qMin(anchor.begin, cursor.begin)};
    const qsizetype ends[] = {selectionEnd(), qMax(anchor.end, cursor.end)};
    m_anchor = anchor;
    m_cursor = cursor;
    // What changed lies between the old and the new edges.
    if (begins[0] != begins[1]) {
        m_client.invalidate(
            rowsRect(m_rows.rowAt(qMin(begins[0], begins[1])), m_rows.rowAt(qMax(begins[0], begins[1]))));
    }
    if (ends[0] != ends[1]) {
        m_client.invalidate(rowsRect(m_rows.rowAt(qMin(ends[0], ends[1])), m_rows.rowAt(qMax(ends[0], ends[1]))));
    }
    const bool hasSelection = begins[1] < ends[1];
    if (hadSelection != hasSelection) {
        m_client.selectionChanged(hasSelection);
    }
}

HitResult TextPage::hitTest(QPoint point)
{
    HitResult hit;
    hit.overText = point.y() >= margin && point.y() < rowOrigin(m_rows.rowCount()).y();
    return hit;
}

void TextPage::mousePress(const PageMouseEvent &event)
{
    if (event.button != Qt::LeftButton) {
        return;
    }
    m_selecting = true;
    m_unit = event.clickCount == 2 ? Unit::Word : event.clickCount > 2 ? Unit::Line : Unit::Character;
    const RowIndex::Range unit = unitAround(offsetAt(event.position), m_unit);
    select(event.modifiers.testFlag(Qt::ShiftModifier) ? m_anchor : unit, unit);
}

void TextPage::mouseMove(const PageMouseEvent &event)
{
    if (!m_selecting || !event.buttons.testFlag(Qt::LeftButton)) {
        m_selecting = false;
        m_client.cursorChanged(hitTest(event.position).overText ? Qt::IBeamCursor : Qt::ArrowCursor);
        return;
    }
    const qsizetype offset = offsetAt(event.position);
    select(m_anchor, unitAround(offset, m_unit));
    m_client.scrollIntoView(rectOf(offset, offset));
}

void TextPage::mouseRelease(const PageMouseEvent &)
{
    m_selecting = false;
}

FindResult TextPage::find(const QString &text, FindDirection direction, FindCase sensitivity)
{
    m_finder.find(m_buffer.text(), text, direction, sensitivity, selectionBegin());
    m_client.invalidateAll();
    FindResult result;
    result.count = m_finder.count();
    if (m_finder.active() >= 0) {
        const qsizetype start = m_finder.start(m_finder.active());
        result.active = m_finder.active() + 1;
        result.activeRect = rectOf(start, start + m_finder.length());
    }
    return result;
}

QString TextPage::selectedText() const
{
    return m_buffer.text().sliced(selectionBegin(), selectionEnd() - selectionBegin());
}

void TextPage::selectAll()
{
    select({0, 0}, {m_buffer.text().size(), m_buffer.text().size()});
}

void TextPage::clearSelection()
{
    select({}, {});
}

QString TextPage::text() const
{
    return m_buffer.text();
}

} // namespace bulkhead
