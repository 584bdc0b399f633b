// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/docks/projector_mode.h"

#include "browser/pages/tabs/tab_list.h"
#include "browser/widgets/color_scheme.h"

#include <QApplication>

namespace bulkhead {

ProjectorMode::ProjectorMode(TabList &tabs, QObject *parent) : QObject(parent), m_tabs(tabs) {}

QPalette ProjectorMode::contrasty(const QPalette &palette)
{
    const bool dark = isDark(palette);
    const QColor ground = dark ? Qt::black : Qt::white;
    const QColor text = dark ? Qt::white : Qt::black;
    QPalette strong = palette;
    for (const auto role :
         {QPalette::Window, QPalette::Base, QPalette::AlternateBase, QPalette::Button, QPalette::ToolTipBase})
        strong.setColor(role, ground);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText, QPalette::PlaceholderText})
        strong.setColor(role, text);
    strong.setColor(QPalette::Highlight, dark ? QColor(0xff, 0xd5, 0x00) : QColor(0x00, 0x3a, 0xb8));
    strong.setColor(QPalette::HighlightedText, dark ? Qt::black : Qt::white);
    return strong;
}

void ProjectorMode::setOn(bool on)
{
    if (m_on == on)
        return;
    m_on = on;
    if (on) {
        m_font = QApplication::font();
        m_palette = QApplication::palette();
        QFont large = m_font;
        large.setPointSizeF(m_font.pointSizeF() * Enlarged);
        QApplication::setFont(large);
        QApplication::setPalette(contrasty(m_palette));
        for (int i = 0; i < m_tabs.count(); ++i) {
            m_zooms[m_tabs.at(i)->id()] = m_tabs.at(i)->zoom();
            m_tabs.at(i)->setZoom(m_tabs.at(i)->zoom() * Enlarged);
        }
        connect(&m_tabs, &TabList::tabInserted, this, [this](int, Tab *tab) {
            m_zooms[tab->id()] = tab->zoom();
            tab->setZoom(tab->zoom() * Enlarged);
        });
    } else {
        disconnect(&m_tabs, nullptr, this, nullptr);
        QApplication::setFont(m_font);
        QApplication::setPalette(m_palette);
        for (const auto &[id, zoom] : m_zooms) {
            if (Tab *tab = m_tabs.byId(id))
                tab->setZoom(zoom);
        }
        m_zooms.clear();
    }
    Q_EMIT changed(on);
}

} // namespace bulkhead
