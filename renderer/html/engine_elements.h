// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/engine_budget.h"
#include "renderer/html/rule_index.h"

#include <litehtml/litehtml.h>

#include <QRect>

#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace bulkhead {

class EmbedElement;

/// What the elements of one document share. Owned by HtmlContainer, which outlives them.
struct EngineState
{
    EngineBudget budget;
    std::map<const litehtml::css *, std::unique_ptr<RuleIndex>> rules;
    /// Declarations of a rule, parsed once; the engine would parse them for every element that they apply to.
    std::unordered_map<const litehtml::css_selector *, std::unique_ptr<litehtml::style>> styles;

    /// Set while an image is laid out.
    struct ImageLayout
    {
        bool sizeMatters = false; ///< the image's own size decides the layout
        QSize alternative;        ///< of the text shown in place of an image that failed
    };
    std::optional<ImageLayout> imageLayout;

    unsigned styleGeneration = 1; ///< what is remembered of styles counts only with this number
    QRect onlyInside;             ///< while drawing a part of the document: the rest need not be walked

    std::vector<EmbedElement *> embeds; ///< in the document's order; they live as long as the document

    unsigned hoverGeneration = 0; ///< marks on elements count only when they carry this number
    int insideHoverChange = 0;    ///< how many marked elements the engine's walk is inside of
};

/// What our elements know of each other.
struct ElementTraits
{
    // Marks that keep the engine's search for changed styles to where hovering can have changed some.
    unsigned hoverChanged = 0; ///< a rule may apply to this element or inside it now, or no longer
    unsigned hoverPath = 0;    ///< such an element is inside
    virtual bool dependsOnHover() const = 0;

    QRect paintBounds; ///< of this element and everything in it, document coordinates, with room for overhang

    bool isFlexRow = false; ///< its children stand side by side

protected:
    ~ElementTraits() = default;
};

/// The engine's element for a tag, in our version: with budgets, indexed style rules, numbers for list items, text for
/// missing images and boxes for form controls. Null for tags that the engine does itself.
std::shared_ptr<litehtml::element>
createEngineElement(const std::string &tag, const std::shared_ptr<litehtml::document> &document, EngineState &state);

/// Properties that are worth remembering: those that elements inherit. -1 for others.
inline constexpr int inheritedPropertyCount = 20;
int inheritedPropertyId(std::string_view name);

/// The text of a list item's number, e.g. "iv."
std::string listNumber(litehtml::list_style_type type, int number);

} // namespace bulkhead
