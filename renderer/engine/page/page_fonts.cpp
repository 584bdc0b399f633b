// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/page_fonts.h"

#include "renderer/engine/base/limits.h"
#include "renderer/resources/inline_data.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace bulkhead::engine {

namespace {

std::uint16_t toWeight(double weight)
{
    return std::uint16_t(std::clamp(std::lround(weight), 1L, 1000L));
}

FontFaceDescriptors toDescriptors(const css::FontFace &face)
{
    FontFaceDescriptors descriptors;
    descriptors.family = face.family;
    descriptors.traits.minWeight = toWeight(face.weight.first);
    descriptors.traits.maxWeight = toWeight(face.weight.second);
    descriptors.traits.minStretch = float(face.stretch.first);
    descriptors.traits.maxStretch = float(face.stretch.second);
    descriptors.traits.slant = face.slant == css::FontFace::Slant::Normal   ? FontSlant::Normal
                               : face.slant == css::FontFace::Slant::Italic ? FontSlant::Italic
                                                                            : FontSlant::Oblique;
    descriptors.unicodeRange = face.ranges;
    return descriptors;
}

QString identityOf(const css::FontFace &face)
{
    QString text = face.family + QStringLiteral("|%1|%2|%3|%4|%5")
                                     .arg(face.weight.first)
                                     .arg(face.weight.second)
                                     .arg(face.stretch.first)
                                     .arg(face.stretch.second)
                                     .arg(int(face.slant));
    for (const auto &[from, to] : face.ranges)
        text += QStringLiteral("|%1-%2").arg(uint(from)).arg(uint(to));
    for (const css::FontFace::Source &source : face.sources)
        text += u'|' + (source.isLocal ? source.name : source.url.toString());
    return text;
}

// WOFF 2 needs a decoder that is not here; other formats are no fonts at all.
bool isReadable(const QString &format)
{
    return format.isEmpty() || format == u"truetype" || format == u"opentype" || format == u"woff" ||
           format == u"collection";
}

QSet<QString> usedFamilies(const DocumentStyles &styles)
{
    QSet<QString> families;
    for (std::size_t i = 0; i < styles.distinctCount(); ++i) {
        for (const QString &family : styles.style(StyleId(i)).font->families)
            families.insert(family.toLower());
    }
    return families;
}

} // namespace

PageFonts::PageFonts(PageClient &client, HbShaper &shaper, std::function<void()> changed)
    : m_client(client), m_shaper(shaper), m_changed(std::move(changed))
{
}

PageFonts::~PageFonts()
{
    for (const FetchId id : m_pending)
        m_client.cancel(id);
}

bool PageFonts::request(const std::vector<const css::FontFace *> &faces, const DocumentStyles &styles)
{
    if (faces.empty())
        return false;
    const QSet<QString> used = usedFamilies(styles);
    bool isNew = false;
    for (const css::FontFace *face : faces) {
        if (m_known.size() >= limits::FontFaces)
            break;
        if (!used.contains(face->family.toLower()))
            continue;
        const QString identity = identityOf(*face);
        if (m_known.contains(identity))
            continue;
        m_known.insert(identity);
        auto request = std::make_shared<Request>();
        request->descriptors = toDescriptors(*face);
        request->sources = face->sources;
        isNew = tryNext(request) || isNew;
    }
    return isNew;
}

// True when the font is there at once.
bool PageFonts::tryNext(const std::shared_ptr<Request> &request)
{
    while (request->next < request->sources.size()) {
        const css::FontFace::Source source = request->sources[request->next++];
        if (source.isLocal) {
            if (m_shaper.addLocalFace(request->descriptors, source.name))
                return true;
            continue;
        }
        if (!isReadable(source.format) || !source.url.isValid())
            continue;
        if (source.url.scheme() == u"data") {
            const auto data = decodeInlineData(source.url.toEncoded());
            if (data && m_shaper.addFace(request->descriptors, data->data))
                return true;
            continue;
        }
        ++m_started;
        auto id = std::make_shared<FetchId>();
        *id = m_client.fetch(source.url, ResourceKind::Font, [this, request, id](std::optional<Resource> resource) {
            m_pending.erase(*id);
            if (!resource || !m_shaper.addFace(request->descriptors, resource->data))
                tryNext(request);
            m_changed();
        });
        m_pending.insert(*id);
        return false;
    }
    return false;
}

} // namespace bulkhead::engine
