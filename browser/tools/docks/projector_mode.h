// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QFont>
#include <QObject>
#include <QPalette>

#include <map>

namespace bulkhead {

class TabList;

/// For a room with a projector: large type in window and pages, black on white or white on black, nothing that moves by
/// itself. What was before comes back. Main thread.
class ProjectorMode : public QObject
{
    Q_OBJECT
public:
    static constexpr double Enlarged = 1.5;

    /// @p tabs outlives it.
    explicit ProjectorMode(TabList &tabs, QObject *parent = nullptr);

    void setOn(bool on);
    bool isOn() const { return m_on; }

    /// @p palette with the strongest contrast its lightness allows.
    static QPalette contrasty(const QPalette &palette);

Q_SIGNALS:
    void changed(bool on);

private:
    TabList &m_tabs;
    bool m_on = false;
    QFont m_font;
    QPalette m_palette;
    std::map<quint32, double> m_zooms; ///< by tab, before
};

} // namespace bulkhead
