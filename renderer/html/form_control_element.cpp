// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/form_control_element.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>

namespace bulkhead {

namespace {

// Options of a select element, through groups.
void collectOptions(litehtml::element &parent, std::vector<litehtml::element::ptr> &out)
{
    for (std::size_t i = 0; i < parent.get_children_count() && out.size() < 1000; ++i) {
        const auto child = parent.get_child(int(i));
        const std::string_view tag = child->get_tagName() ? child->get_tagName() : "";
        if (tag == "option")
            out.push_back(child);
        else if (tag == "optgroup")
            collectOptions(*child, out);
    }
}

std::string textOf(litehtml::element &element)
{
    std::string text;
    element.get_text(text);
    litehtml::trim(text);
    return text.substr(0, 200);
}

constexpr std::string_view arrow = " \xe2\x96\xbe";
constexpr std::string_view checkMark = "\xe2\x9c\x93";
constexpr std::string_view bullet = "\xe2\x80\xa2";

} // namespace

std::string FormControlElement::typeName() const
{
    std::string type = get_attr("type", "text");
    litehtml::lcase(type);
    return type;
}

bool FormControlElement::isButton() const
{
    const std::string type = typeName();
    return m_tag == "input" && (type == "submit" || type == "reset" || type == "button" || type == "file");
}

std::string FormControlElement::label() const
{
    if (m_tag == "select") {
        std::vector<litehtml::element::ptr> options;
        collectOptions(*const_cast<FormControlElement *>(this), options);
        const auto selected =
            std::find_if(options.begin(), options.end(), [](const auto &o) { return o->get_attr("selected"); });
        const auto &shown = selected != options.end() ? selected : options.begin();
        return (shown != options.end() ? textOf(**shown) : std::string()) + std::string(arrow);
    }
    const std::string type = typeName();
    if (type == "checkbox" || type == "radio")
        return !get_attr("checked") ? std::string() : std::string(type == "radio" ? bullet : checkMark);
    std::string value = std::string(get_attr("value", "")).substr(0, 200);
    if (value.empty() && type == "submit")
        return QCoreApplication::translate("HtmlPage", "Submit").toStdString();
    if (value.empty() && type == "reset")
        return QCoreApplication::translate("HtmlPage", "Reset").toStdString();
    if (value.empty() && type == "file")
        return QCoreApplication::translate("HtmlPage", "Choose file").toStdString();
    if (type == "password") {
        std::string dots;
        for (std::size_t i = 0; i < value.size(); ++i)
            dots += bullet;
        return dots;
    }
    return value.empty() ? std::string(get_attr("placeholder", "")).substr(0, 200) : value;
}

void FormControlElement::parse_styles(bool isReparse)
{
    EngineElement::parse_styles(isReparse);
    if (m_display == litehtml::display_none || !m_css_width.is_predefined())
        return;
    const auto document = get_document();
    const litehtml::uint_ptr font = get_font();
    int width = 0;
    if (m_tag == "select") {
        std::vector<litehtml::element::ptr> options;
        collectOptions(*this, options);
        for (const auto &option : options)
            width = std::max(width, document->container()->text_width(textOf(*option).c_str(), font));
        width += document->container()->text_width(std::string(arrow).c_str(), font);
    } else if (isButton()) {
        width = document->container()->text_width(label().c_str(), font);
    } else {
        const int characters = std::clamp(std::atoi(get_attr("size", "20")), 1, 200);
        width = characters * document->container()->text_width("0", font);
    }
    m_css_width.set_value(float(width), litehtml::css_units_px);
}

// As high as that of a button, which has a line of text.
int FormControlElement::get_base_line()
{
    return (m_pos.height - m_font_metrics.height) / 2 + m_font_metrics.descent + content_margins_bottom();
}

void FormControlElement::draw(litehtml::uint_ptr device, int x, int y, const litehtml::position *clip)
{
    EngineElement::draw(device, x, y, clip);
    const std::string text = label();
    litehtml::position box = m_pos;
    box.x += x;
    box.y += y;
    if (text.empty() || !box.does_intersect(clip) || !is_visible())
        return;
    litehtml::font_metrics metrics;
    const litehtml::uint_ptr font = get_font(&metrics);
    auto *container = get_document()->container();
    litehtml::web_color color = get_color("color", true, get_document()->get_def_color());
    const bool placeholder = m_tag == "input" && !*get_attr("value", "") && get_attr("placeholder");
    if (placeholder)
        color.alpha = 140;
    const int width = container->text_width(text.c_str(), font);
    const std::string type = typeName();
    const bool centered = isButton() || (m_tag == "input" && (type == "checkbox" || type == "radio"));
    const int left = centered ? box.x + (box.width - width) / 2 : box.x;
    litehtml::position frame = box;
    frame.x -= m_padding.left;
    frame.width += m_padding.width();
    container->set_clip(frame, {}, true, true);
    container->draw_text(device, text.c_str(), font, color,
                         {left, box.y + (box.height - metrics.height) / 2, width, metrics.height});
    container->del_clip();
}

} // namespace bulkhead
