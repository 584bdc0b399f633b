// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/image_candidates.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/css/media.h"

#include <QStringList>

#include <vector>

namespace bulkhead::engine {

namespace {

constexpr int maxCandidates = 64;

// "https://x/a.png 2x, b.png": commas end candidates, but may stand inside addresses.
std::vector<ChosenImage> parseSrcset(QStringView srcset, double slotWidth)
{
    std::vector<ChosenImage> candidates;
    qsizetype at = 0;
    while (at < srcset.size() && candidates.size() < maxCandidates) {
        while (at < srcset.size() && (srcset[at].isSpace() || srcset[at] == u','))
            ++at;
        const qsizetype start = at;
        while (at < srcset.size() && !srcset[at].isSpace())
            ++at;
        QStringView url = srcset.sliced(start, at - start);
        QStringView descriptor;
        if (url.endsWith(u',')) {
            while (url.endsWith(u','))
                url.chop(1);
        } else {
            const qsizetype end = srcset.indexOf(u',', at);
            descriptor = srcset.sliced(at, (end < 0 ? srcset.size() : end) - at).trimmed();
            at = end < 0 ? srcset.size() : end + 1;
        }
        if (url.isEmpty())
            continue;
        ChosenImage candidate{url.toString(), 1};
        if (descriptor.endsWith(u'x'))
            candidate.density = descriptor.chopped(1).toDouble();
        else if (descriptor.endsWith(u'w') && slotWidth > 0)
            candidate.density = descriptor.chopped(1).toDouble() / slotWidth;
        if (candidate.density > 0)
            candidates.push_back(candidate);
    }
    return candidates;
}

// sizes="300px" or "100vw"; the whole viewport when it says more.
double slotWidthOf(const QString *sizes, const ImageSurroundings &surroundings)
{
    if (!sizes)
        return surroundings.viewportWidth;
    const QString last = sizes->section(u',', -1).trimmed();
    bool ok = false;
    if (last.endsWith(u"px")) {
        const double width = last.chopped(2).toDouble(&ok);
        return ok && width > 0 ? width : surroundings.viewportWidth;
    }
    const double share = last.endsWith(u"vw") ? last.chopped(2).toDouble(&ok) : 100;
    return surroundings.viewportWidth * (ok ? share : 100) / 100;
}

bool isSupportedType(const QString *type)
{
    if (!type || type->isEmpty())
        return true;
    const QString name = type->section(u';', 0, 0).trimmed().toLower();
    return name == u"image/png" || name == u"image/jpeg" || name == u"image/gif" || name == u"image/svg+xml" ||
           name == u"image/bmp" || name == u"image/x-icon";
}

bool appliesTo(const QString *media, const ImageSurroundings &surroundings)
{
    if (!media)
        return true;
    css::MediaEnvironment environment;
    environment.width = surroundings.viewportWidth;
    environment.resolution = surroundings.scale;
    return css::MediaQueryList::parse(*media).matches(environment);
}

} // namespace

ChosenImage chosenOfSrcset(QStringView srcset, const ImageSurroundings &surroundings, double slotWidth)
{
    // The smallest that is fine enough, or the finest.
    const std::vector<ChosenImage> candidates = parseSrcset(srcset, slotWidth);
    const ChosenImage *best = nullptr;
    for (const ChosenImage &candidate : candidates) {
        const bool isEnough = candidate.density >= surroundings.scale;
        const bool bestIsEnough = best && best->density >= surroundings.scale;
        if (!best || (isEnough && (!bestIsEnough || candidate.density < best->density)) ||
            (!isEnough && !bestIsEnough && candidate.density > best->density))
            best = &candidate;
    }
    return best ? *best : ChosenImage();
}

ChosenImage chosenImage(const Document &document, NodeId img, const ImageSurroundings &surroundings)
{
    const auto fromSrcset = [&](NodeId element) {
        const QString *srcset = document.attribute(element, attr::Srcset);
        return srcset ? chosenOfSrcset(*srcset, surroundings,
                                       slotWidthOf(document.attribute(element, attr::Sizes), surroundings))
                      : ChosenImage();
    };
    const NodeId parent = document.node(img).parent;
    if (document.isElement(parent, tag::Picture)) {
        for (NodeId id = document.node(parent).firstChild; id != NodeId::None && id != img;
             id = document.node(id).next) {
            if (!document.isElement(id, tag::Source) || !isSupportedType(document.attribute(id, attr::Type)) ||
                !appliesTo(document.attribute(id, attr::Media), surroundings))
                continue;
            if (const ChosenImage chosen = fromSrcset(id); !chosen.url.isEmpty())
                return chosen;
        }
    }
    if (const ChosenImage chosen = fromSrcset(img); !chosen.url.isEmpty())
        return chosen;
    const QString *src = document.attribute(img, attr::Src);
    return {src ? src->trimmed() : QString(), 1};
}

} // namespace bulkhead::engine
