// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/image_parser.h"

#include "renderer/engine/css/properties/gradient_parser.h"
#include "renderer/engine/css/properties/numbers.h"

#include <QUrl>

#include <cmath>
#include <utility>

namespace bulkhead::engine::css {

namespace {

Value makeUrl(const QString &address, const ValueContext &context)
{
    Value value = Value::makeText(Value::Kind::Url, {});
    if (!address.isEmpty()) {
        const QUrl url(address.trimmed());
        value.text = context.parse.base.isEmpty() ? url.toString(QUrl::FullyEncoded)
                                                  : context.parse.base.resolved(url).toString(QUrl::FullyEncoded);
    }
    return value;
}

/// "2x" or "type("image/png")" after an option; false when something else stands there.
bool parseOptionEnd(TokenStream &tokens, double &resolution)
{
    while (true) {
        tokens.skipWhitespace();
        const Token &token = tokens.peek();
        if (tokens.atEnd() || token.is(TokenType::Comma))
            return true;
        if (token.isFunction(u"type")) {
            tokens.takeBlock();
            continue;
        }
        const auto unit = token.is(TokenType::Dimension) ? unitByName(token.text) : std::nullopt;
        if (!unit || unit->unit != Unit::Dppx || token.number <= 0)
            return false;
        resolution = token.number * unit->factor;
        tokens.next();
    }
}

/// css-images-4 2.4. The one whose resolution is nearest to 1.
bool parseImageSet(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (context.depth >= MostValueDepth)
        return false;
    ValueContext deeper = context;
    ++deeper.depth;
    TokenStream inside(tokens.takeBlock());
    double best = -1;
    while (true) {
        inside.skipWhitespace();
        Value option;
        if (inside.peek().is(TokenType::String))
            option = makeUrl(inside.next().text, context);
        else if (!parseImage(inside, deeper, option))
            return false;
        double resolution = 1;
        if (!parseOptionEnd(inside, resolution))
            return false;
        if (best < 0 || std::fabs(resolution - 1) < std::fabs(best - 1)) {
            best = resolution;
            into = std::move(option);
        }
        if (inside.atEnd())
            return true;
        inside.next();
    }
}

} // namespace

bool parseUrl(TokenStream &tokens, const ValueContext &context, Value &into)
{
    const Token &token = tokens.peek();
    if (token.is(TokenType::Url)) {
        into = makeUrl(tokens.next().text, context);
        return true;
    }
    if (!token.isFunction(u"url") && !token.isFunction(u"src"))
        return false;
    TokenStream inside(tokens.takeBlock());
    inside.skipWhitespace();
    if (!inside.peek().is(TokenType::String))
        return false;
    into = makeUrl(inside.next().text, context);
    inside.skipWhitespace();
    return inside.atEnd();
}

bool parseImage(TokenStream &tokens, const ValueContext &context, Value &into)
{
    const Token &token = tokens.peek();
    if (token.isFunction(u"image-set") || token.isFunction(u"-webkit-image-set"))
        return parseImageSet(tokens, context, into);
    const std::size_t start = tokens.position();
    if (parseUrl(tokens, context, into))
        return true;
    tokens.rewind(start);
    return parseGradient(tokens, context, into);
}

} // namespace bulkhead::engine::css
