// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/installed_fonts.h"

#include <QFont>
#include <QFontDatabase>

#include <algorithm>
#include <array>
#include <utility>

namespace bulkhead::engine {

namespace {

/// A family without "[foundry]", which Qt adds where two foundries offer one name.
QString withoutFoundry(const QString &family)
{
    const qsizetype bracket = family.lastIndexOf(QStringLiteral(" ["));
    return bracket > 0 ? family.left(bracket) : family;
}

/// Names in lower case of all families, and as Qt has them.
const QHash<QString, QString> &installedNames()
{
    static const QHash<QString, QString> names = [] {
        QHash<QString, QString> table;
        for (const QString &family : QFontDatabase::families()) {
            const QString lower = withoutFoundry(family).toLower();
            // Aliases of Qt's, which hide the family that they stand for.
            if (lower == QLatin1String("serif") || lower == QLatin1String("sans serif") ||
                lower == QLatin1String("monospace"))
                continue;
            if (!table.contains(lower) || table.value(lower) > family)
                table.insert(lower, family);
        }
        return table;
    }();
    return names;
}

/// Qt does not tell a style's width but in its name.
float stretchOf(const QString &style)
{
    constexpr std::array<std::pair<const char *, float>, 7> names{{{"ultra-condensed", 50.0F},
                                                                   {"extra-condensed", 62.5F},
                                                                   {"semi-condensed", 87.5F},
                                                                   {"condensed", 75.0F},
                                                                   {"narrow", 75.0F},
                                                                   {"semi-expanded", 112.5F},
                                                                   {"expanded", 125.0F}}};
    QString plain = style.toLower();
    plain.replace(QLatin1String("semicondensed"), QLatin1String("semi-condensed"));
    plain.replace(QLatin1String("extracondensed"), QLatin1String("extra-condensed"));
    for (const auto &[name, stretch] : names) {
        if (plain.contains(QLatin1String(name)))
            return stretch;
    }
    return 100;
}

FaceTraits traitsOf(const QString &family, const QString &style)
{
    FaceTraits traits;
    const int weight = std::clamp(QFontDatabase::weight(family, style), 1, 1000);
    traits.minWeight = traits.maxWeight = std::uint16_t(weight);
    const QFont::Style slant = QFontDatabase::font(family, style, 12).style();
    if (slant != QFont::StyleNormal)
        traits.slant = slant == QFont::StyleItalic ? FontSlant::Italic : FontSlant::Oblique;
    traits.minStretch = traits.maxStretch = stretchOf(style);
    return traits;
}

/// Families that cover much, for characters that those of the style lack.
constexpr std::array Fallbacks{"DejaVu Sans",         "Noto Sans",       "Liberation Sans", "Noto Sans CJK JP",
                               "Noto Sans CJK SC",    "Source Han Sans", "IPAGothic",       "WenQuanYi Zen Hei",
                               "Droid Sans Fallback", "Unifont"};

} // namespace

InstalledFonts::Match InstalledFonts::face(const QString &familyName, const FontQuery &query)
{
    Family *found = family(familyName.toLower());
    // Faces that cannot be used go; then the next best is looked for.
    while (found && !found->styles.empty()) {
        const std::size_t best = bestFace(found->traits, query);
        if (const auto &typeface = open(*found, found->styles[best]))
            return {typeface, found->traits[best]};
        found->styles.erase(found->styles.begin() + std::ptrdiff_t(best));
        found->traits.erase(found->traits.begin() + std::ptrdiff_t(best));
    }
    return {};
}

std::shared_ptr<const Typeface> InstalledFonts::named(const QString &fullName)
{
    const QString wanted = fullName.toLower();
    // The family is a beginning of the full name; what follows is the style.
    for (qsizetype end = wanted.size(); end > 0; end = wanted.lastIndexOf(u' ', end - 1)) {
        Family *found = family(wanted.left(end));
        if (!found)
            continue;
        const QString style = wanted.mid(end).trimmed();
        for (Style &one : found->styles) {
            const QString name = one.name.toLower();
            const bool isRegular =
                style.isEmpty() && (name == QLatin1String("regular") || name == QLatin1String("book") ||
                                    name == QLatin1String("roman") || name == QLatin1String("medium"));
            if (isRegular || name == style)
                return open(*found, one);
        }
    }
    return nullptr;
}

const QStringList &InstalledFonts::families()
{
    if (!m_names.isEmpty())
        return m_names;
    QStringList rest;
    for (const QString &name : installedNames())
        rest.append(withoutFoundry(name));
    rest.sort(Qt::CaseInsensitive);
    for (const char *name : Fallbacks) {
        const QString family = QString::fromLatin1(name);
        if (rest.removeOne(family))
            m_names.append(family);
    }
    m_names.append(rest);
    return m_names;
}

InstalledFonts::Family *InstalledFonts::family(const QString &lowerCaseName)
{
    const auto known = m_families.find(lowerCaseName);
    if (known != m_families.end())
        return &*known;
    Family family;
    family.name = installedNames().value(lowerCaseName);
    if (family.name.isEmpty())
        return nullptr;
    for (const QString &style : QFontDatabase::styles(family.name)) {
        family.styles.push_back({style, nullptr, false});
        family.traits.push_back(traitsOf(family.name, style));
    }
    return &*m_families.insert(lowerCaseName, std::move(family));
}

const std::shared_ptr<const Typeface> &InstalledFonts::open(const Family &family, Style &style)
{
    if (!style.wasOpened) {
        style.wasOpened = true;
        style.typeface = Typeface::fromFont(QFontDatabase::font(family.name, style.name, 12));
    }
    return style.typeface;
}

} // namespace bulkhead::engine
