// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/map/map_canvas.h"

#include <QWidget>

namespace bulkhead {

class BlastWatch;
class ProcessStrip;

/// The process map with what would go with the chosen process, and what went.
class ProcessMap : public QWidget
{
    Q_OBJECT
public:
    /// Both outlive the widget.
    ProcessMap(ProcessList &processes, BlastWatch &blasts, QWidget *parent = nullptr);

    MapCanvas *canvas() const { return m_canvas; }
    ProcessStrip *strip() const { return m_strip; }
    void choose(quint64 key);

Q_SIGNALS:
    void tabRequested(quint32 tab);
    void chosen(quint64 key);

private:
    MapCanvas *m_canvas;
    ProcessStrip *m_strip;
};

} // namespace bulkhead
