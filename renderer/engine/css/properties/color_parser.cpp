// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/color_parser.h"

#include "renderer/engine/css/properties/color_functions.h"
#include "renderer/engine/css/properties/named_colors.h"

#include <QString>

#include <algorithm>

namespace bulkhead::engine::css {

namespace {

Value makeRgb(std::uint32_t rgb)
{
    Value value;
    value.kind = Value::Kind::Color;
    value.color = {float(rgb >> 16 & 0xff) / 255, float(rgb >> 8 & 0xff) / 255, float(rgb & 0xff) / 255, 1};
    return value;
}

bool parseHex(QStringView digits, Value &into)
{
    if (digits.size() != 3 && digits.size() != 4 && digits.size() != 6 && digits.size() != 8)
        return false;
    if (!std::all_of(digits.begin(), digits.end(), [](QChar c) {
            const char16_t code = c.unicode();
            return (code >= u'0' && code <= u'9') || (code >= u'a' && code <= u'f') || (code >= u'A' && code <= u'F');
        }))
        return false;
    const qsizetype each = digits.size() <= 4 ? 1 : 2;
    into = makeRgb(0);
    for (qsizetype i = 0; i * each < digits.size(); ++i) {
        const uint part = digits.mid(i * each, each).toUInt(nullptr, 16);
        into.color[std::size_t(i)] = float(each == 1 ? part * 17 : part) / 255;
    }
    return true;
}

/// quirks.spec.whatwg.org 3.1: what the tokenizer made of six or three digits without "#".
bool parseHashless(const Token &token, Value &into)
{
    QString digits;
    if (token.is(TokenType::Ident)) {
        digits = token.text;
    } else if ((token.is(TokenType::Number) || token.is(TokenType::Dimension)) && token.isInteger &&
               token.number >= 0 && token.number < 1e6) {
        digits = QString::number(int(token.number)) + (token.is(TokenType::Dimension) ? token.text : QString());
        digits = digits.rightJustified(6, u'0');
    }
    return (digits.size() == 3 || digits.size() == 6) && parseHex(digits, into);
}

bool parseLightDark(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (context.depth >= MostValueDepth)
        return false;
    ValueContext deeper = context;
    ++deeper.depth;
    TokenStream inside(tokens.takeBlock());
    Values both(2);
    for (std::size_t i = 0; i < 2; ++i) {
        inside.skipWhitespace();
        if ((i == 1 && !inside.next().is(TokenType::Comma)))
            return false;
        inside.skipWhitespace();
        if (!parseColor(inside, deeper, both[i]) || both[i].is(Value::Kind::Function))
            return false;
    }
    inside.skipWhitespace();
    into = Value::makeFunction("light-dark"_kw, std::move(both));
    return inside.atEnd();
}

} // namespace

bool parseColor(TokenStream &tokens, const ValueContext &context, Value &into)
{
    const Token &token = tokens.peek();
    if (token.is(TokenType::Hash) && parseHex(token.text, into)) {
        tokens.next();
        return true;
    }
    if (token.is(TokenType::Ident)) {
        const Keyword keyword = keywordOf(token.text);
        const auto named = namedColor(token.text);
        if (named) {
            into = makeRgb(*named);
        } else if (keyword == "transparent"_kw) {
            into = makeRgb(0);
            into.color[3] = 0;
        } else if (keyword == "currentcolor"_kw || keyword == "-webkit-link"_kw || isSystemColor(token.text)) {
            into = Value::makeKeyword(keyword);
        } else if (!context.hashlessColors || !parseHashless(token, into)) {
            return false;
        }
        tokens.next();
        return true;
    }
    if (token.is(TokenType::Function))
        return token.isFunction(u"light-dark") ? parseLightDark(tokens, context, into)
                                               : parseColorFunction(tokens, context, into);
    if (context.hashlessColors && parseHashless(token, into)) {
        tokens.next();
        return true;
    }
    return false;
}

} // namespace bulkhead::engine::css
