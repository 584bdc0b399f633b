// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/declaration.h"
#include "renderer/engine/css/font_face.h"
#include "renderer/engine/css/media.h"
#include "renderer/engine/css/selector.h"

#include <QString>
#include <QUrl>

#include <cstdint>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

namespace bulkhead::engine::css {

struct Rule;

/// The parts between the dots of a layer's name (css-cascade-5 6.4.4).
using LayerName = std::vector<QString>;

/// Declarations of a rule or of style="".
struct DeclarationBlock
{
    std::vector<Declaration> declarations; ///< as written
    bool hasNormal = false;
    bool hasImportant = false;

    bool isEmpty() const { return declarations.empty(); }
};

struct StyleRule
{
    /// Its selectors; rules that are nested in it refer to them.
    std::shared_ptr<const SelectorArgument> selectors;
    DeclarationBlock block;
};

/// @media, and @supports that holds: others are left out.
struct MediaRule
{
    MediaQueryList media;
    std::vector<Rule> rules;
};

/// "@layer name { }"; an empty name is a layer of its own.
struct LayerBlock
{
    LayerName name;
    std::vector<Rule> rules;
};

/// "@layer a, b;": their order.
struct LayerStatement
{
    std::vector<LayerName> names;
};

struct Sheet;

struct ImportRule
{
    QUrl url; ///< resolved
    MediaQueryList media;
    bool isLayered = false;
    LayerName layer; ///< empty with isLayered: a layer of its own
    /// What was loaded from there; null until then. Whoever loads sets it.
    std::shared_ptr<const Sheet> sheet;
};

struct PageRule
{
    enum class Pages : std::uint8_t { All, First, Left, Right, Blank, Named } pages = Pages::All;
    DeclarationBlock block;
};

/// "@counter-style" (css-counter-styles-3): its descriptors, names lowered, values as written.
struct CounterStyleRule
{
    QString name;
    std::vector<std::pair<QString, QString>> descriptors;
};

struct Rule
{
    std::variant<StyleRule, MediaRule, LayerBlock, LayerStatement, ImportRule, FontFace, PageRule, CounterStyleRule>
        content;
};

/// A style sheet. What no environment could make true is left out, as are rules that only scripts or animation see.
struct Sheet
{
    std::vector<Rule> rules;

    /// Those of its @import rules that have to be loaded, in order.
    std::vector<ImportRule *> imports();
};

} // namespace bulkhead::engine::css
