// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/installed_fonts.h"

#include <algorithm>
#include <string_view>

namespace bulkhead::engine {

namespace {

/// Names in lower case on the left; families separated by commas.
struct Relatives
{
    std::string_view names;
    std::string_view families;
    bool isGeneric = false;
};

constexpr std::string_view Sans = "Noto Sans,DejaVu Sans,Liberation Sans,Nimbus Sans";
constexpr std::string_view Serif = "Noto Serif,DejaVu Serif,Liberation Serif,Nimbus Roman";
constexpr std::string_view Mono = "DejaVu Sans Mono,Noto Sans Mono,Liberation Mono,Nimbus Mono PS";
constexpr std::string_view Emoji = "Noto Color Emoji,Twemoji,JoyPixels,Noto Emoji";

/// Generic families and fonts with equal widths. A family that is merely similar is no stand-in: the style sheet names
/// what comes next.
constexpr Relatives Table[] = {
    {"sans-serif,system-ui,sans", Sans, true},
    {"serif", Serif, true},
    {"monospace", Mono, true},
    {"cursive,fantasy", Sans, true},
    {"math", "Latin Modern Math,STIX Two Math,DejaVu Math TeX Gyre,DejaVu Serif", true},
    {"emoji", Emoji, true},
    {"arial,helvetica,arimo,liberation sans", "Liberation Sans,Arimo,Nimbus Sans"},
    {"times,times new roman,tinos,liberation serif", "Liberation Serif,Tinos,Nimbus Roman"},
    {"courier,courier new,cousine,liberation mono", "Liberation Mono,Cousine,Nimbus Mono PS"},
    {"cambria", "Caladea"},
    {"calibri", "Carlito"},
    {"georgia", "Gelasio"},
};

bool hasName(std::string_view list, std::string_view name)
{
    for (std::size_t start = 0; start <= list.size();) {
        const std::size_t comma = std::min(list.find(',', start), list.size());
        if (list.substr(start, comma - start) == name)
            return true;
        start = comma + 1;
    }
    return false;
}

} // namespace

QStringList familyCandidates(const QString &cssFamily)
{
    QStringList all;
    const QByteArray name = cssFamily.toLower().toUtf8();
    for (const Relatives &relatives : Table) {
        if (!hasName(relatives.names, std::string_view(name.constData(), std::size_t(name.size()))))
            continue;
        // Fontconfig and Qt have families of their own by generic names, with a regular face only.
        if (!relatives.isGeneric)
            all.append(cssFamily);
        const QString families = QString::fromLatin1(relatives.families.data(), qsizetype(relatives.families.size()));
        return all + families.split(u',');
    }
    return {cssFamily};
}

} // namespace bulkhead::engine
