// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/map/map_node.h"
#include "browser/tools/model/process_list.h"

#include <QElapsedTimer>
#include <QHash>
#include <QRegion>
#include <QTimer>
#include <QWidget>

#include <memory>

namespace bulkhead {

enum class Motion { Full, Reduced };

/// The drawing of the process map: nodes around the browser, a line to each for its socket and one for each memory that
/// it shares, and dots that run along them as traffic flows. A process that dies turns red and falls, its lines with
/// it; a new one grows out of the middle. Drawn with the processor, so it keeps pictures of what does not change
/// and repaints no more than what moves. Works only while it is visible.
class MapCanvas : public QWidget
{
    Q_OBJECT
public:
    /// @p processes outlives the canvas.
    explicit MapCanvas(ProcessList &processes, QWidget *parent = nullptr);
    ~MapCanvas() override;

    void setMotion(Motion motion);
    quint64 selected() const { return m_selected; }
    void select(quint64 key);

    // for tests
    QPointF positionOf(quint64 key) const; ///< the middle of a node; null when it is not there
    int nodeCount() const { return int(m_nodes.size()); }
    int fallingCount() const { return int(m_falling.size()); }
    bool isAnimating() const { return m_animation.isActive(); }

    QSize sizeHint() const override { return {760, 460}; }
    QSize minimumSizeHint() const override { return {260, 200}; }

Q_SIGNALS:
    /// The person chose a process, by pointer or key; 0: none.
    void chosen(quint64 key);
    /// And wants to see its tab.
    void tabRequested(quint32 tab);
    void endRequested(quint64 key);
    void menuRequested(quint64 key, QPoint globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    static constexpr double FallSeconds = 1.8;

    struct Node
    {
        quint64 key = 0;
        QPointF from, position, target;
        double size = 1; ///< 0 when it has just come
        map::NodePicture picture;
        ProcessInfo info;
        double phase = 0; ///< of the dots on its lines
        int lines = -1;   ///< how its lines were drawn last; see linesOf()
    };
    struct Falling
    {
        Node node;
        QElapsedTimer since;
    };

    void refresh();
    void layOut();
    void redrawScene();
    void refreshScene();
    void drawScene(QPainter &painter, const QRegion &part);
    void advance();
    void drawEdges(QPainter &painter, const Node &node) const;
    void drawFalling(QPainter &painter, const Falling &falling) const;
    void drawLegend(QPainter &painter) const;
    void drawEdgeFigures(QPainter &painter, const Node &node) const;
    /// The dots of a node's lines, where they are now.
    template <class Draw>
    void forDots(const Node &node, Draw draw) const;
    QRegion dotRegion() const;
    QRect fallingRect(const Falling &falling) const;
    static QRect pictureRect(const Node &node);
    static int linesOf(const ProcessInfo &info);
    bool hasTraffic() const;
    void updateAnimation();
    const Node *nodeAt(QPointF position) const;
    Node *node(quint64 key);
    const Node *centerNode() const;
    void hover(quint64 key);
    void step(int by);

    ProcessList &m_processes;
    std::unique_ptr<ProcessWatch> m_watch; ///< while visible
    MapLayout m_layout;
    std::vector<Node> m_nodes; ///< the browser first
    std::vector<Falling> m_falling;
    QPixmap m_scene;          ///< everything that stands still
    mutable QRectF m_figures; ///< where the figures of a line are written: no dots there
    QTimer m_animation;
    QElapsedTimer m_clock;
    double m_moving = 1; ///< 0 when nodes begin to move to their places, 1 when they are there
    Motion m_motion = Motion::Full;
    quint64 m_selected = 0;
    quint64 m_hovered = 0;
};

} // namespace bulkhead
