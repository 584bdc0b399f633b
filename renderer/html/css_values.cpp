// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/css_values.h"

#include "renderer/html/css_scanner.h"

#include <QColor>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           uchar(c) >= 0x80;
}

bool containsFunction(QByteArrayView lowerCase, QByteArrayView name)
{
    for (qsizetype at = 0; (at = lowerCase.indexOf(name, at)) >= 0; at += name.size()) {
        if ((at == 0 || !isNameCharacter(lowerCase[at - 1])) && at + name.size() < lowerCase.size() &&
            lowerCase[at + name.size()] == '(')
            return true;
    }
    return false;
}

// hsl() and the newer spellings of rgb(), as the comma form that the engine reads.
QByteArray plainColor(QByteArrayView function, QByteArrayView arguments)
{
    QByteArray text = arguments.toByteArray();
    text.replace(',', ' ').replace('/', ' ');
    const QList<QByteArray> parts = text.simplified().split(' ');
    if (parts.size() < 3)
        return {};
    const auto number = [](QByteArray part, double whole) {
        const bool percent = part.endsWith('%');
        if (percent)
            part.chop(1);
        const double value = part.endsWith("deg") ? part.chopped(3).toDouble() : part.toDouble();
        return percent ? value / 100 * whole : value;
    };
    const double alpha = parts.size() > 3 ? std::clamp(number(parts[3], 1), 0.0, 1.0) : 1;
    QColor color;
    if (function.startsWith("hsl")) {
        const double hue = std::fmod(std::fmod(number(parts[0], 360), 360) + 360, 360);
        color = QColor::fromHslF(float(hue / 360), float(std::clamp(number(parts[1], 1), 0.0, 1.0)),
                                 float(std::clamp(number(parts[2], 1), 0.0, 1.0)));
    } else {
        const auto channel = [&](int i) { return int(std::clamp(std::lround(number(parts[i], 255)), 0L, 255L)); };
        color = QColor(channel(0), channel(1), channel(2));
    }
    return "rgba(" + QByteArray::number(color.red()) + ',' + QByteArray::number(color.green()) + ',' +
           QByteArray::number(color.blue()) + ',' + QByteArray::number(alpha, 'f', 3) + ')';
}

QByteArray plainHexColor(QByteArrayView digits)
{
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    if ((digits.size() != 4 && digits.size() != 8) || !std::all_of(digits.begin(), digits.end(), isHex))
        return '#' + digits.toByteArray();
    QByteArray full;
    for (char c : digits)
        full += digits.size() == 4 ? QByteArray(2, c) : QByteArray(1, c);
    const uint rgba = full.toUInt(nullptr, 16);
    return "rgba(" + QByteArray::number(rgba >> 24) + ',' + QByteArray::number((rgba >> 16) & 255) + ',' +
           QByteArray::number((rgba >> 8) & 255) + ',' + QByteArray::number((rgba & 255) / 255.0, 'f', 3) + ')';
}

// A quoted url() without characters that the engine would stumble over.
QByteArray plainUrl(QByteArrayView arguments, const QUrl &base)
{
    QByteArray text = arguments.trimmed().toByteArray();
    if (text.size() >= 2 && (text.startsWith('"') || text.startsWith('\'')) && text.endsWith(text[0]))
        text = text.mid(1, text.size() - 2);
    QUrl url(QString::fromUtf8(text));
    if (base.isValid())
        url = base.resolved(url);
    QByteArray encoded = url.toEncoded();
    encoded.replace('"', "%22").replace('\'', "%27").replace('(', "%28").replace(')', "%29").replace(';', "%3B");
    if (encoded.startsWith("data:"))
        encoded.replace("%3B", ";");
    return "url(\"" + encoded + "\")";
}

