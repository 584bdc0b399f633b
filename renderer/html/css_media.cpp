// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/css_media.h"

#include "renderer/html/css_scanner.h"

#include <QSet>

#include <optional>

namespace bulkhead {

namespace {

enum class Verdict { Always, Never, AskEngine };

// "(width >= 600px)" is "(min-width: 600px)".
QByteArray withoutRange(const QByteArray &feature)
{
    for (const auto &[sign, prefix] : {std::pair{">=", "min-"}, {"<=", "max-"}, {">", "min-"}, {"<", "max-"}}) {
        const qsizetype at = feature.indexOf(sign);
        if (at > 0)
            return prefix + feature.first(at).trimmed() + ": " + feature.mid(at + qsizetype(qstrlen(sign))).trimmed();
    }
    return feature;
}

Verdict verdictOn(const QByteArray &feature, PreferredColors colors)
{
    static const QSet<QByteArray> engineKnows{
        "width",        "min-width",        "max-width",        "height",      "min-height",       "max-height",
        "device-width", "min-device-width", "max-device-width", "orientation", "min-aspect-ratio", "max-aspect-ratio"};
    const qsizetype colon = feature.indexOf(':');
    const QByteArray name = feature.first(colon < 0 ? feature.size() : colon).trimmed();
    const QByteArray value = colon < 0 ? QByteArray() : feature.mid(colon + 1).trimmed();
    if (engineKnows.contains(name))
        return colon < 0 ? Verdict::Always : Verdict::AskEngine;
    if (name == "prefers-color-scheme")
        return value.isEmpty() || value == (colors == PreferredColors::Dark ? "dark" : "light") ? Verdict::Always
                                                                                                : Verdict::Never;
    if (name == "prefers-reduced-motion")
        return value == "reduce" || value.isEmpty() ? Verdict::Always : Verdict::Never;
    if (name == "hover" || name == "any-hover")
        return value == "hover" || value.isEmpty() ? Verdict::Always : Verdict::Never;
    if (name == "pointer" || name == "any-pointer")
        return value == "fine" || value.isEmpty() ? Verdict::Always : Verdict::Never;
    if (name == "color" || name == "min-color")
        return Verdict::Always;
    return Verdict::Never;
}

std::optional<QByteArray> engineQuery(QByteArray query, PreferredColors colors)
{
    query = query.toLower().simplified();
    if (query.startsWith("only "))
        query = query.mid(5);
    if (query.startsWith("not ")) {
        // Rare, and the engine reads only whole negations of a type.
        const QByteArray type = query.mid(4).trimmed();
        return type == "print" || type == "speech" ? std::optional(allMedia.toByteArray()) : std::nullopt;
    }
    QByteArray features;
    for (QByteArrayView rest = query; !rest.isEmpty();) {
        rest = rest.trimmed();
        if (rest.startsWith('(')) {
            const qsizetype end = skipBrackets(rest, 0);
            const QByteArray feature =
                withoutRange(rest.sliced(1, qMax<qsizetype>(0, end - 2)).trimmed().toByteArray());
            switch (verdictOn(feature, colors)) {
            case Verdict::Never:
                return {};
            case Verdict::AskEngine:
                features += " and (" + feature + ')';
                break;
            case Verdict::Always:
                break;
            }
            rest = rest.sliced(end);
            continue;
        }
        qsizetype end = 0;
        while (end < rest.size() && rest[end] != ' ' && rest[end] != '(')
            ++end;
        const QByteArrayView word = rest.first(end);
        if (word != "and" && word != "all" && word != "screen")
            return {};
        rest = rest.sliced(end);
    }
    return features.isEmpty() ? allMedia.toByteArray() : "screen" + features;
}

} // namespace

QByteArray engineMedia(QByteArrayView mediaQueryList, PreferredColors colors)
{
    if (mediaQueryList.trimmed().isEmpty())
        return allMedia.toByteArray();
    QByteArray out;
    for (QByteArrayView query : splitOutsideBrackets(mediaQueryList, ',')) {
        const auto plain = engineQuery(query.toByteArray(), colors);
        if (!plain)
            continue;
        if (*plain == allMedia)
            return *plain;
        out += (out.isEmpty() ? "" : ", ") + *plain;
    }
    return out;
}

} // namespace bulkhead
