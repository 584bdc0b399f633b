// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/word_splitter.h"

namespace bulkhead {

namespace {

constexpr qsizetype longestWord = 512;

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\n' || c == u'\t' || c == u'\r' || c == u'\f';
}

bool isIdeographic(char32_t c)
{
    return (c >= 0x3041 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
           (c >= 0x20000 && c <= 0x3ffff);
}

// Marks that may not start a line: closing brackets, full stops, small kana and the like.
bool stays(char32_t c)
{
    static const QString marks =
        QStringLiteral(u"\u3001\u3002\uff0c\uff0e\u30fb\uff1a\uff1b\uff1f\uff01\u300d\u300f\u3011"
                       u"\u3015\uff09\u3009\u300b\u30fc\u3041\u3043\u3045\u3047\u3049\u3063\u3083"
                       u"\u3085\u3087\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7");
    return c < 0x10000 && marks.contains(QChar(ushort(c)));
}

} // namespace

void splitWords(const QString &text, const std::function<void(const QString &)> &onWord,
                const std::function<void(QChar)> &onSpace)
{
    QString word;
    bool breakable = false; // the word ends in an ideograph
    const auto flush = [&] {
        if (!word.isEmpty())
            onWord(word);
        word.clear();
        breakable = false;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (isSpace(c)) {
            flush();
            onSpace(c);
            continue;
        }
        if (c == QChar(0x200b)) { // zero-width space: a place to break
            flush();
            continue;
        }
        if (c == QChar(0xad)) // soft hyphen: there is no hyphenation
            continue;
        char32_t code = c.unicode();
        const bool pair = c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair)
            code = QChar::surrogateToUcs4(c, text[i + 1]);
        const bool ideographic = isIdeographic(code);
        if ((ideographic || breakable) && !stays(code))
            flush();
        word += c;
        if (pair)
            word += text[++i];
        breakable = ideographic || (breakable && stays(code));
        if (word.size() >= longestWord)
            flush();
    }
    flush();
}

} // namespace bulkhead
