// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QSize>

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bulkhead::lab {

/// The animation of "Frames side by side": a ship with lit compartments on a sea at dusk, and a lighthouse. Picture N
/// of a size is the same in every process, to the last bit, so a receiver can compare what arrived with what was sent.
/// Its whole area is written anew for each. Every picture is painted by plain code, in a nanosecond or two per pixel,
/// so that painting is the same steady work in every pane. One thread; no event loop, no fonts, no files.
class FrameAnimation
{
public:
    static constexpr int PicturesPerSecond = 60;

    /// Prepares what does not move.
    explicit FrameAnimation(QSize size);

    QSize size() const { return m_size; }
    std::size_t bytes() const { return std::size_t(m_size.width()) * std::size_t(m_size.height()) * 4; }
    /// Writes picture @p number into bytes() bytes of premultiplied ARGB32, lines without gaps.
    void paint(std::uint64_t number, unsigned char *pixels);

private:
    static constexpr int Waves = 6;
    /// Behind the waves from this one on.
    static constexpr int ShipBefore = 3;
    static constexpr int Depths = 256;

    struct Wave
    {
        double level = 0;                            ///< of the water, share of the height
        double height = 0;                           ///< of the swell, in parts of the height
        double speed = 0;                            ///< parts of the width per second
        double length = 0;                           ///< of the longest swell, in parts of the width
        std::array<std::uint32_t, Depths> colours{}; ///< by depth below the crest
        std::vector<std::int32_t> tops;              ///< per column, in 1/256 lines
        int highest = 0, lowest = 0;                 ///< lines
    };
    struct Star
    {
        int x, y;
        double phase, brightness;
    };

    void makeSky();
    void makeWaves();
    void makeShip();
    void raise(Wave &wave, double seconds) const;
    void paintStars(double seconds, std::uint32_t *pixels) const;
    void paintBeam(double seconds, std::uint32_t *pixels) const;
    void paintGlow(double x, double y, double radius, double strength, std::uint32_t colour,
                   std::uint32_t *pixels) const;
    void paintWater(int index, std::uint32_t *pixels) const;
    void paintGlitter(double seconds, std::uint32_t *pixels) const;
    void paintShip(double seconds, std::uint32_t *pixels) const;

    QSize m_size;
    double m_unit; ///< a 360th of the height, in pixels
    std::vector<std::uint32_t> m_sky;
    std::array<Wave, Waves> m_waves;
    std::vector<Star> m_stars;
    std::vector<std::uint32_t> m_ship; ///< premultiplied, with an empty border
    QSize m_shipSize;
};

} // namespace bulkhead::lab
