// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/html_container.h"

#include "renderer/html/font_families.h"
#include "renderer/html/word_splitter.h"

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

QColor toColor(const litehtml::web_color &color)
{
    return QColor(color.red, color.green, color.blue, color.alpha);
}

CornerRadii toRadii(const litehtml::border_radiuses &r)
{
    const auto corner = [](int x, int y) { return QPoint(std::clamp(x, 0, 10'000), std::clamp(y, 0, 10'000)); };
    return {{corner(r.top_left_x, r.top_left_y), corner(r.top_right_x, r.top_right_y),
             corner(r.bottom_right_x, r.bottom_right_y), corner(r.bottom_left_x, r.bottom_left_y)}};
}

BorderSide toSide(const litehtml::border &border)
{
    BorderSide side;
    side.width = std::clamp(border.width, 0, 10'000);
    side.color = toColor(border.color);
    switch (border.style) {
    case litehtml::border_style_none:
    case litehtml::border_style_hidden:
        side.style = BorderStyle::None;
        break;
    case litehtml::border_style_dotted:
        side.style = BorderStyle::Dotted;
        break;
    case litehtml::border_style_dashed:
        side.style = BorderStyle::Dashed;
        break;
    case litehtml::border_style_double:
        side.style = BorderStyle::Double;
        break;
    case litehtml::border_style_groove:
        side.style = BorderStyle::Groove;
        break;
    case litehtml::border_style_ridge:
        side.style = BorderStyle::Ridge;
        break;
    case litehtml::border_style_inset:
        side.style = BorderStyle::Inset;
        break;
    case litehtml::border_style_outset:
        side.style = BorderStyle::Outset;
        break;
    default:
        side.style = BorderStyle::Solid;
        break;
    }
    return side;
}

FontFace &toFace(litehtml::uint_ptr font)
{
    return *reinterpret_cast<FontFace *>(font);
}

} // namespace

QRect toRect(const litehtml::position &box)
{
    constexpr int limit = 50'000'000;
    return QRect(std::clamp(box.x, -limit, limit), std::clamp(box.y, -limit, limit), std::clamp(box.width, 0, limit),
                 std::clamp(box.height, 0, limit));
}

HtmlContainer::HtmlContainer(ImageStore &images, QUrl base, std::vector<QByteArray> sheets)
    : m_images(images), m_base(std::move(base)), m_sheets(std::move(sheets))
{
}

HtmlContainer::~HtmlContainer() = default;

void HtmlContainer::setViewport(QSize size, qreal scale)
{
    m_viewport = size;
    m_scale = scale;
}

QUrl HtmlContainer::resolved(const char *url) const
{
    return url ? m_base.resolved(QUrl(QString::fromUtf8(url).trimmed())) : QUrl();
}

PageImage::State HtmlContainer::imageState(const char *url)
{
    return m_images.request(resolved(url))->state();
}

litehtml::uint_ptr HtmlContainer::create_font(const char *face, int size, int weight, litehtml::font_style style,
                                              unsigned int decoration, litehtml::font_metrics *metrics)
{
    int decorations = 0;
    if ((decoration & litehtml::font_decoration_underline) != 0)
        decorations |= FontFace::Underline;
    if ((decoration & litehtml::font_decoration_linethrough) != 0)
        decorations |= FontFace::LineThrough;
    if ((decoration & litehtml::font_decoration_overline) != 0)
        decorations |= FontFace::Overline;
    auto font = std::make_unique<FontFace>(installedFamilies(QString::fromUtf8(face)), size, weight,
                                           style == litehtml::fontStyleItalic ? QFont::StyleItalic : QFont::StyleNormal,
                                           decorations);
    if (metrics) {
        metrics->ascent = font->ascent();
        metrics->descent = font->descent();
        metrics->height = font->ascent() + font->descent();
        metrics->x_height = font->xHeight();
        metrics->draw_spaces = decorations != 0;
    }
    const auto id = reinterpret_cast<litehtml::uint_ptr>(font.get());
    m_fonts.emplace(id, std::move(font));
    return id;
}

// The display list and the text may show fonts longer than the engine keeps them: they go with the container.
void HtmlContainer::delete_font(litehtml::uint_ptr) {}

int HtmlContainer::text_width(const char *text, litehtml::uint_ptr font)
{
    return toFace(font).shape(text)->width;
}

void HtmlContainer::draw_text(litehtml::uint_ptr, const char *text, litehtml::uint_ptr font, litehtml::web_color color,
                              const litehtml::position &box)
{
    if (!m_list || color.alpha == 0)
        return;
    FontFace &face = toFace(font);
    const QRect rect = toRect(box);
    m_list->addText({face.shape(text), &face, toColor(color), rect, rect.bottom() + 1 - face.descent()});
}

int HtmlContainer::pt_to_px(int pt) const
{
    return int(std::lround(pt * 96.0 / 72.0));
}

void HtmlContainer::draw_list_marker(litehtml::uint_ptr, const litehtml::list_marker &marker)
{
    if (!m_list)
        return;
    ListMarker out{toRect(marker.pos), MarkerShape::Disc, toColor(marker.color), nullptr};
    if (!marker.image.empty()) {
        out.image = m_images.request(resolved(marker.image.c_str()));
        out.shape = MarkerShape::Image;
    } else if (marker.marker_type == litehtml::list_style_type_circle) {
        out.shape = MarkerShape::Circle;
    } else if (marker.marker_type == litehtml::list_style_type_square) {
        out.shape = MarkerShape::Square;
    }
    m_list->addMarker(std::move(out));
}

