// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/installed_fonts.h"

#include <QHash>
#include <QString>

#include <cstdint>

namespace bulkhead::engine {

/// Finds an installed font for characters that no font of a style has: first those that are made for their script, then
/// any. What was found is remembered for each block of characters.
class FallbackFonts
{
public:
    explicit FallbackFonts(InstalledFonts &installed) : m_installed(installed) {}

    /// No typeface when nothing here has the character.
    InstalledFonts::Match find(char32_t character, const FontQuery &query, const QString &language);
    /// The colour font, when there is one and it has the character.
    InstalledFonts::Match findEmoji(char32_t character);

private:
    struct Block
    {
        QStringList families; ///< that had some of it
        int missing = 0;      ///< characters that nothing has
    };

    QStringList familiesFor(char32_t character, const QString &language);

    InstalledFonts &m_installed;
    QHash<quint64, Block> m_blocks;          // by character / 128 and language
    QHash<quint64, QStringList> m_forSystem; // what claims a writing system
};

} // namespace bulkhead::engine
