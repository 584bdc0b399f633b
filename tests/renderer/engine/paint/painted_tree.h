// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/paint_input.h"
#include "tests/renderer/engine/support/fake_shaper.h"

#include <QHash>
#include <QImage>

#include <functional>
#include <memory>

namespace bulkhead::engine {

/// Faces that draw nothing: these tests are of boxes.
class FakeFaces final : public Faces
{
public:
    const PaintFace &paintFace(std::uint16_t) override { return m_face; }

private:
    PaintFace m_face;
};

/// Pictures by their address.
class FakeImages final : public ImageSource
{
public:
    void add(const QString &url, const QImage &image) { m_images[QUrl(url)] = image; }
    State state(const QUrl &url) const override { return m_images.contains(url) ? State::Ready : State::Failed; }
    NaturalSize naturalSize(const QUrl &url) const override
    {
        const QImage image = m_images.value(url);
        return NaturalSize::of(image.width(), image.height());
    }
    QImage picture(const QUrl &url, QSize) const override { return m_images.value(url); }
    QUrl urlOf(NodeId) const override { return {}; }

private:
    QHash<QUrl, QImage> m_images;
};

/// Boxes and fragments made by hand, and what is painted of them. Everything is white where nothing is.
class PaintedTree
{
public:
    using Change = std::function<void(ComputedStyle &)>;

    explicit PaintedTree(int width = 100, int height = 100);

    /// A block in @p parent (None: the root element's) at a place in it.
    FragmentId add(FragmentId parent, QRectF rect, const Change &change = {}, Box::Type type = Box::Type::Block,
                   FragmentKind kind = FragmentKind::Box);
    /// A box whose fragment lies in another one than its parent's: out of the flow.
    FragmentId addIn(FragmentId container, FragmentId boxParent, QRectF rect, const Change &change);
    FragmentId addText(FragmentId parent, QRectF rect, const QString &text, const Change &change = {});
    FragmentId html() const { return m_html; }
    LayoutTree &tree() { return m_tree; }
    FakeImages &images() { return m_images; }

    std::unique_ptr<DisplayList> record(double scale = 1);
    QImage paint(double scale = 1);
    QImage paint(const DisplayList &list, const QRect &damage, const Highlights &highlights = {});

private:
    StyleId styleWith(const Change &change);
    FragmentId addFragment(FragmentId parent, BoxId box, QRectF rect, FragmentKind kind);
    std::uint32_t geometryOf(BoxId box, QSizeF size);

    int m_width, m_height;
    Atoms m_atoms;
    Document m_document{m_atoms};
    DocumentStyles m_styles;
    BoxTree m_boxes;
    LayoutTree m_tree;
    FakeShaper m_shaper;
    FakeFaces m_faces;
    FakeImages m_images;
    FragmentId m_html = FragmentId::None;
};

/// A picture of one colour.
QImage plainImage(int width, int height, const QColor &color);
/// Whether all pixels of @p rect have that colour.
bool isFilled(const QImage &image, const QRect &rect, const QColor &color);

inline PaintedTree::Change background(const QColor &color)
{
    return [color](ComputedStyle &style) { style.decoration->backgroundColor = color; };
}

} // namespace bulkhead::engine
