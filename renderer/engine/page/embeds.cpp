// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/embeds.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/page/document_facts.h"

namespace bulkhead::engine {

namespace {

constexpr std::size_t mostBoxes = 64;
constexpr int mostAttributes = 32;
constexpr qsizetype mostAttributeCharacters = 4096;

} // namespace

std::vector<EmbedBox> embedBoxes(const Document &document, const QUrl &base, const DocumentStyles &styles,
                                 const NodePlaces &places)
{
    std::vector<EmbedBox> boxes;
    for (NodeId id = NodeId::Root; id != NodeId::None && boxes.size() < mostBoxes; id = document.nextInTree(id)) {
        const bool isObject = document.isElement(id, tag::Object);
        if (!isObject && !document.isElement(id, tag::Embed))
            continue;
        const QString *source = document.attribute(id, isObject ? attr::Data : attr::Src);
        const QString *typeAttribute = document.attribute(id, attr::Type);
        const QString type = typeAttribute ? typeAttribute->trimmed().toLower() : QString();
        if (!source || source->isEmpty() || (isObject && type.isEmpty()) || type.startsWith(u"image/") ||
            places.box(id) == BoxId::None || styles.of(id).inherited->visibility != Visibility::Visible)
            continue;
        EmbedBox box;
        box.area = places.borderBox(places.box(id));
        box.url = resolvedUrl(base, *source);
        box.mimeType = type;
        for (const Attribute &attribute : document.attributes(id)) {
            if (box.attributes.size() < mostAttributes && attribute.value.size() <= mostAttributeCharacters)
                box.attributes.append({document.atoms().name(attribute.name), attribute.value});
        }
        boxes.push_back(std::move(box));
    }
    return boxes;
}

} // namespace bulkhead::engine