void HtmlContainer::load_image(const char *src, const char *, bool)
{
    if (src && *src)
        m_images.request(resolved(src));
}

void HtmlContainer::get_image_size(const char *src, const char *, litehtml::size &size)
{
    if (!src || !*src)
        return;
    const auto image = m_images.request(resolved(src));
    QSize shown = image->size();
    if (const auto &layout = m_state.imageLayout) {
        if (image->state() == PageImage::State::Loading && layout->sizeMatters)
            m_sizeDependents.insert(image->url());
        if (image->state() == PageImage::State::Failed && layout->sizeMatters)
            shown = layout->alternative;
    }
    size.width = shown.width() > 0 ? shown.width() : 0;
    size.height = shown.height() > 0 ? shown.height() : 0;
}

void HtmlContainer::draw_background(litehtml::uint_ptr, const litehtml::background_paint &paint)
{
    if (!m_list)
        return;
    BackgroundBox box;
    box.area = toRect(paint.clip_box);
    box.border = toRect(paint.border_box);
    box.radii = toRadii(paint.border_radius);
    box.color = toColor(paint.color);
    if (!paint.image.empty()) {
        box.image = m_images.request(resolved(paint.image.c_str()));
        box.tile = toRect({paint.position_x, paint.position_y, paint.image_size.width, paint.image_size.height});
        box.repeatX =
            paint.repeat == litehtml::background_repeat_repeat || paint.repeat == litehtml::background_repeat_repeat_x;
        box.repeatY =
            paint.repeat == litehtml::background_repeat_repeat || paint.repeat == litehtml::background_repeat_repeat_y;
    }
    m_list->addBackground(std::move(box));
}

void HtmlContainer::draw_borders(litehtml::uint_ptr, const litehtml::borders &borders, const litehtml::position &box,
                                 bool)
{
    if (!m_list)
        return;
    m_list->addBorder({toRect(box), toRadii(borders.radius), toSide(borders.top), toSide(borders.right),
                       toSide(borders.bottom), toSide(borders.left)});
}

void HtmlContainer::set_caption(const char *caption)
{
    m_title = QString::fromUtf8(caption).simplified();
}

void HtmlContainer::transform_text(litehtml::tstring &text, litehtml::text_transform transform)
{
    QString s = QString::fromStdString(text);
    switch (transform) {
    case litehtml::text_transform_uppercase:
        s = s.toUpper();
        break;
    case litehtml::text_transform_lowercase:
        s = s.toLower();
        break;
    case litehtml::text_transform_capitalize:
        for (qsizetype i = 0; i < s.size(); ++i) {
            if (s[i].isLetterOrNumber()) {
                s[i] = s[i].toUpper();
                break;
            }
        }
        break;
    default:
        return;
    }
    text = s.toStdString();
}

void HtmlContainer::import_css(litehtml::tstring &text, const litehtml::tstring &url, litehtml::tstring &)
{
    bool ok = false;
    const uint number = QByteArray::fromStdString(url).toUInt(&ok);
    if (ok && number < m_sheets.size())
        text = m_sheets[number].toStdString();
}

void HtmlContainer::set_clip(const litehtml::position &box, const litehtml::border_radiuses &radii, bool validX,
                             bool validY)
{
    if (!m_list)
        return;
    constexpr int far = 100'000'000;
    QRect rect = toRect(box);
    if (!validX) {
        rect.setLeft(-far);
        rect.setRight(far);
    }
    if (!validY) {
        rect.setTop(-far);
        rect.setBottom(far);
    }
    m_list->pushClip(rect, validX && validY ? toRadii(radii) : CornerRadii());
}

void HtmlContainer::del_clip()
{
    if (m_list)
        m_list->popClip();
}

void HtmlContainer::get_client_rect(litehtml::position &client) const
{
    client = litehtml::position(0, 0, m_viewport.width(), m_viewport.height());
}

std::shared_ptr<litehtml::element> HtmlContainer::create_element(const char *tag,
                                                                 const litehtml::string_map &attributes,
                                                                 const std::shared_ptr<litehtml::document> &document)
{
    // An <object> that does not say of what type it is stays what it always was: its content.
    const bool isPluginObject = std::string_view(tag) == "object" && attributes.count("data") > 0 &&
                                attributes.count("type") > 0 && attributes.at("type").rfind("image/", 0) != 0 &&
                                attributes.at("type") != "text/html";
    return createEngineElement(isPluginObject ? "embed" : tag, document, m_state);
}

void HtmlContainer::get_media_features(litehtml::media_features &media) const
{
    media.type = litehtml::media_type_screen;
    media.width = media.device_width = m_viewport.width();
    media.height = media.device_height = m_viewport.height();
    media.color = 8;
    media.color_index = 0;
    media.monochrome = 0;
    media.resolution = int(std::lround(96 * m_scale));
}

void HtmlContainer::get_language(litehtml::tstring &language, litehtml::tstring &culture) const
{
    language = "en";
    culture.clear();
}

void HtmlContainer::split_text(const char *text, const std::function<void(const char *)> &onWord,
                               const std::function<void(const char *)> &onSpace)
{
    splitWords(
        QString::fromUtf8(text), [&](const QString &word) { onWord(word.toUtf8().constData()); },
        [&](QChar space) { onSpace(QString(space).toUtf8().constData()); });
}

} // namespace bulkhead
