// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/html_tags.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace bulkhead {

namespace {

struct Entry
{
    std::string_view name;
    TagKind kind;
};

// Sorted by name.
constexpr std::array entries{
    Entry{"a", TagKind::Anchor},
    Entry{"address", TagKind::Block},
    Entry{"applet", TagKind::DropTag},
    Entry{"area", TagKind::Void},
    Entry{"article", TagKind::Block},
    Entry{"aside", TagKind::Block},
    Entry{"base", TagKind::Void},
    Entry{"basefont", TagKind::DropTag},
    Entry{"bgsound", TagKind::DropTag},
    Entry{"blockquote", TagKind::Block},
    Entry{"body", TagKind::Structure},
    Entry{"br", TagKind::Void},
    Entry{"caption", TagKind::TableOther},
    Entry{"center", TagKind::Block},
    Entry{"col", TagKind::Void},
    Entry{"colgroup", TagKind::TableOther},
    Entry{"dd", TagKind::DefinitionItem},
    Entry{"details", TagKind::Block},
    Entry{"dialog", TagKind::DropContent},
    Entry{"dir", TagKind::Block},
    Entry{"div", TagKind::Block},
    Entry{"dl", TagKind::Block},
    Entry{"dt", TagKind::DefinitionItem},
    Entry{"embed", TagKind::Void},
    Entry{"fieldset", TagKind::Block},
    Entry{"figcaption", TagKind::Block},
    Entry{"figure", TagKind::Block},
    Entry{"footer", TagKind::Block},
    Entry{"form", TagKind::Block},
    Entry{"frame", TagKind::DropTag},
    Entry{"frameset", TagKind::DropTag},
    Entry{"h1", TagKind::Block},
    Entry{"h2", TagKind::Block},
    Entry{"h3", TagKind::Block},
    Entry{"h4", TagKind::Block},
    Entry{"h5", TagKind::Block},
    Entry{"h6", TagKind::Block},
    Entry{"head", TagKind::Structure},
    Entry{"header", TagKind::Block},
    Entry{"hgroup", TagKind::Block},
    Entry{"hr", TagKind::Void},
    Entry{"html", TagKind::Structure},
    Entry{"iframe", TagKind::DropContent},
    Entry{"image", TagKind::Void},
    Entry{"img", TagKind::Void},
    Entry{"input", TagKind::Void},
    Entry{"isindex", TagKind::DropTag},
    Entry{"keygen", TagKind::DropTag},
    Entry{"legend", TagKind::Block},
    Entry{"li", TagKind::ListItem},
    Entry{"link", TagKind::Void},
    Entry{"listing", TagKind::Block},
    Entry{"main", TagKind::Block},
    Entry{"menu", TagKind::Block},
    Entry{"meta", TagKind::Void},
    Entry{"nav", TagKind::Block},
    Entry{"noembed", TagKind::DropContent},
    Entry{"noframes", TagKind::DropTag},
    Entry{"noscript", TagKind::DropTag},
    Entry{"ol", TagKind::Block},
    Entry{"optgroup", TagKind::Option},
    Entry{"option", TagKind::Option},
    Entry{"p", TagKind::Paragraph},
    Entry{"param", TagKind::DropTag},
    Entry{"plaintext", TagKind::DropTag},
    Entry{"pre", TagKind::Block},
    Entry{"script", TagKind::DropContent},
    Entry{"search", TagKind::Block},
    Entry{"section", TagKind::Block},
    Entry{"source", TagKind::DropTag},
    Entry{"style", TagKind::Style},
    Entry{"summary", TagKind::Block},
    Entry{"svg", TagKind::Svg},
    Entry{"table", TagKind::Table},
    Entry{"tbody", TagKind::TableSection},
    Entry{"td", TagKind::TableCell},
    Entry{"template", TagKind::DropContent},
    Entry{"textarea", TagKind::RawText},
    Entry{"tfoot", TagKind::TableSection},
    Entry{"th", TagKind::TableCell},
    Entry{"thead", TagKind::TableSection},
    Entry{"title", TagKind::RawText},
    Entry{"tr", TagKind::TableRow},
    Entry{"track", TagKind::DropTag},
    Entry{"ul", TagKind::Block},
    Entry{"wbr", TagKind::Void},
    Entry{"xmp", TagKind::RawText},
};
static_assert(std::ranges::is_sorted(entries, {}, &Entry::name));

} // namespace

TagKind tagKind(QByteArrayView lowerCaseName)
{
    const std::string_view name(lowerCaseName.data(), std::size_t(lowerCaseName.size()));
    const auto found = std::ranges::lower_bound(entries, name, {}, &Entry::name);
    return found != entries.end() && found->name == name ? found->kind : TagKind::Inline;
}

bool endsOpen(TagKind starting, TagKind open)
{
    switch (starting) {
    case TagKind::ListItem:
    case TagKind::DefinitionItem:
    case TagKind::Option:
    case TagKind::Anchor:
        return open == starting;
    case TagKind::Block:
    case TagKind::Paragraph:
    case TagKind::Table:
        return open == TagKind::Paragraph;
    case TagKind::TableCell:
        return open == TagKind::TableCell || open == TagKind::TableOther;
    case TagKind::TableRow:
        return open == TagKind::TableRow || open == TagKind::TableCell || open == TagKind::TableOther;
    case TagKind::TableSection:
        return open == TagKind::TableSection || open == TagKind::TableRow || open == TagKind::TableCell ||
               open == TagKind::TableOther;
    case TagKind::TableOther:
        return open == TagKind::TableOther || open == TagKind::TableRow || open == TagKind::TableCell ||
               open == TagKind::TableSection;
    default:
        return false;
    }
}

bool stopsImpliedEnd(TagKind starting, TagKind open, QByteArrayView openName)
{
    if (open == TagKind::Table)
        return true;
    switch (starting) {
    case TagKind::TableCell:
    case TagKind::TableRow:
    case TagKind::TableSection:
    case TagKind::TableOther:
        return false;
    case TagKind::ListItem:
        return open == TagKind::TableCell || openName == "ul" || openName == "ol" || openName == "menu" ||
               openName == "dir";
    case TagKind::DefinitionItem:
        return open == TagKind::TableCell || openName == "dl";
    case TagKind::Option:
        return openName == "select";
    default:
        return open != TagKind::Inline && open != TagKind::Anchor && open != TagKind::Paragraph;
    }
}

} // namespace bulkhead
