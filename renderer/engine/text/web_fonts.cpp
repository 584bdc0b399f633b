// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/web_fonts.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bulkhead::engine {

namespace {
constexpr int MostFaces = 1000;
} // namespace

bool WebFonts::add(FontFaceDescriptors descriptors, std::shared_ptr<const Typeface> typeface)
{
    if (m_count >= MostFaces)
        return false;
    auto &faces = m_families[descriptors.family.toLower()];
    auto face = std::make_shared<const Face>(Face{std::move(descriptors), std::move(typeface)});
    const auto same = std::find_if(faces.begin(), faces.end(),
                                   [&](const auto &other) { return other->descriptors == face->descriptors; });
    if (same != faces.end()) {
        *same = std::move(face);
    } else {
        faces.push_back(std::move(face));
        ++m_count;
    }
    return true;
}

std::vector<std::shared_ptr<const WebFonts::Face>> WebFonts::match(const QString &family, const FontQuery &query) const
{
    const auto found = m_families.constFind(family.toLower());
    if (found == m_families.cend())
        return {};
    std::vector<FaceTraits> traits;
    for (const auto &face : *found)
        traits.push_back(face->descriptors.traits);
    const FaceTraits best = traits[bestFace(traits, query)];
    std::vector<std::shared_ptr<const Face>> matching;
    // css-fonts-4 4.5: of faces that overlap, the one that is declared last has precedence.
    std::copy_if(found->rbegin(), found->rend(), std::back_inserter(matching),
                 [&](const auto &face) { return face->descriptors.traits == best; });
    return matching;
}

} // namespace bulkhead::engine
