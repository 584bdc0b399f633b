// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/font_matching.h"
#include "renderer/engine/text/typeface.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <cstddef>
#include <memory>
#include <vector>

namespace bulkhead::engine {

/// The fonts of this machine, opened when they are asked for. To be destroyed before the QGuiApplication.
class InstalledFonts
{
public:
    struct Match
    {
        std::shared_ptr<const Typeface> typeface; ///< null: not installed
        FaceTraits traits;
    };

    /// The best face of a family; the case of its name does not count.
    Match face(const QString &family, const FontQuery &query);
    /// A face by its full name ("DejaVu Sans Bold"), as local() in src: asks for one.
    std::shared_ptr<const Typeface> named(const QString &fullName);

    /// All families, those that usually serve as a last resort first.
    const QStringList &families();

private:
    struct Style
    {
        QString name;
        std::shared_ptr<const Typeface> typeface;
        bool wasOpened = false;
    };
    struct Family
    {
        QString name;
        std::vector<Style> styles;
        std::vector<FaceTraits> traits; // of styles
    };

    Family *family(const QString &lowerCaseName);
    const std::shared_ptr<const Typeface> &open(const Family &family, Style &style);

    QHash<QString, Family> m_families; // by name in lower case
    QStringList m_names;
};

/// What stands for a family that a style sheet names: itself and its metric twins (Arial: Liberation Sans), for a
/// generic one its members, best first. Many of them are not installed.
QStringList familyCandidates(const QString &cssFamily);

} // namespace bulkhead::engine
