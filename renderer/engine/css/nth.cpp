// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/nth.h"

#include <QStringView>

#include <algorithm>

namespace bulkhead::engine::css {

namespace {

int clampedInteger(double value)
{
    return int(std::clamp(value, -1e9, 1e9)); // far from overflow in Nth
}

/// "n" and what follows it within its token, as "n-1"; the sign of a lone "-n" is in @p step.
bool takeStep(TokenStream &tokens, int &step, QString &rest)
{
    const bool hasPlus = tokens.peek().isDelim(u'+');
    if (hasPlus)
        tokens.next();
    const Token &token = tokens.next();
    QString unit = token.text;
    step = 1;
    if (token.is(TokenType::Dimension) && !hasPlus && token.isInteger) {
        step = clampedInteger(token.number);
    } else if (!token.is(TokenType::Ident)) {
        return false;
    } else if (unit.startsWith(QLatin1Char('-')) && !hasPlus) {
        step = -1;
        unit = unit.mid(1);
    }
    if (!unit.startsWith(QLatin1Char('n'), Qt::CaseInsensitive))
        return false;
    rest = unit.mid(1);
    return true;
}

bool isUnsignedInteger(const Token &token)
{
    return token.is(TokenType::Number) && token.isInteger && !token.hasSign;
}

/// What is added to "an": within the same token (@p rest), or after it.
bool takeOffset(TokenStream &tokens, const QString &rest, int &offset)
{
    if (rest.size() > 1) { // "-1"
        const bool areDigits = std::all_of(rest.begin() + 1, rest.end(), [](QChar c) { return isDigit(c.unicode()); });
        offset = -clampedInteger(QStringView(rest).mid(1).toDouble());
        return rest.startsWith(QLatin1Char('-')) && areDigits;
    }
    int sign = rest.isEmpty() ? 0 : -1;
    if (!rest.isEmpty() && rest != QLatin1String("-"))
        return false;
    const std::size_t before = tokens.position();
    tokens.skipWhitespace();
    const Token &token = tokens.peek();
    if (sign == 0 && token.is(TokenType::Number) && token.isInteger && token.hasSign) {
        offset = clampedInteger(tokens.next().number);
        return true;
    }
    if (sign == 0 && (token.isDelim(u'+') || token.isDelim(u'-'))) {
        sign = tokens.next().isDelim(u'+') ? 1 : -1;
        tokens.skipWhitespace();
    }
    if (sign == 0) {
        tokens.rewind(before);
        return true;
    }
    if (!isUnsignedInteger(tokens.peek()))
        return false;
    offset = sign * clampedInteger(tokens.next().number);
    return true;
}

} // namespace

std::optional<Nth> takeNth(TokenStream &tokens)
{
    tokens.skipWhitespace();
    Nth nth;
    const Token &first = tokens.peek();
    if (first.isIdent(u"odd") || first.isIdent(u"even")) {
        nth = {2, first.isIdent(u"odd") ? 1 : 0};
        tokens.next();
    } else if (first.is(TokenType::Number)) {
        if (!first.isInteger)
            return std::nullopt;
        nth = {0, clampedInteger(tokens.next().number)};
    } else {
        QString rest;
        if (!takeStep(tokens, nth.step, rest) || !takeOffset(tokens, rest, nth.offset))
            return std::nullopt;
    }
    tokens.skipWhitespace();
    return nth;
}

} // namespace bulkhead::engine::css
