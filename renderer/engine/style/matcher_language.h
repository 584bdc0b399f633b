// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"

#include <QHash>
#include <QString>
#include <QStringView>

#include <optional>
#include <vector>

namespace bulkhead::engine {

/// ":lang()" and ":dir()".
class Languages
{
public:
    Languages(const Document &document, const QString &documentLanguage)
        : m_document(document), m_documentLanguage(documentLanguage)
    {
    }
    /// Whether one of the ranges is of the element's language (selectors-4 7.2).
    bool matches(NodeId element, const std::vector<QString> &ranges) const;
    /// "ltr" or "rtl", as HTML says, "The dir attribute".
    QStringView direction(NodeId element);

private:
    QStringView languageOf(NodeId element) const;
    /// Of dir=auto: by the first letter that has one. Nothing if none has.
    std::optional<QStringView> directionOfText(NodeId element);

    const Document &m_document;
    QString m_documentLanguage;
    QHash<NodeId, std::optional<QStringView>> m_automatic; // of elements with dir=auto
};

} // namespace bulkhead::engine
