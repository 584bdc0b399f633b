// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/embed_element.h"

#include "renderer/html/html_container.h"

#include <string>

namespace bulkhead {

EmbedElement::EmbedElement(const std::shared_ptr<litehtml::document> &document, EngineState &state)
    : EngineElement(document, state)
{
    if (state.embeds.size() < MostBoxes)
        state.embeds.push_back(this);
}

EmbedElement::~EmbedElement()
{
    std::erase(m_state.embeds, this);
}

void EmbedElement::parse_attributes()
{
    // As browsers do it: 300 by 150, unless it says otherwise.
    for (const auto &[name, standard] : {std::pair("width", "300px"), std::pair("height", "150px")}) {
        std::string value = get_attr(name, "");
        if (!value.empty() && value.find_first_not_of("0123456789.") == value.npos)
            value += "px";
        m_style.add_property(name, value.empty() ? standard : value.c_str(), nullptr, false, this);
    }
    EngineElement::parse_attributes();
}

void EmbedElement::parse_styles(bool isReparse)
{
    EngineElement::parse_styles(isReparse);
    if (m_display == litehtml::display_inline)
        m_display = litehtml::display_inline_block;
}

std::optional<EmbedBox> EmbedElement::box() const
{
    const bool isObject = m_tag == "object";
    const char *source = get_attr(isObject ? "data" : "src");
    const char *type = get_attr("type", "");
    if (!source || !*source || !is_visible() || (isObject && !*type))
        return {};
    const auto *container = static_cast<const HtmlContainer *>(get_document()->container());
    EmbedBox box;
    box.url = container->resolved(source);
    box.mimeType = QString::fromUtf8(type).trimmed().toLower();
    box.area = toRect(get_placement());
    int count = 0;
    for (const auto &[name, value] : m_attrs) {
        if (count++ < MostAttributes && value.size() <= std::size_t(MostAttributeBytes))
            box.attributes.append({QString::fromStdString(name), QString::fromStdString(value)});
    }
    return box;
}

} // namespace bulkhead