// One walk over the tokens of a value: numbers bounded, colors and URLs made plain, braces in strings escaped.
QByteArray plainTokens(QByteArrayView value, const QUrl &base, const CssLimits &limits)
{
    QByteArray out;
    for (qsizetype i = 0; i < value.size();) {
        const char c = value[i];
        if (c == '"' || c == '\'') {
            qsizetype end = i + 1;
            while (end < value.size() && value[end] != c)
                end += value[end] == '\\' ? 2 : 1;
            end = qMin(end + 1, value.size());
            out += value.sliced(i, end - i).toByteArray().replace('{', "\\7b ").replace('}', "\\7d ");
            i = end;
        } else if (c == '#') {
            qsizetype end = i + 1;
            while (end < value.size() && isNameCharacter(value[end]))
                ++end;
            out += plainHexColor(value.sliced(i + 1, end - i - 1));
            i = end;
        } else if ((c >= '0' && c <= '9') ||
                   (c == '.' && i + 1 < value.size() && value[i + 1] >= '0' && value[i + 1] <= '9')) {
            qsizetype end = i;
            while (end < value.size() && ((value[end] >= '0' && value[end] <= '9') || value[end] == '.'))
                ++end;
            const bool huge = end - i > 5 && value.sliced(i, end - i).toByteArray().toDouble() > limits.number;
            out += huge ? QByteArray::number(limits.number, 'f', 0)
                        : value.sliced(i, qMin<qsizetype>(end - i, 16)).toByteArray();
            i = end;
            while (i < value.size() && (isNameCharacter(value[i]) || value[i] == '%'))
                out += value[i++];
        } else if (isNameCharacter(c)) {
            qsizetype end = i;
            while (end < value.size() && isNameCharacter(value[end]))
                ++end;
            const QByteArray name = value.sliced(i, end - i).toByteArray().toLower();
            // A sign belongs to the number behind it.
            if (end < value.size() && value[end] == '(') {
                const qsizetype close = skipBrackets(value, end);
                const QByteArrayView arguments = value.sliced(end + 1, qMax<qsizetype>(0, close - end - 2));
                if (name == "url")
                    out += plainUrl(arguments, base);
                else if (name == "hsl" || name == "hsla" || name == "rgb" || name == "rgba")
                    out += plainColor(name, arguments);
                else
                    out += name + '(' + arguments.toByteArray() + ')';
                i = close;
            } else if (c == '-' && end - i > 1 && ((value[i + 1] >= '0' && value[i + 1] <= '9'))) {
                out += '-';
                ++i;
            } else {
                out += value.sliced(i, end - i);
                i = end;
            }
        } else {
            out += c == '\n' || c == '\t' || c == '\r' || c == '\f' ? ' ' : c;
            ++i;
        }
    }
    return out;
}

// The first color of a gradient is nearer to what its author meant than no color.
QByteArray firstColor(const QByteArray &value)
{
    static const QRegularExpression color(
        QStringLiteral("#[0-9a-fA-F]{3,8}\\b|(?:rgb|hsl)a?\\([^()]*\\)|\\b(?:white|black|gray|silver|navy|blue)\\b"));
    return color.match(QString::fromUtf8(value)).captured().toUtf8();
}

} // namespace

std::optional<CssDeclaration> engineDeclaration(const CssDeclaration &declaration, const QUrl &base,
                                                const CssLimits &limits)
{
    CssDeclaration out = declaration;
    if (out.property.isEmpty() || out.property.startsWith('-') || out.value.isEmpty() ||
        out.value.size() > limits.valueBytes || !isBalancedCss(out.value) || hasBraces(out.value) ||
        !std::all_of(out.property.begin(), out.property.end(), isNameCharacter))
        return {};

    QByteArray important;
    if (const qsizetype mark = out.value.lastIndexOf('!');
        mark >= 0 && out.value.sliced(mark + 1).trimmed().toLower() == "important") {
        important = " !important";
        out.value = out.value.first(mark).trimmed();
    }
    QByteArray lower = out.value.toLower();
    if (lower.contains("gradient(")) {
        if (!out.property.startsWith("background"))
            return {};
        out.property = "background-color";
        out.value = firstColor(out.value);
        lower = out.value.toLower();
        if (lower.isEmpty())
            return {};
    }
    static const QSet<QByteArray> unset{"initial", "unset", "revert", "revert-layer"};
    if (unset.contains(lower))
        return {};
    for (QByteArrayView function :
         {"calc", "min", "max", "clamp", "env", "image-set", "var", "attr", "color-mix", "fit-content"}) {
        if (containsFunction(lower, function) && !(function == "attr" && out.property == "content"))
            return {};
    }

    if (out.property == "display") {
        if (lower == "flex" || lower == "grid" || lower == "flow-root" || lower == "block flow" ||
            lower == "-webkit-box" || lower == "-ms-flexbox" || lower == "-webkit-flex")
            out.value = "block";
        else if (lower == "inline-flex" || lower == "inline-grid")
            out.value = "inline-block";
        else if (lower == "contents" || lower == "ruby" || lower.startsWith('-'))
            out.value = "inline";
        else if (lower == "inline-table")
            out.value = "inline-block";
    } else if (out.property == "opacity") {
        // The engine blends nothing, but what cannot be seen at all should not be.
        if (lower.toDouble() > 0 || (lower != "0" && !lower.startsWith("0") && lower != ".0"))
            return {};
        out.property = "visibility";
        out.value = "hidden";
    } else if (out.property == "position") {
        if (lower.endsWith("sticky"))
            out.value = "static";
    } else if (out.property == "width" || out.property == "height" || out.property == "max-width" ||
               out.property == "min-width" || out.property == "max-height" || out.property == "min-height") {
        if (lower.endsWith("-content") || lower.startsWith('-'))
            return {};
    } else if (out.property == "font-size" && lower.startsWith('-')) {
        return {};
    }
    out.value = plainTokens(out.value, base, limits);
    if (out.value.trimmed().isEmpty())
        return {};
    out.value += important;
    return out;
}

} // namespace bulkhead
