// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/font_face.h"
#include "renderer/engine/text/typeface.h"

#include <QHash>
#include <QString>

#include <memory>
#include <vector>

namespace bulkhead::engine {

/// The faces that a document's @font-face rules gave, as far as they have arrived.
class WebFonts
{
public:
    struct Face
    {
        FontFaceDescriptors descriptors;
        std::shared_ptr<const Typeface> typeface;
    };

    /// The same descriptors again replace the face. False when there are too many.
    bool add(FontFaceDescriptors descriptors, std::shared_ptr<const Typeface> typeface);
    /// The faces of a family that fit best, the first to be asked first: several when they share their traits and each
    /// covers a part of Unicode. Empty when there is no such family.
    std::vector<std::shared_ptr<const Face>> match(const QString &family, const FontQuery &query) const;

private:
    QHash<QString, std::vector<std::shared_ptr<const Face>>> m_families; // by name in lower case
    int m_count = 0;
};

} // namespace bulkhead::engine
