// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/css_scanner.h"

namespace bulkhead {

namespace {

// Position behind the string that starts at from. A line break ends a string that nothing else does.
qsizetype skipString(QByteArrayView css, qsizetype from, bool *terminated = nullptr)
{
    const char quote = css[from];
    for (qsizetype i = from + 1; i < css.size(); ++i) {
        if (css[i] == '\\') {
            ++i;
        } else if (css[i] == quote || css[i] == '\n') {
            if (terminated)
                *terminated = css[i] == quote;
            return i + 1;
        }
    }
    if (terminated)
        *terminated = false;
    return css.size();
}

bool opens(char c)
{
    return c == '(' || c == '[' || c == '{';
}

char closerOf(char c)
{
    return c == '(' ? ')' : c == '[' ? ']' : '}';
}

} // namespace

QByteArray withoutCssComments(QByteArrayView css)
{
    QByteArray out;
    out.reserve(css.size());
    for (qsizetype i = 0; i < css.size();) {
        const char c = css[i];
        if (c == '/' && i + 1 < css.size() && css[i + 1] == '*') {
            const qsizetype end = css.indexOf("*/", i + 2);
            out += ' ';
            i = end < 0 ? css.size() : end + 2;
        } else if (c == '"' || c == '\'') {
            const qsizetype end = skipString(css, i);
            out += css.sliced(i, end - i);
            i = end;
        } else if (css.sliced(i).startsWith("<!--")) {
            i += 4;
        } else if (css.sliced(i).startsWith("-->")) {
            i += 3;
        } else {
            if (c != '\0')
                out += c;
            ++i;
        }
    }
    return out;
}

qsizetype skipBrackets(QByteArrayView css, qsizetype open)
{
    QByteArray closers;
    for (qsizetype i = open; i < css.size(); ++i) {
        const char c = css[i];
        if (c == '"' || c == '\'') {
            i = skipString(css, i) - 1;
        } else if (c == '\\') {
            ++i;
        } else if (opens(c)) {
            closers += closerOf(c);
        } else if (closers.endsWith(c)) {
            closers.chop(1);
            if (closers.isEmpty())
                return i + 1;
        } else if (c == '}') {
            // A brace ends what is open inside its block.
            const qsizetype brace = closers.lastIndexOf('}');
            if (brace < 0)
                return i;
            closers.truncate(brace);
            if (closers.isEmpty())
                return i + 1;
        }
    }
    return css.size();
}

qsizetype findOutsideBrackets(QByteArrayView css, qsizetype from, QByteArrayView stops)
{
    for (qsizetype i = from; i < css.size(); ++i) {
        const char c = css[i];
        if (stops.indexOf(c) >= 0)
            return i;
        if (c == '"' || c == '\'')
            i = skipString(css, i) - 1;
        else if (c == '\\')
            ++i;
        else if (opens(c))
            i = skipBrackets(css, i) - 1;
    }
    return css.size();
}

std::vector<QByteArrayView> splitOutsideBrackets(QByteArrayView css, char separator)
{
    std::vector<QByteArrayView> parts;
    for (qsizetype at = 0; at <= css.size();) {
        const qsizetype end = findOutsideBrackets(css, at, QByteArrayView(&separator, 1));
        parts.push_back(css.sliced(at, end - at).trimmed());
        at = end + 1;
    }
    return parts;
}

bool hasBraces(QByteArrayView css)
{
    for (qsizetype i = 0; i < css.size(); ++i) {
        const char c = css[i];
        if (c == '"' || c == '\'')
            i = skipString(css, i) - 1;
        else if (c == '\\')
            ++i;
        else if (c == '{' || c == '}')
            return true;
    }
    return false;
}

bool isBalancedCss(QByteArrayView css)
{
    QByteArray closers;
    for (qsizetype i = 0; i < css.size(); ++i) {
        const char c = css[i];
        if (c == '"' || c == '\'') {
            bool terminated = false;
            i = skipString(css, i, &terminated) - 1;
            if (!terminated)
                return false;
        } else if (c == '\\') {
            ++i;
        } else if (opens(c)) {
            closers += closerOf(c);
        } else if (c == ')' || c == ']' || c == '}') {
            if (!closers.endsWith(c))
                return false;
            closers.chop(1);
        }
    }
    return closers.isEmpty();
}

} // namespace bulkhead
