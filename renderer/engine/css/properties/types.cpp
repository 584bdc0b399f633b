// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/alignment_parser.h"
#include "renderer/engine/css/properties/color_parser.h"
#include "renderer/engine/css/properties/display_parser.h"
#include "renderer/engine/css/properties/grammar.h"
#include "renderer/engine/css/properties/grid_parser.h"
#include "renderer/engine/css/properties/image_parser.h"
#include "renderer/engine/css/properties/position_parser.h"
#include "renderer/engine/css/properties/text_parsers.h"
#include "renderer/engine/css/properties/transform_parser.h"

#include <map>
#include <memory>

namespace bulkhead::engine::css {

namespace {

struct TypeRow
{
    std::string_view name;
    ValueParser parser;
};
constexpr TypeRow Types[] = {
    {"color", parseColor},
    {"image", parseImage},
    {"url", parseUrl},
    {"position", parsePosition},
    {"bg-position", parseBackgroundPosition},
    {"transform-function", parseTransformFunction},
    {"transform-origin", parseTransformOrigin},
    {"custom-ident", parseCustomIdent},
    {"string", parseString},
    {"font-family", parseFontFamilies},
    {"feature-tag", parseFeatureTag},
    {"counter-style", parseCounterStyle},
    {"counter-name", parseCounterName},
    {"counter", parseCounter},
    {"attr()", parseAttr},
    {"cursor", parseCursor},
    {"rect()", parseRect},
    {"fit-content()", parseFitContent},
    {"align-content", parseAlignContent},
    {"align-items", parseAlignItems},
    {"align-self", parseAlignItems},
    {"justify-content", parseJustifyContent},
    {"justify-items", parseJustifyItems},
    {"justify-self", parseJustifySelf},
    {"display", parseDisplay},
    {"track-size", parseTrackSize},
    {"grid-template", parseGridTemplate},
    {"grid-line", parseGridLine},
    {"grid-areas", parseGridAreas},
};

struct NamedRow
{
    std::string_view name;
    std::string_view definition;
};
constexpr NamedRow Named[] = {
    {"line-width", "thin | medium | thick | <length[0,]>"},
    {"font-size", "xx-small | x-small | small | medium | large | x-large | xx-large | xxx-large | larger | smaller | "
                  "-webkit-xxx-large | <length-percentage[0,]>"},
    {"font-stretch", "ultra-condensed | extra-condensed | condensed | semi-condensed | normal | semi-expanded | "
                     "expanded | extra-expanded | ultra-expanded"},
    {"common-lig", "common-ligatures | no-common-ligatures"},
    {"discretionary-lig", "discretionary-ligatures | no-discretionary-ligatures"},
    {"historical-lig", "historical-ligatures | no-historical-ligatures"},
    {"contextual-alt", "contextual | no-contextual"},
    {"numeric-figure", "lining-nums | oldstyle-nums"},
    {"numeric-spacing", "proportional-nums | tabular-nums"},
    {"numeric-fraction", "diagonal-fractions | stacked-fractions"},
    {"east-asian-form", "jis78 | jis83 | jis90 | jis04 | simplified | traditional"},
    {"svg-pointer-events", "visiblepainted | visiblefill | visiblestroke | visible | painted | fill | stroke | all | "
                           "bounding-box"},
    {"size-keyword", "min-content | max-content | fit-content | stretch | -webkit-fill-available | "
                     "-webkit-fit-content | -moz-fit-content | -moz-available | -webkit-min-content | "
                     "-webkit-max-content | -moz-min-content | -moz-max-content"},
    {"content-item", "<string> | <image> | <counter> | <attr()> | open-quote | close-quote | no-open-quote | "
                     "no-close-quote"},
    {"counter-name-or-reversed", "<counter-name>"},
};

} // namespace

ValueParser valueParser(std::string_view name)
{
    for (const TypeRow &row : Types) {
        if (row.name == name)
            return row.parser;
    }
    return nullptr;
}

const Grammar *namedGrammar(std::string_view name)
{
    static std::map<std::string_view, std::unique_ptr<const Grammar>> compiled;
    std::unique_ptr<const Grammar> &grammar = compiled[name];
    for (const NamedRow &row : Named) {
        if (!grammar && row.name == name)
            grammar = std::make_unique<const Grammar>(row.definition);
    }
    return grammar.get();
}

} // namespace bulkhead::engine::css
