// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/faces.h"
#include "renderer/engine/text/font_face.h"
#include "renderer/engine/text/font_table.h"
#include "renderer/engine/text/run_shaper.h"
#include "renderer/engine/text/shaper.h"
#include "renderer/engine/text/word_cache.h"

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace bulkhead::engine {

/// A page's fonts: those of this machine and those that its style sheets bring. Main thread; to be destroyed before the
/// QGuiApplication.
class HbShaper final : public Shaper, public Faces
{
public:
    FontId font(const FontDescription &description) override { return m_fonts.font(description); }
    const FontMetrics &metrics(FontId font) override { return m_fonts.metrics(font); }
    std::shared_ptr<const ShapedText> shape(FontId font, QStringView text, Direction direction,
                                            const QString &language) override;
    std::shared_ptr<const ShapedText> shapeWithin(FontId font, QStringView text, std::size_t start, std::size_t length,
                                                  Direction direction, const QString &language) override;
    std::uint64_t epoch() const override { return m_fonts.epoch(); }
    const PaintFace &paintFace(std::uint16_t face) override { return m_fonts.faces().paintFace(face); }

    /// A file that an @font-face rule names has arrived: TrueType, OpenType or WOFF. False when it is none that can be
    /// used, and the rule's next source is due. Afterwards epoch() is another.
    bool addFace(const FontFaceDescriptors &descriptors, const QByteArray &file);
    /// src: local(@p fullName). False when there is no such font.
    bool addLocalFace(const FontFaceDescriptors &descriptors, const QString &fullName);

private:
    std::shared_ptr<const ShapedText> shapeAnew(FontId font, QStringView text, std::size_t start, std::size_t length,
                                                Direction direction, const QString &language);
    std::uint16_t languageNumber(const QString &language);

    FontTable m_fonts;
    RunShaper m_runs{m_fonts};
    WordCache m_words;
    std::vector<QString> m_languages;
    std::uint64_t m_wordsEpoch = 0;
};

} // namespace bulkhead::engine
