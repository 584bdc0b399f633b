// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/shown/rich_text.h"

#include <algorithm>

namespace bulkhead {

RichText &RichText::bold(const OutsideText &text)
{
    endTable();
    m_html += QLatin1String("<b>") + text.escaped() + QLatin1String("</b>");
    m_plain += text.plain();
    return *this;
}

RichText &RichText::text(const OutsideText &text)
{
    endTable();
    m_html += text.escaped();
    m_plain += text.plain();
    return *this;
}

RichText &RichText::line(const OutsideText &text)
{
    endTable();
    m_html += QLatin1String("<div>") + text.escaped() + QLatin1String("</div>");
    m_plain += u'\n' + text.plain();
    return *this;
}

RichText &RichText::row(const OutsideText &name, const OutsideText &value)
{
    if (!m_inTable)
        m_html += QLatin1String("<table>");
    m_inTable = true;
    m_html += QLatin1String("<tr><td style='padding-right:10px'>") + name.escaped() + QLatin1String("</td><td>") +
              value.escaped() + QLatin1String("</td></tr>");
    m_plain += u'\n' + name.plain() + u' ' + value.plain();
    return *this;
}

RichText &RichText::link(const OutsideText &text, const QString &target)
{
    endTable();
    m_html += QLatin1String(" <a href=\"") + target.toHtmlEscaped() + QLatin1String("\">") + text.escaped() +
              QLatin1String("</a>");
    m_plain += u' ' + text.plain();
    return *this;
}

void RichText::endTable()
{
    if (m_inTable)
        m_html += QLatin1String("</table>");
    m_inTable = false;
}

QString RichText::html() const
{
    return QLatin1String("<qt>") + m_html + (m_inTable ? QLatin1String("</table></qt>") : QLatin1String("</qt>"));
}

QString toolTipText(const OutsideText &text)
{
    const QString &plain = text.plain();
    const bool couldBeMarkup = std::any_of(plain.begin(), plain.end(), [](QChar c) { return c == u'<' || c == u'&'; });
    return couldBeMarkup ? QLatin1String("<qt>") + text.escaped() + QLatin1String("</qt>") : plain;
}

} // namespace bulkhead
