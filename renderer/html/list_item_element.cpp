// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/list_item_element.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace bulkhead {

namespace {

int attributeNumber(const char *text, int fallback)
{
    if (!text)
        return fallback;
    int value = fallback;
    const std::string_view view(text);
    std::from_chars(view.data(), view.data() + view.size(), value);
    return std::clamp(value, -10'000'000, 10'000'000);
}

// U+03B1 to U+03C9 without the final sigma, as UTF-8.
std::string greekLetter(int letter)
{
    const int code = 0x3b1 + letter + (letter >= 17 ? 1 : 0);
    return {char(0xc0 | (code >> 6)), char(0x80 | (code & 0x3f))};
}

std::string alphabetic(int number, std::string_view first, int letters)
{
    std::string out;
    for (; number > 0; number = (number - 1) / letters) {
        const int letter = (number - 1) % letters;
        if (first.size() == 1)
            out.insert(out.begin(), char(first[0] + letter));
        else
            out.insert(0, greekLetter(letter));
    }
    return out;
}

std::string roman(int number)
{
    static constexpr std::pair<int, std::string_view> digits[] = {
        {1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
        {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
    std::string out;
    for (const auto &[value, text] : digits) {
        for (; number >= value; number -= value)
            out += text;
    }
    return out;
}

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
    return text;
}

} // namespace

std::string listNumber(litehtml::list_style_type type, int number)
{
    const std::string decimal = std::to_string(number) + '.';
    switch (type) {
    case litehtml::list_style_type_lower_alpha:
    case litehtml::list_style_type_lower_latin:
        return number > 0 ? alphabetic(number, "a", 26) + '.' : decimal;
    case litehtml::list_style_type_upper_alpha:
    case litehtml::list_style_type_upper_latin:
        return number > 0 ? alphabetic(number, "A", 26) + '.' : decimal;
    case litehtml::list_style_type_lower_greek:
        return number > 0 ? alphabetic(number, "\xce\xb1", 24) + '.' : decimal;
    case litehtml::list_style_type_lower_roman:
        return number > 0 && number < 4000 ? roman(number) + '.' : decimal;
    case litehtml::list_style_type_upper_roman:
        return number > 0 && number < 4000 ? upper(roman(number)) + '.' : decimal;
    case litehtml::list_style_type_decimal_leading_zero:
        return number >= 0 && number < 10 ? '0' + decimal : decimal;
    default:
        return decimal;
    }
}

void ListItemElement::draw(litehtml::uint_ptr device, int x, int y, const litehtml::position *clip)
{
    if (m_display != litehtml::display_list_item || m_list_style_type < litehtml::list_style_type_armenian) {
        EngineElement::draw(device, x, y, clip);
        return;
    }
    const auto type = m_list_style_type;
    m_list_style_type = litehtml::list_style_type_none;
    EngineElement::draw(device, x, y, clip);
    m_list_style_type = type;
    litehtml::position box(x + m_pos.x - 200, y + m_pos.y, 200, line_height());
    if (box.does_intersect(clip))
        drawNumber(device, x, y);
}

void ListItemElement::numberSiblings()
{
    const auto list = parent();
    if (!list) {
        m_number = 1;
        m_numbered = true;
        return;
    }
    std::vector<ListItemElement *> items;
    for (std::size_t i = 0; i < list->get_children_count(); ++i) {
        if (auto *item = dynamic_cast<ListItemElement *>(list->get_child(int(i)).get()))
            items.push_back(item);
    }
    const bool reversed = list->get_attr("reversed") != nullptr;
    int number = attributeNumber(list->get_attr("start"), reversed ? int(items.size()) : 1);
    for (ListItemElement *item : items) {
        number = attributeNumber(item->get_attr("value"), number);
        item->m_number = number;
        item->m_numbered = true;
        number += reversed ? -1 : 1;
    }
}

void ListItemElement::drawNumber(litehtml::uint_ptr device, int x, int y)
{
    if (!m_numbered)
        numberSiblings();
    litehtml::font_metrics metrics;
    const litehtml::uint_ptr font = get_font(&metrics);
    auto *container = get_document()->container();
    const std::string text = listNumber(m_list_style_type, m_number);
    const int width = container->text_width(text.c_str(), font);
    const int gap = std::max(4, metrics.x_height);
    const litehtml::position box(x + m_pos.x - width - gap, y + m_pos.y + (line_height() - metrics.height) / 2, width,
                                 metrics.height);
    container->draw_text(device, text.c_str(), font, get_color("color", true, get_document()->get_def_color()), box);
}

} // namespace bulkhead
