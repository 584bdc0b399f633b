// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/color_scheme.h"

#include "browser/widgets/control_style.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

struct Tones
{
    QRgb window, base, alternate, text, faint, button, light, mid, dark, accent, accentText, link, visited, toolTip;
};

constexpr Tones LightTones{0xfff6f7f9, 0xffffffff, 0xfff0f2f5, 0xff1d2127, 0xff767c85, 0xffffffff, 0xffffffff,
                           0xffb9bfc7, 0xff9ba2ab, 0xff1f66d6, 0xffffffff, 0xff1a5fc8, 0xff6b3fa0, 0xffffffff};
constexpr Tones DarkTones{0xff2a2d32, 0xff1e2024, 0xff25282c, 0xffe7e9ec, 0xff8b9199, 0xff373b41, 0xff4a4f57,
                          0xff1a1c1f, 0xff141518, 0xff4c8dff, 0xff0b0d10, 0xff7cb0ff, 0xffc49bf0, 0xff373b41};

QPalette paletteOf(const Tones &tones)
{
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(tones.window));
    palette.setColor(QPalette::WindowText, QColor(tones.text));
    palette.setColor(QPalette::Base, QColor(tones.base));
    palette.setColor(QPalette::AlternateBase, QColor(tones.alternate));
    palette.setColor(QPalette::Text, QColor(tones.text));
    palette.setColor(QPalette::PlaceholderText, QColor(tones.faint));
    palette.setColor(QPalette::Button, QColor(tones.button));
    palette.setColor(QPalette::ButtonText, QColor(tones.text));
    palette.setColor(QPalette::BrightText, QColor(0xffff5d5d));
    palette.setColor(QPalette::Light, QColor(tones.light));
    palette.setColor(QPalette::Midlight, chrome::mix(QColor(tones.button), QColor(tones.light), 0.5));
    palette.setColor(QPalette::Mid, QColor(tones.mid));
    palette.setColor(QPalette::Dark, QColor(tones.dark));
    palette.setColor(QPalette::Shadow, QColor(Qt::black));
    palette.setColor(QPalette::Highlight, QColor(tones.accent));
    palette.setColor(QPalette::HighlightedText, QColor(tones.accentText));
    palette.setColor(QPalette::Link, QColor(tones.link));
    palette.setColor(QPalette::LinkVisited, QColor(tones.visited));
    palette.setColor(QPalette::ToolTipBase, QColor(tones.toolTip));
    palette.setColor(QPalette::ToolTipText, QColor(tones.text));
    for (auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, chrome::mix(QColor(tones.window), QColor(tones.text), 0.38));
    }
    palette.setColor(QPalette::Disabled, QPalette::Light, QColor(tones.base)); // no etched shadow of disabled text
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor(tones.mid));
    return palette;
}

// Relative luminance and contrast: WCAG 2.1, https://www.w3.org/TR/WCAG21/#dfn-relative-luminance
double luminance(const QColor &color)
{
    auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

/// Pure black on pure white or the reverse is what high-contrast themes have, and ordinary ones avoid.
bool isHighContrast(const QPalette &palette)
{
    return contrast(palette.color(QPalette::Window), palette.color(QPalette::WindowText)) > 20.5;
}

QColor translucent(QColor color, double alpha)
{
    color.setAlphaF(float(alpha));
    return color;
}

} // namespace

std::optional<ColorScheme> colorSchemeFromName(const QString &name)
{
    if (name == QLatin1String("system"))
        return ColorScheme::System;
    if (name == QLatin1String("light"))
        return ColorScheme::Light;
    if (name == QLatin1String("dark"))
        return ColorScheme::Dark;
    return std::nullopt;
}

void applyColorScheme(QApplication &app, ColorScheme scheme)
{
    // Other styles may ignore parts of a palette; Fusion follows all of it.
    const bool isFusion = app.style()->name().compare(QLatin1String("fusion"), Qt::CaseInsensitive) == 0;
    if ((isFusion || scheme != ColorScheme::System) && !qobject_cast<ControlStyle *>(app.style()))
        app.setStyle(new ControlStyle); // the application's
    if (scheme == ColorScheme::System) {
        app.setPalette(QPalette());
        return;
    }
    app.setPalette(paletteOf(scheme == ColorScheme::Dark ? DarkTones : LightTones));
}

bool isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Window)) < luminance(palette.color(QPalette::WindowText));
}

namespace chrome {

QColor mix(const QColor &a, const QColor &b, double share)
{
    auto channel = [share](float x, float y) { return float(x + (y - x) * share); };
    return QColor::fromRgbF(channel(a.redF(), b.redF()), channel(a.greenF(), b.greenF()), channel(a.blueF(), b.blueF()),
                            channel(a.alphaF(), b.alphaF()));
}

QColor strip(const QPalette &palette)
{
    const QColor window = palette.color(QPalette::Window);
    if (isHighContrast(palette))
        return window;
    return isDark(palette) ? mix(window, Qt::black, 0.34) : mix(window, palette.color(QPalette::WindowText), 0.09);
}

QColor bar(const QPalette &palette)
{
    return palette.color(QPalette::Window);
}

QColor field(const QPalette &palette)
{
    if (isHighContrast(palette))
        return palette.color(QPalette::Base);
    return mix(bar(palette), isDark(palette) ? QColor(Qt::black) : palette.color(QPalette::WindowText),
               isDark(palette) ? 0.28 : 0.06);
}

QColor line(const QPalette &palette)
{
    return mix(bar(palette), palette.color(QPalette::WindowText), isHighContrast(palette) ? 1.0 : 0.14);
}

QColor hover(const QPalette &palette)
{
    return translucent(text(palette), isHighContrast(palette) ? 0.25 : 0.09);
}

QColor pressed(const QPalette &palette)
{
    return translucent(text(palette), isHighContrast(palette) ? 0.4 : 0.17);
}

QColor text(const QPalette &palette)
{
    return palette.color(QPalette::WindowText);
}

QColor faintText(const QPalette &palette)
{
    return mix(bar(palette), text(palette), isHighContrast(palette) ? 1.0 : 0.68);
}

QColor accent(const QPalette &palette)
{
    const QColor highlight = palette.color(QPalette::Highlight);
    return contrast(highlight, bar(palette)) >= 3.0 ? highlight : text(palette);
}

QColor warning(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xfff0b429) : QColor(0xff9a5b00);
}

QColor error(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xffff7b72) : QColor(0xffb3261e);
}

} // namespace chrome

} // namespace bulkhead
