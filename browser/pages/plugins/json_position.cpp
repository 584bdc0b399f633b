// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/json_position.h"

#include <QJsonDocument>

namespace bulkhead {

namespace {

/// Walks over well-formed JSON; nothing is checked.
class Walker
{
public:
    explicit Walker(const QByteArray &text) : m_text(text) {}

    qsizetype find(const QStringList &path)
    {
        skipSpace();
        qsizetype found = m_at;
        for (const QString &step : path) {
            if (!enter(step))
                break;
            found = m_at;
        }
        return found;
    }

private:
    char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skipSpace()
    {
        while (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r')
            ++m_at;
    }

    QString string()
    {
        const qsizetype from = m_at++;
        while (m_at < m_text.size() && here() != '"')
            m_at += here() == '\\' ? 2 : 1;
        ++m_at;
        // Escapes are JSON's business.
        const QByteArray array = '[' + m_text.mid(from, m_at - from) + ']';
        return QJsonDocument::fromJson(array)[0].toString();
    }

    void skipValue()
    {
        int depth = 0;
        do {
            skipSpace();
            const char c = here();
            if (c == '"') {
                string();
                continue;
            }
            if (c == '{' || c == '[')
                ++depth;
            else if (c == '}' || c == ']')
                --depth;
            else if (depth == 0) {
                while (m_at < m_text.size() && !QByteArrayView(",]} \t\r\n").contains(here()))
                    ++m_at;
                return;
            }
            ++m_at;
        } while (depth > 0 && m_at < m_text.size());
    }

    /// To the member or element of the container here; false when it has none of that name, and then stays.
    bool enter(const QString &step)
    {
        const qsizetype start = m_at;
        const bool isObject = here() == '{';
        if (!isObject && here() != '[')
            return false;
        ++m_at;
        for (int index = 0;; ++index) {
            skipSpace();
            if (m_at >= m_text.size() || here() == '}' || here() == ']')
                break;
            QString name = QString::number(index);
            if (isObject) {
                name = string();
                skipSpace();
                ++m_at; // the colon
                skipSpace();
            }
            if (name == step)
                return true;
            skipValue();
            skipSpace();
            if (here() == ',')
                ++m_at;
        }
        m_at = start;
        return false;
    }

    const QByteArray &m_text;
    qsizetype m_at = 0;
};

} // namespace

TextPosition positionOf(const QByteArray &text, qsizetype offset)
{
    const QByteArray before = text.left(offset);
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    return {int(before.count('\n')) + 1, int(QString::fromUtf8(before.mid(lineStart)).size()) + 1};
}

TextPosition positionOf(const QByteArray &json, const QStringList &path)
{
    return positionOf(json, Walker(json).find(path));
}

} // namespace bulkhead
