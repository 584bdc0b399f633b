// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QMetaType>
#include <QString>

class QUrl;

namespace bulkhead {

/// Text that is not the app's own, ready to be shown: titles, names, messages, reasons, file names, and every sentence
/// that one of these was put into. Control, direction and other invisible characters are gone, the length is bounded.
/// It never becomes a QString by itself; what takes it (browser/widgets/plain_text.h, rich_text.h) shows it as text,
/// never as markup.
class OutsideText
{
public:
    enum class Lines { One, Many };

    static constexpr qsizetype LongestLine = 512; ///< characters of one line: a title, a name, a sentence
    static constexpr qsizetype LongestName = 80;
    static constexpr qsizetype LongestBlock = 4096; ///< characters of several

    OutsideText() = default;
    explicit OutsideText(const QString &text, Lines lines = Lines::One);
    /// For one of several in a sentence, none of which may push the others out of sight.
    static OutsideText name(const QString &text);
    /// As ShownAddress writes it.
    explicit OutsideText(const QUrl &url);

    bool isEmpty() const { return m_text.isEmpty(); }
    /// To be measured, painted (QPainter::drawText) or put into a sentence that becomes an OutsideText again.
    const QString &plain() const { return m_text; }
    /// For markup: nothing in it is a tag or an entity, newlines are <br>.
    QString escaped() const;

    friend bool operator==(const OutsideText &a, const OutsideText &b) { return a.m_text == b.m_text; }
    friend bool operator!=(const OutsideText &a, const OutsideText &b) { return !(a == b); }

private:
    OutsideText(const QString &text, Lines lines, qsizetype longest);

    QString m_text;
};

} // namespace bulkhead

Q_DECLARE_METATYPE(bulkhead::OutsideText)
