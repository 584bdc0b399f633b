// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/computed_style.h"
#include "renderer/engine/text/face_table.h"
#include "renderer/engine/text/fallback_fonts.h"
#include "renderer/engine/text/font_face.h"
#include "renderer/engine/text/installed_fonts.h"
#include "renderer/engine/text/shaper.h"
#include "renderer/engine/text/web_fonts.h"

#include <QHash>
#include <QString>
#include <QStringView>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace bulkhead::engine {

/// Fonts as styles ask for them: lists of faces, and which of them shows which character.
class FontTable
{
public:
    FontId font(const FontDescription &description);
    const FontDescription &description(FontId font) const { return m_fonts[std::size_t(font)]->description; }
    const FontMetrics &metrics(FontId font) { return resolved(font).metrics; }

    /// The face of most of the font's text; -1 when there are no fonts at all.
    int primaryFace(FontId font) { return resolved(font).primary; }
    /// Whether the first face of the list shows all of @p text, which is below U+0300.
    bool primaryHas(FontId font, QStringView text);
    /// The first face that has all of a cluster (a character with its marks), else its first character; the primary one
    /// when nothing has.
    int faceFor(FontId font, QStringView cluster, const QString &language);

    /// A face that has arrived: all fonts that name its family change.
    bool addFace(const FontFaceDescriptors &descriptors, std::shared_ptr<const Typeface> typeface);
    InstalledFonts &installed() { return m_installed; }
    FaceTable &faces() { return m_faces; }
    /// Rises when fonts change.
    std::uint64_t epoch() const { return m_epoch; }
    /// What font-feature-settings the @font-face of that face has.
    const std::vector<std::pair<QString, int>> &features(std::uint16_t face) const;

private:
    struct Candidate
    {
        std::shared_ptr<const Typeface> typeface;
        std::shared_ptr<const WebFonts::Face> web; // null: installed
        std::uint16_t face = 0;

        bool covers(char32_t c) const { return !web || web->descriptors.covers(c); }
        bool has(char32_t c) const { return covers(c) && typeface->hasGlyph(c); }
    };
    struct Font
    {
        explicit Font(const FontDescription &wanted)
            : description(wanted), query{wanted.weight, wanted.slant, wanted.stretch}
        {
        }

        FontDescription description;
        FontQuery query;
        std::vector<Candidate> candidates;
        FontMetrics metrics;
        int primary = -1; // its face
        std::size_t primaryCandidate = 0;
        QHash<quint64, int> fallbacks; // face by character and language
        std::uint64_t epoch = 0;       // when it was resolved; 0: not yet
    };

    Font &resolved(FontId font);
    void resolve(Font &font);
    void addCandidate(Font &font, const InstalledFonts::Match &match);
    std::uint16_t faceNumber(const Font &font, const std::shared_ptr<const Typeface> &typeface,
                             const FaceTraits &traits, float scale);
    int fallback(Font &font, char32_t character, const QString &language);

    std::vector<std::unique_ptr<Font>> m_fonts;
    QHash<std::size_t, std::vector<FontId>> m_byHash;
    InstalledFonts m_installed;
    FallbackFonts m_fallbacks{m_installed};
    WebFonts m_web;
    FaceTable m_faces;
    QHash<std::uint16_t, std::shared_ptr<const WebFonts::Face>> m_webOfFace;
    std::uint64_t m_epoch = 1;
};

} // namespace bulkhead::engine
