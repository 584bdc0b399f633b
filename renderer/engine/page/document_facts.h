// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"

#include <QList>
#include <QString>
#include <QUrl>

#include <vector>

namespace bulkhead::engine {

/// A <style> element or a <link rel=stylesheet>.
struct StyleSource
{
    QString text; ///< of a <style>
    QUrl url;     ///< of a <link>, resolved; empty for a <style>
    QString media;

    friend bool operator==(const StyleSource &, const StyleSource &) = default;
};

/// What a document says of itself, outside its text.
struct DocumentFacts
{
    QString title;
    QUrl base; ///< what its addresses are relative to
    QList<QUrl> icons;
    std::vector<StyleSource> styles; ///< those that apply, in document order
    QString colorScheme;             ///< of <meta name=color-scheme>
};

/// @p url is the document's own.
DocumentFacts factsOf(const Document &document, const QUrl &url);

/// A URL in an attribute, against the document's base.
QUrl resolvedUrl(const QUrl &base, QStringView written);

} // namespace bulkhead::engine
