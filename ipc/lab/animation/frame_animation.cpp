// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/animation/frame_animation.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace bulkhead::lab {

namespace {

using std::numbers::pi;

/// Where things stand, in parts of width and height.
constexpr double Horizon = 0.56, SunX = 0.30, TowerX = 0.845, LampY = 0.285;
/// The ship, in 360ths of the height.
constexpr double ShipWidth = 196, ShipHeight = 82, ShipDraught = 13;
constexpr int Compartments = 8;

double compartmentMiddle(int index)
{
    return -76.5 + index * 20.6;
}

QColor compartmentColour(int index, double lightness)
{
    return QColor::fromHsvF(float(0.02 + index * 0.078), 0.62F, float(lightness));
}

/// A random number from 0 to 1 that is always the same for @p index.
double chance(std::uint32_t index)
{
    index = (index ^ 61U) ^ (index >> 16U);
    index *= 9U;
    index ^= index >> 4U;
    index *= 0x27d4eb2dU;
    index ^= index >> 15U;
    return double(index & 0xffffffU) / double(0x1000000);
}

struct Colour
{
    double red, green, blue;
};

Colour between(Colour a, Colour b, double share)
{
    share = std::clamp(share, 0.0, 1.0);
    return {a.red + (b.red - a.red) * share, a.green + (b.green - a.green) * share, a.blue + (b.blue - a.blue) * share};
}

std::uint32_t packed(Colour colour)
{
    const auto byte = [](double value) { return std::uint32_t(std::clamp(value, 0.0, 255.0) + 0.5); };
    return 0xff000000U | byte(colour.red) << 16U | byte(colour.green) << 8U | byte(colour.blue);
}

/// @p top over @p bottom; @p share from 0 to 256.
inline std::uint32_t mixed(std::uint32_t bottom, std::uint32_t top, std::uint32_t share)
{
    const std::uint32_t rb = ((bottom & 0xff00ffU) * (256 - share) + (top & 0xff00ffU) * share) >> 8U & 0xff00ffU;
    const std::uint32_t g = ((bottom & 0xff00U) * (256 - share) + (top & 0xff00U) * share) >> 8U & 0xff00U;
    return 0xff000000U | rb | g;
}

/// Channel by channel, alpha too; @p share of the second, from 0 to 256.
inline std::uint32_t averaged(std::uint32_t first, std::uint32_t second, std::uint32_t share)
{
    const std::uint32_t rb = ((first & 0xff00ffU) * (256 - share) + (second & 0xff00ffU) * share) >> 8U & 0xff00ffU;
    const std::uint32_t ag = (first >> 8U & 0xff00ffU) * (256 - share) + (second >> 8U & 0xff00ffU) * share;
    return rb | (ag & 0xff00ff00U);
}

/// A premultiplied @p top over an opaque @p bottom.
inline std::uint32_t over(std::uint32_t bottom, std::uint32_t top)
{
    const std::uint32_t rest = 256 - (top >> 24U) - (top >> 31U);
    const std::uint32_t rb = (bottom & 0xff00ffU) * rest >> 8U & 0xff00ffU,
                        g = (bottom & 0xff00U) * rest >> 8U & 0xff00U;
    return 0xff000000U | ((top & 0xffffffU) + (rb | g));
}

Colour compartmentLight(int index)
{
    const QColor colour = compartmentColour(index, 0.8);
    return {double(colour.red()), double(colour.green()), double(colour.blue())};
}

/// @p light added to @p bottom, @p share from 0 to 256; white is the most.
inline std::uint32_t lit(std::uint32_t bottom, std::uint32_t light, std::uint32_t share)
{
    const auto channel = [&](unsigned shift) {
        const std::uint32_t sum = (bottom >> shift & 0xffU) + ((light >> shift & 0xffU) * share >> 8U);
        return std::min(sum, 255U) << shift;
    };
    return 0xff000000U | channel(16) | channel(8) | channel(0);
}

} // namespace

