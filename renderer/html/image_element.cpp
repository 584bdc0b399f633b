// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/image_element.h"

#include "renderer/html/html_container.h"

#include <algorithm>

namespace bulkhead {

std::string ImageElement::alternativeText() const
{
    const char *text = get_attr("alt");
    return text ? std::string(text).substr(0, 200) : std::string();
}

int ImageElement::render(int x, int y, int maxWidth, bool secondPass)
{
    EngineState::ImageLayout layout;
    layout.sizeMatters = m_css_width.is_predefined() || m_css_height.is_predefined();
    if (const std::string text = alternativeText(); !text.empty()) {
        litehtml::font_metrics metrics;
        const litehtml::uint_ptr font = get_font(&metrics);
        const int width = get_document()->container()->text_width(text.c_str(), font) + 8;
        layout.alternative = QSize(std::min(width, std::max(16, maxWidth)), metrics.height + 4);
    }
    m_state.imageLayout = layout;
    const int width = EngineElement::render(x, y, maxWidth, secondPass);
    m_state.imageLayout.reset();
    return width;
}

void ImageElement::draw(litehtml::uint_ptr device, int x, int y, const litehtml::position *clip)
{
    EngineElement::draw(device, x, y, clip);
    auto *container = static_cast<HtmlContainer *>(get_document()->container());
    const char *source = get_attr("src");
    if (!source || container->imageState(source) != PageImage::State::Failed)
        return;
    litehtml::position box = m_pos;
    box.x += x;
    box.y += y;
    if (box.width < 8 || box.height < 8 || !box.does_intersect(clip))
        return;
    litehtml::font_metrics metrics;
    const litehtml::uint_ptr font = get_font(&metrics);
    const litehtml::web_color color = get_color("color", true, get_document()->get_def_color());
    litehtml::web_color faint = color;
    faint.alpha = 70;
    litehtml::borders outline;
    for (litehtml::border *side : {&outline.left, &outline.top, &outline.right, &outline.bottom}) {
        side->width = 1;
        side->style = litehtml::border_style_solid;
        side->color = faint;
    }
    container->draw_borders(device, outline, box, false);
    const std::string text = alternativeText();
    if (text.empty())
        return;
    container->set_clip(box, {}, true, true);
    const int height = std::min(box.height, metrics.height + 4);
    container->draw_text(
        device, text.c_str(), font, color,
        {box.x + 4, box.y + (height - metrics.height) / 2, container->text_width(text.c_str(), font), metrics.height});
    container->del_clip();
}

} // namespace bulkhead
