// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/page_images.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/page/document_facts.h"
#include "renderer/engine/page/image_candidates.h"
#include "renderer/engine/page/svg_markup.h"

namespace bulkhead::engine {

namespace {

// Of a QUrl as large as a photograph nobody is told.
constexpr qsizetype maxAddress = 16 * 1024 * 1024;

NaturalSize toNaturalSize(const PageImage::NaturalSize &natural)
{
    NaturalSize size;
    if (natural.width)
        size.width = LayoutUnit::fromPixels(*natural.width);
    if (natural.height)
        size.height = LayoutUnit::fromPixels(*natural.height);
    size.ratio = natural.ratio;
    return size;
}

} // namespace

void PageImages::setDocument(const Document *document, const QUrl &base)
{
    m_document = document;
    m_base = base;
    m_pictures.clear();
}

void PageImages::setViewport(QSize viewport, double scale)
{
    m_viewportWidth = viewport.width();
    m_scale = scale;
    m_pictures.clear();
}

PageImages::State PageImages::state(const QUrl &url) const
{
    switch (m_store.request(url)->state()) {
    case PageImage::State::Loading:
        return State::Loading;
    case PageImage::State::Ready:
        return State::Ready;
    case PageImage::State::Failed:
        break;
    }
    return State::Failed;
}

NaturalSize PageImages::naturalSize(const QUrl &url) const
{
    return toNaturalSize(m_store.request(url)->naturalSize());
}

QImage PageImages::picture(const QUrl &url, QSize pixels) const
{
    return m_store.request(url)->picture(pixels, m_scale);
}

QUrl PageImages::urlOf(NodeId element) const
{
    return m_document && m_document->isElement(element) ? pictureOf(element).url : QUrl();
}

const PageImages::Picture &PageImages::pictureOf(NodeId element) const
{
    const auto known = m_pictures.constFind(element);
    return known != m_pictures.cend() ? *known : *m_pictures.insert(element, findPicture(element));
}

PageImages::Picture PageImages::findPicture(NodeId element) const
{
    const Node &node = m_document->node(element);
    const auto address = [&](Atom attribute) {
        const QString *value = m_document->attribute(element, attribute);
        return !value || value->trimmed().isEmpty() || value->size() > maxAddress ? QUrl()
                                                                                  : resolvedUrl(m_base, *value);
    };
    if (node.space == Namespace::Svg)
        return {node.name == tag::Svg ? inlineSvg(element) : QUrl()};
    if (node.space != Namespace::Html)
        return {};
    if (node.name == tag::Img) {
        const ChosenImage chosen = chosenImage(*m_document, element, {m_viewportWidth, m_scale});
        return {chosen.url.isEmpty() ? QUrl() : resolvedUrl(m_base, chosen.url), chosen.density};
    }
    if (node.name == tag::Object)
        return {address(attr::Data)};
    if (node.name == tag::Video)
        return {address(m_document->atoms().intern(u"poster"))};
    if (node.name == tag::Input || node.name == tag::Embed)
        return {address(attr::Src)};
    return {};
}

QUrl PageImages::inlineSvg(NodeId svg) const
{
    const QByteArray markup = svgMarkup(*m_document, svg);
    return markup.isEmpty() ? QUrl() : m_store.addDataUrl("data:image/svg+xml;base64," + markup.toBase64());
}

std::optional<NaturalSize> PageImages::of(NodeId element)
{
    const QUrl url = urlOf(element);
    if (url.isEmpty())
        return {};
    m_askedByLayout.insert(url);
    if (state(url) != State::Ready)
        return {};
    NaturalSize size = naturalSize(url);
    const double density = pictureOf(element).density;
    for (std::optional<LayoutUnit> *length : {&size.width, &size.height}) {
        if (*length)
            *length = LayoutUnit::fromPixels((*length)->toDouble() / density);
    }
    return size;
}

bool PageImages::isReplaced(NodeId element)
{
    const bool isObject = m_document->isElement(element, tag::Object);
    if (!isObject && !m_document->isElement(element, tag::Img))
        return true;
    const QUrl url = urlOf(element);
    const QString *type = m_document->attribute(element, attr::Type);
    const bool isPlugin = isObject && type && !type->isEmpty() && !type->startsWith(u"image/", Qt::CaseInsensitive);
    if (isPlugin)
        return !url.isEmpty();
    if (!url.isEmpty())
        m_askedByLayout.insert(url);
    return !url.isEmpty() && state(url) != State::Failed;
}

std::optional<NaturalSize> PageImages::of(const ImageValue &image)
{
    if (image.url.isEmpty())
        return image.gradient ? std::optional(NaturalSize()) : std::nullopt;
    m_askedByLayout.insert(image.url);
    return state(image.url) == State::Ready ? std::optional(naturalSize(image.url)) : std::nullopt;
}

} // namespace bulkhead::engine
