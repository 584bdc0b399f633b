// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/shown/outside_text.h"

#include "browser/pages/shown/shown_address.h"

#include <QUrl>

#include <algorithm>

namespace bulkhead {
namespace {

/// Joiners that scripts and emoji need; alone they show nothing and turn nothing round.
bool isJoiner(char16_t c)
{
    return c == 0x200c || c == 0x200d;
}

bool isDropped(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control:
        return true;
    case QChar::Other_Format: // direction marks, overrides and isolates, zero-width space, byte-order mark
        return !isJoiner(c.unicode());
    default:
        return false;
    }
}

} // namespace

OutsideText::OutsideText(const QString &text, Lines lines)
    : OutsideText(text, lines, lines == Lines::One ? LongestLine : LongestBlock)
{
}

OutsideText OutsideText::name(const QString &text)
{
    return OutsideText(text, Lines::One, LongestName);
}

OutsideText::OutsideText(const QString &text, Lines lines, qsizetype longest)
{
    // Nobody reads further; the rest of a megabyte is not looked at.
    const QStringView start = QStringView(text).left(4 * longest);
    m_text.reserve(std::min(longest, start.size()));
    bool cut = start.size() < text.size();
    for (qsizetype i = 0; i < start.size(); ++i) {
        if (m_text.size() >= longest) {
            cut = true;
            break;
        }
        const QChar c = start[i];
        const bool newLine = c == u'\n' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
        if (newLine || c == u'\t' || c == u'\r') {
            if (newLine && lines == Lines::Many)
                m_text += u'\n';
            else if (!m_text.isEmpty() && !m_text.back().isSpace())
                m_text += u' ';
        } else if (c.isHighSurrogate() && i + 1 < start.size() && start[i + 1].isLowSurrogate()) {
            const char32_t character = QChar::surrogateToUcs4(c, start[i + 1]);
            if (QChar::category(character) != QChar::Other_Format) // tags
                m_text += start.mid(i, 2);
            ++i;
        } else if (c.isSurrogate()) {
            m_text += QChar::ReplacementCharacter;
        } else if (!isDropped(c)) {
            m_text += c;
        }
    }
    if (cut)
        m_text += u'\u2026';
}

OutsideText::OutsideText(const QUrl &url) : m_text(ShownAddress(url).text()) {}

QString OutsideText::escaped() const
{
    QString html = m_text.toHtmlEscaped();
    html.replace(u'\'', QLatin1String("&#39;"));
    return html.replace(u'\n', QLatin1String("<br>"));
}

} // namespace bulkhead
