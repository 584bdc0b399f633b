// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/map/process_map.h"

#include "browser/tools/map/process_strip.h"
#include "browser/tools/model/blast_radius.h"

#include <QMenu>
#include <QVBoxLayout>

namespace bulkhead {

ProcessMap::ProcessMap(ProcessList &processes, BlastWatch &blasts, QWidget *parent)
    : QWidget(parent), m_canvas(new MapCanvas(processes, this)), m_strip(new ProcessStrip(processes, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_canvas, 1);
    column->addWidget(m_strip);
    setFocusProxy(m_canvas);
    connect(m_canvas, &MapCanvas::chosen, this, [this](quint64 key) {
        m_strip->choose(key);
        Q_EMIT chosen(key);
    });
    connect(m_canvas, &MapCanvas::tabRequested, this, &ProcessMap::tabRequested);
    connect(m_canvas, &MapCanvas::endRequested, this, [this](quint64 key) {
        m_strip->choose(key);
        m_strip->endChosen();
    });
    connect(m_canvas, &MapCanvas::menuRequested, this, [this](quint64 key, QPoint position) {
        m_strip->choose(key);
        m_strip->menu()->popup(position);
    });
    connect(m_strip, &ProcessStrip::tabRequested, this, &ProcessMap::tabRequested);
    connect(&blasts, &BlastWatch::compared, m_strip, &ProcessStrip::showOutcome);
}

void ProcessMap::choose(quint64 key)
{
    m_canvas->select(key);
    m_strip->choose(key);
}

} // namespace bulkhead
