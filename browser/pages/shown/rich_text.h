// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/shown/outside_text.h"

namespace bulkhead {

/// Markup for tooltips and labels, made of texts that are escaped on their way in: the one place that makes any. Only
/// its own tags are in it.
class RichText
{
public:
    RichText &bold(const OutsideText &text);
    RichText &text(const OutsideText &text);
    RichText &line(const OutsideText &text);
    /// A row of a table of two columns; rows that follow each other are one table.
    RichText &row(const OutsideText &name, const OutsideText &value);
    /// @p target is an address of the app's own.
    RichText &link(const OutsideText &text, const QString &target);

    bool isEmpty() const { return m_html.isEmpty(); }
    QString html() const;
    /// The same without markup, for who copies, reads aloud or tests it.
    const QString &plain() const { return m_plain; }

private:
    void endTable();

    QString m_html;
    QString m_plain;
    bool m_inTable = false;
};

/// For Qt::ToolTipRole and everything else that decides by itself whether a string is markup (Qt::mightBeRichText):
/// what could be taken for it is escaped, the rest stays as it is.
QString toolTipText(const OutsideText &text);

} // namespace bulkhead
