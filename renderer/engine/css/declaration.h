// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/property_id.h"
#include "renderer/engine/css/properties/value.h"
#include "renderer/engine/css/token.h"

#include <QString>
#include <QStringView>
#include <QUrl>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bulkhead::engine::css {

enum class Importance : std::uint8_t { Normal, Important };
enum class Syntax : std::uint8_t {
    Standard,
    Quirks, ///< lengths without unit and colours without "#", for the properties that quirks.spec.whatwg.org names
};

struct ParseContext
{
    QUrl base; ///< what addresses are relative to: the style sheet's own
    Syntax syntax = Syntax::Standard;
};

/// A value whose var() or env() have to be substituted before it can be parsed (css-variables-1 3).
struct PendingValue
{
    QString text;
    PropertyId written = PropertyId::Invalid; ///< what it is parsed as: the property itself or its shorthand
    ParseContext context;
};

/// What a declaration gives a property.
struct PropertyValue
{
    enum class Kind : std::uint8_t { Parsed, Pending, Initial, Inherit, Unset, Revert, RevertLayer };

    Kind kind = Kind::Parsed;
    Value parsed;
    std::shared_ptr<const PendingValue> pending; ///< also of custom properties: their text
};

/// One longhand, or one custom property.
struct Declaration
{
    PropertyId property =
        PropertyId::Invalid; ///< Custom: customName says which; All: the shorthand "all", never expanded
    Importance importance = Importance::Normal;
    QString customName; ///< with its dashes
    PropertyValue value;
};

/// Appends what "name: value" declares, a shorthand as its longhands, to @p into. @p value is without "!important" and
/// may have white space at its ends; @p source is what it was tokenized from. False, and nothing appended, when the
/// property is unknown or the value invalid.
bool parseDeclaration(QStringView name, std::span<const Token> value, QStringView source, Importance importance,
                      const ParseContext &context, std::vector<Declaration> &into);

/// "@supports (name: value)" (css-conditional-3).
bool isSupported(QStringView name, std::span<const Token> value, QStringView source);

} // namespace bulkhead::engine::css