FrameAnimation::FrameAnimation(QSize size)
    : m_size(size), m_unit(size.height() / 360.0), m_sky(std::size_t(size.width()) * std::size_t(size.height()))
{
    makeSky();
    makeWaves();
    makeShip();
}

/// Sky, sun, stars that are too small to twinkle, hills, and the lighthouse.
void FrameAnimation::makeSky()
{
    constexpr Colour Zenith{9, 14, 44}, Middle{38, 40, 98}, Low{124, 74, 122}, Glow{246, 158, 106};
    const int width = m_size.width(), height = m_size.height();
    const double horizon = Horizon * height, sunX = SunX * width, sunRadius = 30 * m_unit, sunY = horizon - 6 * m_unit;
    for (int y = 0; y < height; ++y) {
        const double rise = std::clamp(1 - y / horizon, 0.0, 1.0); // 0 at the horizon
        Colour sky = rise > 0.55  ? between(Middle, Zenith, (rise - 0.55) / 0.45)
                     : rise > 0.2 ? between(Low, Middle, (rise - 0.2) / 0.35)
                                  : between(Glow, Low, rise / 0.2);
        for (int x = 0; x < width; ++x) {
            const double dx = (x - sunX) / m_unit, dy = (y - sunY) / m_unit, distance = std::sqrt(dx * dx + dy * dy);
            const double halo = std::exp(-distance / 62) * 0.7;
            Colour colour = between(sky, {255, 190, 130}, halo);
            colour =
                between(colour, {255, 236, 196}, std::clamp((sunRadius - distance * m_unit) / m_unit + 0.5, 0.0, 1.0));
            m_sky[std::size_t(y) * std::size_t(width) + std::size_t(x)] = packed(colour);
        }
    }
    QImage image(reinterpret_cast<uchar *>(m_sky.data()), width, height, width * 4,
                 QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (std::uint32_t i = 0; i < 90; ++i) {
        const double y = chance(i * 3 + 1) * 0.42;
        const QPointF at(chance(i * 3) * width, y * height);
        const double brightness = (0.25 + 0.75 * chance(i * 3 + 2)) * (1 - y / 0.48);
        if (i % 3 == 0) {
            m_stars.push_back({int(at.x()), int(at.y()), chance(i + 500) * 2 * pi, brightness});
            continue;
        }
        painter.setBrush(QColor(255, 255, 255, int(190 * brightness)));
        painter.drawEllipse(at, 0.75 * m_unit, 0.75 * m_unit);
    }
    // Hills on the right, the nearer one darker.
    for (int hill = 0; hill < 2; ++hill) {
        QPainterPath path;
        path.moveTo(width * (hill ? 0.66 : 0.50), horizon + 20 * m_unit);
        const double top = hill ? 44 : 30;
        path.cubicTo(width * (hill ? 0.74 : 0.62), horizon - 2 * m_unit, width * (hill ? 0.76 : 0.68),
                     horizon - top * m_unit, width * (hill ? 0.86 : 0.80), horizon - top * m_unit);
        path.cubicTo(width * (hill ? 0.93 : 0.90), horizon - top * m_unit, width * 0.96, horizon - 22 * m_unit,
                     width * 1.01, horizon - 26 * m_unit);
        path.lineTo(width * 1.01, horizon + 20 * m_unit);
        painter.fillPath(path, hill ? QColor(33, 27, 60) : QColor(78, 52, 96));
    }
    // The lighthouse: a tower with bands, a gallery, the lamp's room and its roof.
    painter.translate(width * TowerX, height * LampY);
    painter.scale(m_unit, m_unit);
    const auto tower = [](double y) { return 6.5 + y * 0.055; }; // half its width
    for (int band = 0; band < 5; ++band) {
        const double from = 7 + band * 11, to = from + 11;
        QPolygonF part;
        part << QPointF(-tower(from), from) << QPointF(tower(from), from) << QPointF(tower(to), to)
             << QPointF(-tower(to), to);
        QLinearGradient light(-10, 0, 10, 0);
        light.setColorAt(0, band % 2 ? QColor(206, 92, 84) : QColor(250, 232, 214));
        light.setColorAt(1, band % 2 ? QColor(92, 34, 58) : QColor(126, 104, 136));
        painter.setBrush(light);
        painter.drawPolygon(part);
    }
    painter.setBrush(QColor(24, 20, 46));
    painter.drawRect(QRectF(-9.5, 5, 19, 2.4));
    painter.drawRect(QRectF(-5.2, -6, 10.4, 2));
    painter.drawPolygon(QPolygonF() << QPointF(-6.4, -5.6) << QPointF(0, -13) << QPointF(6.4, -5.6));
    painter.setBrush(QColor(255, 244, 200));
    painter.drawRect(QRectF(-4.2, -4.2, 8.4, 9.2));
}

void FrameAnimation::makeWaves()
{
    constexpr Colour Far{138, 92, 132}, Near{7, 16, 40};
    constexpr Colour FarCrest{255, 180, 128}, MiddleCrest{146, 96, 164}, NearCrest{58, 112, 170};
    for (int i = 0; i < Waves; ++i) {
        Wave &wave = m_waves[std::size_t(i)];
        const double nearness = i / double(Waves - 1);
        wave.level = Horizon + 0.012 + 0.34 * std::pow(nearness, 1.35);
        wave.height = 0.004 + 0.026 * nearness;
        wave.length = 0.16 + 0.38 * nearness;
        wave.speed = (i % 2 ? -1 : 1) * (0.018 + 0.035 * nearness);
        wave.tops.resize(std::size_t(m_size.width()));
        const Colour body = between(Far, Near, std::pow(nearness, 0.6)),
                     crest = nearness < 0.5 ? between(FarCrest, MiddleCrest, nearness * 2)
                                            : between(MiddleCrest, NearCrest, nearness * 2 - 1);
        for (int depth = 0; depth < Depths; ++depth) {
            const double below =
                depth / (0.6 + 1.6 * nearness) / (m_size.height() < 720 ? 1.0 : m_size.height() / 720.0);
            wave.colours[std::size_t(depth)] =
                packed(between(between(crest, body, 0.45 + 0.55 * below / 22), crest, 0.55 * std::exp(-below / 1.6)));
        }
    }
}

/// In units of a 360th of the height; the water line is y = 0, the bow to the right.
void FrameAnimation::makeShip()
{
    m_shipSize = QSize(int(ShipWidth * m_unit) + 4, int(ShipHeight * m_unit) + 4);
    m_ship.assign(std::size_t(m_shipSize.width()) * std::size_t(m_shipSize.height()), 0);
    QImage image(reinterpret_cast<uchar *>(m_ship.data()), m_shipSize.width(), m_shipSize.height(),
                 m_shipSize.width() * 4, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.translate(m_shipSize.width() / 2.0, m_shipSize.height() - 2 - ShipDraught * m_unit);
    painter.scale(m_unit, m_unit);
    QPainterPath hull;
    hull.moveTo(-92, -15);
    hull.lineTo(98, -19);
    hull.cubicTo(92, -6, 86, 6, 78, ShipDraught);
    hull.lineTo(-78, ShipDraught);
    hull.cubicTo(-88, 10, -92, 0, -92, -15);
    const QColor dark(22, 20, 44), red(196, 70, 66), white(240, 226, 220), lamp(255, 196, 96);
    for (const QRectF &mast : {QRectF(44, -66, 1.6, 50), QRectF(36, -58, 18, 1.2), QRectF(-78, -60, 1.4, 46)})
        painter.fillRect(mast, dark);
    painter.setBrush(red);
    painter.drawPolygon(QPolygonF() << QPointF(-48, -41) << QPointF(-46.5, -63) << QPointF(-33.5, -63)
                                    << QPointF(-33, -41));
    painter.fillRect(QRectF(-46.7, -63, 13.4, 4.6), dark);
    for (const QRectF &deck : {QRectF(-70, -30, 88, 15), QRectF(-62, -42, 66, 12), QRectF(-16, -54, 22, 12)}) {
        painter.fillRect(deck, white);
        painter.fillRect(QRectF(deck.left() - 1, deck.top(), deck.width() + 2, 1), QColor(190, 166, 178));
    }
    painter.setBrush(lamp);
    for (int i = 0; i < 13; ++i)
        painter.drawEllipse(QPointF(-64 + i * 6.2, -23), 1.6, 1.6);
    for (int i = 0; i < 9; ++i)
        painter.drawRect(QRectF(-57 + i * 6.6, -38, 3.6, 3.6));
    painter.drawRect(QRectF(-13, -51, 16, 3.4));
    painter.fillPath(hull, QColor(30, 40, 78));
    painter.setClipPath(hull);
    for (int i = 0; i < Compartments; ++i) {
        painter.setBrush(compartmentColour(i, 0.74));
        painter.drawRoundedRect(QRectF(compartmentMiddle(i) - 9, -9, 18, 15), 2, 2);
    }
    painter.fillRect(QRectF(-100, 8.5, 200, 6), red);
    painter.setBrush(white);
    painter.drawPolygon(QPolygonF() << QPointF(-92, -15) << QPointF(98, -19) << QPointF(97, -16.4)
                                    << QPointF(-92, -12.6));
}

void FrameAnimation::raise(Wave &wave, double seconds) const
{
    const int width = m_size.width(), height = m_size.height();
    const double amplitude = wave.height * height;
    const double step = 2 * pi / (wave.length * width);
    // Three swells; each turns by the same angle from column to column, so two multiplications do for a sine.
    struct Swell
    {
        double share, sine, cosine, turnSine, turnCosine;
    };
    const auto swell = [&](double share, double faster, double start) {
        const double phase = start + seconds * wave.speed * 2 * pi * faster / wave.length;
        return Swell{share, std::sin(phase), std::cos(phase), std::sin(step * faster), std::cos(step * faster)};
    };
    std::array<Swell, 3> swells{swell(0.62, 1, wave.level * 40), swell(0.27, 2.3, wave.level * 90),
                                swell(0.11, 5.1, wave.level * 170)};
    const double rise = 1 + 0.25 * std::sin(seconds * 0.7 + wave.level * 20);
    std::int32_t least = INT32_MAX, most = INT32_MIN;
    for (int x = 0; x < width; ++x) {
        double sum = 0;
        for (Swell &s : swells) {
            sum += s.share * s.sine;
            const double sine = s.sine * s.turnCosine + s.cosine * s.turnSine;
            s.cosine = s.cosine * s.turnCosine - s.sine * s.turnSine;
            s.sine = sine;
        }
        // Crests are narrower than troughs.
        const double shape = sum + 0.22 * (sum * sum - 0.3);
        const auto top = std::int32_t((wave.level * height - amplitude * rise * shape) * 256);
        wave.tops[std::size_t(x)] = top;
        least = std::min(least, top);
        most = std::max(most, top);
    }
    wave.highest = std::clamp(int(least >> 8), 0, height);
    wave.lowest = std::clamp(int(most >> 8) + 1, 0, height);
}

void FrameAnimation::paintStars(double seconds, std::uint32_t *pixels) const
{
    for (const Star &star : m_stars) {
        const double strength = star.brightness * (0.45 + 0.55 * std::sin(seconds * 2.2 + star.phase));
        if (strength > 0)
            paintGlow(star.x, star.y, 2.6 * m_unit, strength, 0xffffffff, pixels);
    }
}

/// Light that falls off to nothing at @p radius.
void FrameAnimation::paintGlow(double x, double y, double radius, double strength, std::uint32_t colour,
                               std::uint32_t *pixels) const
{
    const int left = std::max(0, int(x - radius)), right = std::min(m_size.width(), int(x + radius) + 1);
    const int top = std::max(0, int(y - radius)), bottom = std::min(m_size.height(), int(y + radius) + 1);
    const float scale = float(1 / (radius * radius));
    const float most = float(std::clamp(strength, 0.0, 1.0) * 256);
    for (int row = top; row < bottom; ++row) {
        std::uint32_t *line = pixels + std::ptrdiff_t(row) * m_size.width();
        const float dy = float(row - y) * float(row - y) * scale;
        for (int column = left; column < right; ++column) {
            const float dx = float(column) - float(x), rest = std::max(0.0F, 1 - dy - dx * dx * scale);
            line[column] = lit(line[column], colour, std::uint32_t(std::int32_t(rest * rest * rest * most)));
        }
    }
}

/// Two beams that turn: their length and slope follow the circle as seen from the sea.
void FrameAnimation::paintBeam(double seconds, std::uint32_t *pixels) const
{
    const double angle = seconds * 2 * pi / 4;
    const double lampX = TowerX * m_size.width(), lampY = LampY * m_size.height();
    for (const double half : {0.0, pi}) {
        const double across = std::cos(angle + half), towards = std::sin(angle + half);
        const double reach = across * 0.62 * m_size.width();
        const double slope = 0.10 * towards, spread = 0.045 + 0.05 * (1 + towards) / 2;
        if (std::abs(reach) < 2 * m_unit)
            continue;
        const double strength = 118 * (0.35 + 0.65 * (1 + towards) / 2);
        const double sign = reach < 0 ? -1 : 1;
        const int columns = int(std::abs(reach));
        // In each row a line of light, brightest in the middle of the beam.
        const int rowTop = std::max(0, int(lampY - std::abs(reach) * (std::abs(slope) + spread) - 3 * m_unit));
        const int rowBottom = std::min(int(Horizon * m_size.height()),
                                       int(lampY + std::abs(reach) * (std::abs(slope) + spread) + 3 * m_unit));
        for (int row = rowTop; row < rowBottom; ++row) {
            std::uint32_t *line = pixels + std::ptrdiff_t(row) * m_size.width();
            // Inside where |dy - slope*d| < spread*d + start: a span of d, since both sides are straight in d.
            const double dy = row - lampY, start = 2.2 * m_unit;
            double from = 0, to = columns;
            const auto limit = [&](double factor, double bound) { // factor * d < bound
                if (factor > 0)
                    to = std::min(to, bound / factor);
                else if (factor < 0)
                    from = std::max(from, bound / factor);
                else if (bound < 0)
                    to = 0;
            };
            limit(-slope - spread, start - dy);
            limit(slope - spread, start + dy);
            // From left to right, without conditions: the compiler makes it eight pixels at a time.
            const int first = int(from), last = int(to); // columns away from the lamp
            const int left = std::max(0, sign > 0 ? int(lampX) + first : int(lampX) - last + 1);
            const int right = std::min(m_size.width(), sign > 0 ? int(lampX) + last : int(lampX) - first + 1);
            const auto lamp = float(int(lampX)), way = float(sign), scale = float(1 / std::abs(reach));
            const auto slopeF = float(slope), spreadF = float(spread), startF = float(start), dyF = float(dy);
            const auto strengthF = float(strength);
            for (int x = left; x < right; ++x) {
                const float d = (float(x) - lamp) * way, off = (dyF - slopeF * d) / (spreadF * d + startF);
                const float rest = 1 - d * scale, edge = std::max(0.0F, 1 - off * off);
                line[x] = lit(line[x], 0xffffe9b0, std::uint32_t(std::int32_t(edge * rest * rest * strengthF)));
            }
        }
    }
    const double flash = std::max(0.0, std::abs(std::sin(angle)) - 0.2) / 0.8;
    paintGlow(lampX, lampY, (16 + 26 * std::pow(flash, 3)) * m_unit, 0.35 + 0.6 * std::pow(flash, 3), 0xfffff0c4,
              pixels);
}

void FrameAnimation::paintWater(int index, std::uint32_t *pixels) const
{
    const Wave &wave = m_waves[std::size_t(index)];
    const int width = m_size.width();
    // Further down the wave in front covers it.
    const int end = index + 1 < Waves ? m_waves[std::size_t(index) + 1].lowest : m_size.height();
    for (int row = wave.highest; row < end; ++row) {
        std::uint32_t *line = pixels + std::ptrdiff_t(row) * width;
        const std::int32_t bottom = (row + 1) << 8;
        const std::int32_t *tops = wave.tops.data();
        const std::uint32_t *colours = wave.colours.data();
        if (row > wave.lowest) {
            for (int x = 0; x < width; ++x)
                line[x] = colours[std::min((bottom - tops[x]) >> 8, Depths - 1)];
            continue;
        }
        for (int x = 0; x < width; ++x) {
            const std::int32_t depth = bottom - tops[x];
            if (depth >= 256)
                line[x] = colours[std::min(depth >> 8, Depths - 1)];
            else if (depth > 0)
                line[x] = mixed(line[x], colours[0], std::uint32_t(depth));
        }
    }
}

/// The sun on the water: dashes that come and go.
void FrameAnimation::paintGlitter(double seconds, std::uint32_t *pixels) const
{
    const int width = m_size.width(), height = m_size.height();
    for (std::uint32_t i = 0; i < 110; ++i) {
        const double down = chance(i * 5 + 7001), y = Horizon + 0.015 + 0.36 * down * down;
        const double shine = std::sin(seconds * (1.4 + chance(i * 5 + 7002) * 2) + chance(i * 5 + 7003) * 2 * pi);
        if (shine <= 0)
            continue;
        const double spread = (18 + 90 * down) * m_unit;
        const double x = SunX * width + (chance(i * 5 + 7004) + chance(i * 5 + 7005) - 1) * spread;
        const double length = (5 + 17 * down) * m_unit * (0.5 + 0.5 * shine);
        const int thick = std::max(1, int((0.7 + down) * m_unit)), top = int(y * height);
        const int left = std::max(0, int(x - length / 2)), right = std::min(width, int(x + length / 2));
        const auto strength = std::uint32_t(200 * shine * (1 - 0.55 * down));
        for (int row = top; row < std::min(top + thick, height); ++row) {
            std::uint32_t *line = pixels + std::ptrdiff_t(row) * width;
            for (int column = left; column < right; ++column)
                line[column] = lit(line[column], 0xffffb070, strength);
        }
    }
}

void FrameAnimation::paintShip(double seconds, std::uint32_t *pixels) const
{
    // From left to right in 24 seconds, then again.
    const double width = m_size.width(), way = std::fmod(seconds / 24 + 0.42, 1.0);
    const double x = (way * 1.6 - 0.3) * width;
    const auto waterAt = [&](double column) {
        const auto &tops = m_waves[ShipBefore - 1].tops;
        return tops[std::size_t(std::clamp(column, 0.0, width - 1))] / 256.0;
    };
    const double stern = waterAt(x - 70 * m_unit), bow = waterAt(x + 70 * m_unit);
    const double y = (stern + bow) / 2 + 7 * m_unit, angle = std::atan2(bow - stern, 140 * m_unit) * 0.7;
    const double sine = std::sin(angle), cosine = std::cos(angle);
    const auto place = [&](double shipX, double shipY) { // from the ship's units
        return std::pair(x + (shipX * cosine - shipY * sine) * m_unit, y + (shipX * sine + shipY * cosine) * m_unit);
    };
    for (int i = 0; i < 7; ++i) { // smoke, in puffs that grow and fade
        const double age = std::fmod(seconds * 0.3 + i / 7.0, 1.0);
        const auto [puffX, puffY] = place(-40 - 70 * age, -66 - 26 * age + 3 * std::sin(i * 2.1 + seconds));
        paintGlow(puffX, puffY, (5 + 15 * age) * m_unit, 0.55 * (1 - age) * std::min(1.0, age * 6), 0xffc8a8b4, pixels);
    }

    // Each pixel of its surroundings asks where it lies in the picture of the ship, in 1/256 pixels.
    const double halfWidth = m_shipSize.width() / 2.0, reach = std::abs(sine) * halfWidth + 2;
    const double baseline = m_shipSize.height() - 2 - ShipDraught * m_unit;
    const int left = std::max(0, int(x - halfWidth - 2 - reach)),
              right = std::min(m_size.width(), int(x + halfWidth + 2 + reach));
    const int top = std::max(0, int(y - baseline - reach)),
              bottom = std::min(m_size.height(), int(y + ShipDraught * m_unit + 2 + reach));
    const int shipWidth = m_shipSize.width();
    const auto stepX = std::int32_t(cosine * 256), stepY = std::int32_t(-sine * 256);
    const std::int32_t endX = (shipWidth - 1) << 8, endY = (m_shipSize.height() - 1) << 8;
    for (int row = top; row < bottom; ++row) {
        std::uint32_t *line = pixels + std::ptrdiff_t(row) * m_size.width();
        const double dx = left - x, dy = row - y;
        auto fromX = std::int32_t((dx * cosine + dy * sine + halfWidth) * 256);
        auto fromY = std::int32_t((dy * cosine - dx * sine + baseline) * 256);
        for (int column = left; column < right; ++column, fromX += stepX, fromY += stepY) {
            if (fromX < 0 || fromX >= endX || fromY < 0 || fromY >= endY)
                continue;
            const std::uint32_t *source = m_ship.data() + std::ptrdiff_t(fromY >> 8) * shipWidth + (fromX >> 8);
            if ((source[0] | source[1] | source[shipWidth] | source[shipWidth + 1]) == 0)
                continue;
            const auto shareX = std::uint32_t(fromX & 255), shareY = std::uint32_t(fromY & 255);
            const std::uint32_t colour = averaged(averaged(source[0], source[1], shareX),
                                                  averaged(source[shipWidth], source[shipWidth + 1], shareX), shareY);
            line[column] = over(line[column], colour);
        }
    }

    // What the app is called after: watertight compartments, each with a light of its own.
    for (int i = 0; i < Compartments; ++i) {
        const auto [roomX, roomY] = place(compartmentMiddle(i), -1.5);
        const double light = std::sin(seconds * 1.6 - i * 0.8);
        if (light > 0)
            paintGlow(roomX, roomY, 13 * m_unit, 0.75 * light, packed(compartmentLight(i)), pixels);
    }
    const auto [mastX, mastY] = place(44.8, -67);
    const double blink = std::max(0.0, std::sin(seconds * pi));
    paintGlow(mastX, mastY, 5 * m_unit, 0.3 + 0.7 * blink, 0xffff6050, pixels);
}

void FrameAnimation::paint(std::uint64_t number, unsigned char *pixels)
{
    const double seconds = double(number) / PicturesPerSecond;
    auto *out = reinterpret_cast<std::uint32_t *>(pixels);
    for (Wave &wave : m_waves)
        raise(wave, seconds);
    std::memcpy(out, m_sky.data(), std::size_t(m_waves.front().lowest) * std::size_t(m_size.width()) * 4);
    paintStars(seconds, out);
    paintBeam(seconds, out);
    for (int i = 0; i < Waves; ++i) {
        if (i == ShipBefore) {
            paintGlitter(seconds, out);
            paintShip(seconds, out);
        }
        paintWater(i, out);
    }
}

} // namespace bulkhead::lab
