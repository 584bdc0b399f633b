// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/engine_elements.h"

#include "renderer/html/embed_element.h"
#include "renderer/html/engine_element.h"
#include "renderer/html/form_control_element.h"
#include "renderer/html/image_element.h"
#include "renderer/html/list_item_element.h"

#include <litehtml/el_anchor.h>
#include <litehtml/el_body.h>
#include <litehtml/el_break.h>
#include <litehtml/el_div.h>
#include <litehtml/el_font.h>
#include <litehtml/el_para.h>
#include <litehtml/el_table.h>
#include <litehtml/el_td.h>
#include <litehtml/el_tr.h>

#include <algorithm>

namespace bulkhead {

namespace {

/// <html>: a block whatever the document says. As a part of a table the engine looks for its parent, and dies.
class RootElement final : public EngineElement<litehtml::html_tag>
{
public:
    using EngineElement::EngineElement;

    litehtml::style_display get_display() const override { return litehtml::display_block; }

    void parse_styles(bool isReparse = false) override
    {
        EngineElement::parse_styles(isReparse);
        m_display = litehtml::display_block;
        m_float = litehtml::float_none;
        m_el_position = litehtml::element_position_static;
    }
};

/// <body>, with the attributes that colored pages before there was CSS.
class BodyElement final : public EngineElement<litehtml::el_body>
{
public:
    using EngineElement::EngineElement;

    void parse_attributes() override
    {
        const auto hint = [this](const char *property, const char *attribute) {
            if (const char *value = get_attr(attribute); value && *value)
                m_style.add_property(property, value, nullptr, false, this);
        };
        hint("color", "text");
        hint("background-color", "bgcolor");
        if (const char *image = get_attr("background"))
            m_style.add_property("background-image", ("url(\"" + std::string(image) + "\")").c_str(), nullptr, false,
                                 this);
        EngineElement::parse_attributes();
    }
};

/// <ol> and <ul> with the kind of their markers in an attribute, whose letters' case matters.
class ListElement final : public EngineElement<litehtml::html_tag>
{
public:
    using EngineElement::EngineElement;

    void parse_attributes() override
    {
        static const std::unordered_map<std::string, const char *> kinds{
            {"1", "decimal"},     {"a", "lower-alpha"}, {"A", "upper-alpha"}, {"i", "lower-roman"},
            {"I", "upper-roman"}, {"disc", "disc"},     {"circle", "circle"}, {"square", "square"}};
        if (const auto kind = kinds.find(get_attr("type", "")); kind != kinds.end())
            m_style.add_property("list-style-type", kind->second, nullptr, false, this);
        EngineElement::parse_attributes();
    }
};

} // namespace

int inheritedPropertyId(std::string_view name)
{
    static constexpr std::array<std::string_view, inheritedPropertyCount> names{
        "border-collapse",     "border-spacing",  "color",       "cursor",         "font-family",    "font-size",
        "font-style",          "font-variant",    "font-weight", "letter-spacing", "line-height",    "list-style-image",
        "list-style-position", "list-style-type", "text-align",  "text-indent",    "text-transform", "vertical-align",
        "visibility",          "white-space"};
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? -1 : int(found - names.begin());
}

std::shared_ptr<litehtml::element>
createEngineElement(const std::string &tag, const std::shared_ptr<litehtml::document> &document, EngineState &state)
{
    using Create = std::shared_ptr<litehtml::element> (*)(const std::shared_ptr<litehtml::document> &, EngineState &);
    const auto make = []<class T>() -> Create {
        return
            [](const std::shared_ptr<litehtml::document> &doc,
               EngineState &shared) -> std::shared_ptr<litehtml::element> { return std::make_shared<T>(doc, shared); };
    };
    static const std::unordered_map<std::string, Create> known{
        {"html", make.operator()<RootElement>()},
        {"body", make.operator()<BodyElement>()},
        {"a", make.operator()<EngineElement<litehtml::el_anchor>>()},
        {"br", make.operator()<EngineElement<litehtml::el_break>>()},
        {"div", make.operator()<EngineElement<litehtml::el_div>>()},
        {"font", make.operator()<EngineElement<litehtml::el_font>>()},
        {"p", make.operator()<EngineElement<litehtml::el_para>>()},
        {"table", make.operator()<EngineElement<litehtml::el_table>>()},
        {"tr", make.operator()<EngineElement<litehtml::el_tr>>()},
        {"td", make.operator()<EngineElement<litehtml::el_td>>()},
        {"th", make.operator()<EngineElement<litehtml::el_td>>()},
        {"ol", make.operator()<ListElement>()},
        {"ul", make.operator()<ListElement>()},
        {"li", make.operator()<ListItemElement>()},
        {"img", make.operator()<ImageElement>()},
        {"input", make.operator()<FormControlElement>()},
        {"select", make.operator()<FormControlElement>()},
        {"embed", make.operator()<EmbedElement>()},
        {"link", nullptr},
        {"title", nullptr},
        {"style", nullptr},
        {"script", nullptr},
        {"base", nullptr},
    };
    const auto found = known.find(tag);
    if (found == known.end())
        return std::make_shared<EngineElement<litehtml::html_tag>>(document, state);
    return found->second ? found->second(document, state) : nullptr;
}

} // namespace bulkhead
