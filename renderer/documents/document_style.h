// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QColor>

namespace bulkhead {

struct DocumentHead;

enum class ColorScheme { Light, Dark };

ColorScheme colorSchemeOf(const DocumentHead &head);

/// Colours of documents that bring no style of their own. The same in painted pages and generated HTML.
struct DocumentColors
{
    QColor background;
    QColor surface; ///< code blocks, table heads, the area around pictures
    QColor rule;    ///< lines and borders
    QColor text;
    QColor muted;
    QColor accent; ///< links
    QColor selection;
    QColor match;
    QColor activeMatch;
    QColor matchText;
};

const DocumentColors &documentColors(ColorScheme scheme);

/// Style sheet of generated HTML: typography for Markdown, a table for directory listings. CSS 2.1 only.
QByteArray documentStyleSheet(ColorScheme scheme);

/// A whole HTML document around @p body, which must be safe HTML; @p title is plain text.
QByteArray generatedDocument(const QString &title, const QByteArray &bodyClass, const QByteArray &body,
                             ColorScheme scheme);

} // namespace bulkhead
