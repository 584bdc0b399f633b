// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/keywords.h"

#include <QString>
#include <QStringView>

#include <cstdint>
#include <vector>

namespace bulkhead::engine {

struct TransformedText
{
    QString text;
    /// For each character the offset in what was transformed; empty: the same.
    std::vector<std::uint32_t> sources;
};

/// text-transform (css-text-3 2.1) over the texts of one inline formatting context, in document order: a word that
/// begins in one element is not capitalized again in the next.
class TextTransformer
{
public:
    TransformedText transform(QStringView text, TextTransform kind, const QString &language);
    /// A forced break or an atomic inline: a word ends.
    void endWord() { m_previous.clear(); }

private:
    TransformedText capitalize(QStringView text, const QString &language);

    QString m_previous; // the last character of the text before: a word may go on
};

} // namespace bulkhead::engine
