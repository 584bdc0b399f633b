// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/markdown_guard.h"

#include <QByteArrayView>

#include <algorithm>

namespace bulkhead {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Goes through a document line by line, writing what cmark gets to see.
class MarkdownGuard
{
public:
    explicit MarkdownGuard(qsizetype size) { m_out.reserve(size + size / 64); }

    void line(QByteArrayView text)
    {
        const QByteArrayView rest = openers(text);
        if (rest.isEmpty()) {
            endBlock();
        } else if (!fence(rest) && m_fence == 0) {
            content(rest);
        } else {
            m_out += rest;
        }
        m_out += '\n';
    }

    QByteArray result() { return std::move(m_out); }

private:
    /// Copies what may open blocks at the line's beginning and returns what follows.
    QByteArrayView openers(QByteArrayView text)
    {
        int count = 0;
        qsizetype i = 0;
        for (; i < text.size(); ++i) {
            const char c = text[i];
            if (c == '>' || c == '-' || c == '+' || c == '*' ||
                ((c == '.' || c == ')') && i > 0 && isDigit(text[i - 1]))) {
                if (++count > MarkdownLimits::nesting) {
                    continue;
                }
            } else if (!isBlank(c) && !isDigit(c)) {
                break;
            }
            if (count <= MarkdownLimits::nesting) {
                m_out += c;
            }
        }
        if (count > 0 || text.startsWith("    ") || text.startsWith('\t') || text.startsWith('#')) {
            m_paragraphBytes = 0;
        }
        return text.sliced(i);
    }

    /// True when the line opens or closes a block of code. Its lines are not looked into.
    bool fence(QByteArrayView text)
    {
        const char c = text[0];
        if ((c != '`' && c != '~') || (m_fence != 0 && c != m_fence)) {
            return false;
        }
        qsizetype length = 0;
        while (length < text.size() && text[length] == c) {
            ++length;
        }
        const QByteArrayView rest = text.sliced(length).trimmed();
        if (m_fence == 0) {
            if (length < 3 || (c == '`' && rest.contains('`'))) {
                return false;
            }
            m_fence = c;
            m_fenceLength = length;
            endBlock();
            return true;
        }
        if (length < m_fenceLength || !rest.isEmpty()) {
            return false;
        }
        m_fence = 0;
        return true;
    }

    void content(QByteArrayView text)
    {
        int pipes = 0;
        for (const char c : text) {
            if (c == '|' && ++pipes > MarkdownLimits::tableColumns) {
                continue;
            }
            if (c == '[' && ++m_openBrackets > MarkdownLimits::openBrackets) {
                continue;
            }
            if (c == ']' && m_openBrackets > 0) {
                --m_openBrackets;
            }
            m_out += c;
            // Each may be a mail address, which is looked for in all that is around it.
            m_paragraphBytes += c == '@' ? MarkdownLimits::paragraph / 128 : 0;
            // Not inside of a character.
            if (++m_paragraphBytes > MarkdownLimits::paragraph && uchar(c) < 0x80) {
                m_out += "\n\n";
                endBlock();
            }
        }
        countCells(pipes);
    }

    /// cmark fills up rows that are shorter than their table's head: n columns by m empty rows for n + m bytes.
    void countCells(int pipes)
    {
        m_blockPipes = std::max(m_blockPipes, std::min(pipes, MarkdownLimits::tableColumns));
        if (pipes > 0) {
            m_paragraphBytes = 0;
        }
        m_missingCells += std::max(0, m_blockPipes - pipes);
        if (m_missingCells > MarkdownLimits::missingCells && pipes < m_blockPipes) {
            m_out += '\n';
            endBlock();
        }
    }

    void endBlock()
    {
        m_paragraphBytes = 0;
        m_openBrackets = 0;
        m_blockPipes = 0;
    }

    QByteArray m_out;
    qsizetype m_paragraphBytes = 0;
    int m_openBrackets = 0;
    int m_blockPipes = 0; ///< most in one line since the last empty line
    qint64 m_missingCells = 0;
    char m_fence = 0;
    qsizetype m_fenceLength = 0;
};

} // namespace

QByteArray guardedMarkdown(const QByteArray &utf8)
{
    MarkdownGuard guard(utf8.size());
    qsizetype begin = 0;
    while (begin < utf8.size()) {
        const qsizetype end = utf8.indexOf('\n', begin);
        QByteArrayView line = QByteArrayView(utf8).sliced(begin, (end < 0 ? utf8.size() : end) - begin);
        begin = end < 0 ? utf8.size() : end + 1;
        if (line.endsWith('\r')) {
            line.chop(1);
        }
        guard.line(line);
    }
    return guard.result();
}

} // namespace bulkhead
