// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/engine/paint/painted_tree.h"

#include <utility>

namespace bulkhead::engine {

PaintedTree::PaintedTree(int width, int height) : m_width(width), m_height(height)
{
    m_styles.add({});
    Fragment root;
    root.box = BoxId::Root;
    root.size = {width, height};
    m_tree.root = FragmentId(0);
    m_tree.fragments.push_back(root);
    m_tree.geometries.emplace_back();
    m_tree.documentSize = root.size;
    m_tree.firstOfBox = m_tree.lastOfBox = {FragmentId(0)};
    m_html = add(m_tree.root, QRectF(0, 0, width, height));
}

StyleId PaintedTree::styleWith(const Change &change)
{
    ComputedStyle style;
    style.display.outside = DisplayOutside::Block;
    if (change)
        change(style);
    return m_styles.add(std::move(style));
}

std::uint32_t PaintedTree::geometryOf(BoxId box, QSizeF size)
{
    const ComputedStyle &style = m_styles.style(m_boxes.box(box).style);
    const auto width = [&](std::size_t side) {
        return LayoutUnit::fromPixels(double(style.decoration->border[side].width));
    };
    BoxGeometry geometry;
    geometry.border = {width(0), width(1), width(2), width(3)};
    const auto padding = [](const Length &length) { return length.resolve({}); };
    geometry.padding = {padding(style.box->padding.top), padding(style.box->padding.right),
                        padding(style.box->padding.bottom), padding(style.box->padding.left)};
    geometry.scrollable = {{}, {LayoutUnit::fromPixels(size.width()), LayoutUnit::fromPixels(size.height())}};
    m_tree.geometries.push_back(geometry);
    return std::uint32_t(m_tree.geometries.size() - 1);
}

FragmentId PaintedTree::addFragment(FragmentId parent, BoxId box, QRectF rect, FragmentKind kind)
{
    Fragment fragment;
    fragment.kind = kind;
    fragment.box = box;
    fragment.style = m_boxes.box(box).style;
    fragment.offset = {LayoutUnit::fromPixels(rect.x()), LayoutUnit::fromPixels(rect.y())};
    fragment.size = {LayoutUnit::fromPixels(rect.width()), LayoutUnit::fromPixels(rect.height())};
    if (kind == FragmentKind::Box || kind == FragmentKind::InlineBox)
        fragment.extra = geometryOf(box, rect.size());
    const FragmentId id{std::uint32_t(m_tree.fragments.size())};
    m_tree.fragments.push_back(fragment);
    m_tree.append(parent, id);
    if (kind != FragmentKind::Line) {
        m_tree.firstOfBox.resize(m_boxes.boxes.size(), FragmentId::None);
        m_tree.lastOfBox.resize(m_boxes.boxes.size(), FragmentId::None);
        if (m_tree.firstOfBox[std::size_t(box)] == FragmentId::None)
            m_tree.firstOfBox[std::size_t(box)] = id;
        m_tree.lastOfBox[std::size_t(box)] = id;
    }
    return id;
}

FragmentId PaintedTree::add(FragmentId parent, QRectF rect, const Change &change, Box::Type type, FragmentKind kind)
{
    if (parent == FragmentId::None)
        parent = m_html;
    if (kind == FragmentKind::Line)
        return addFragment(parent, m_tree.fragment(parent).box, rect, kind);
    Box box;
    box.type = type;
    box.style = styleWith(change);
    return addFragment(parent, m_boxes.append(m_tree.fragment(parent).box, box), rect, kind);
}

FragmentId PaintedTree::addIn(FragmentId container, FragmentId boxParent, QRectF rect, const Change &change)
{
    Box box;
    box.style = styleWith(change);
    return addFragment(container, m_boxes.append(m_tree.fragment(boxParent).box, box), rect, FragmentKind::Box);
}

FragmentId PaintedTree::addText(FragmentId parent, QRectF rect, const QString &text, const Change &change)
{
    const FragmentId id = add(parent, rect, change, Box::Type::Text, FragmentKind::Text);
    const ComputedStyle &style = m_styles.style(m_tree.fragment(id).style);
    TextRun run;
    run.font = m_shaper.font(*style.font);
    run.textStart = std::uint32_t(m_tree.text.size());
    run.textLength = std::uint32_t(text.size());
    run.node = NodeId(1);
    TextRun::Piece piece;
    piece.shaped = m_shaper.shape(run.font, text, Direction::Ltr, {});
    piece.glyphCount = std::uint32_t(text.size());
    piece.textStart = run.textStart;
    run.pieces.push_back(piece);
    m_tree.text += text;
    m_tree.fragment(id).extra = std::uint32_t(m_tree.runs.size());
    m_tree.fragment(id).baseline = LayoutUnit::fromPixels(double(style.font->size) * 0.8);
    m_tree.runs.push_back(std::move(run));
    return id;
}

std::unique_ptr<DisplayList> PaintedTree::record(double scale)
{
    return recordDisplayList({m_document, m_styles, m_boxes, m_tree, m_shaper, m_faces, &m_images,
                              QSizeF(m_width, m_height), scale, FixedBoxes::FollowViewport});
}

QImage PaintedTree::paint(double scale)
{
    const auto list = record(scale);
    QImage image(int(m_width * scale), int(m_height * scale), QImage::Format_RGB32);
    image.fill(list->canvasColor().alpha() > 0 ? list->canvasColor() : QColor(Qt::white));
    QPainter painter(&image);
    painter.scale(scale, scale);
    list->paint(painter, QRect(0, 0, m_width, m_height));
    return image;
}

QImage PaintedTree::paint(const DisplayList &list, const QRect &damage, const Highlights &highlights)
{
    QImage image(m_width, m_height, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setClipRect(damage);
    list.paint(painter, damage, highlights);
    return image;
}

QImage plainImage(int width, int height, const QColor &color)
{
    QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
    image.fill(color);
    return image;
}

bool isFilled(const QImage &image, const QRect &rect, const QColor &color)
{
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x) {
            if (image.pixelColor(x, y).rgb() != color.rgb()) {
                qWarning("(%d, %d) is %s, not %s", x, y, qPrintable(image.pixelColor(x, y).name()),
                         qPrintable(color.name()));
                return false;
            }
        }
    }
    return true;
}

} // namespace bulkhead::engine
