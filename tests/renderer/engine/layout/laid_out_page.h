// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"
#include "renderer/engine/dom/document.h"
#include "renderer/engine/layout/box_tree.h"
#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/natural_sizes.h"
#include "renderer/engine/style/document_styles.h"
#include "tests/renderer/engine/support/fake_shaper.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace bulkhead::engine {

/// Every picture is 40 by 20 pixels.
class FixedSizes final : public NaturalSizes
{
public:
    std::optional<NaturalSize> of(NodeId) override { return NaturalSize::of(40, 20); }
    std::optional<NaturalSize> of(const ImageValue &) override { return NaturalSize::of(40, 20); }
};

/// HTML from its bytes to its fragments, with a font whose characters are squares: 10 pixels, but for
/// other sizes in the document. Margins of the body are 0.
class LaidOutPage
{
public:
    explicit LaidOutPage(const QByteArray &body, int width = 400, int height = 300);
    void layOutAt(int width, int height = 300);

    /// "x y width height" of the border box of the first fragment of the element with that id, from the document's
    /// corner; "none" when there is none.
    QString rect(const char *id) const;
    /// The texts of the lines of the block with that id, each with its place: "x,y text".
    QStringList lines(const char *id) const;
    /// All texts of the document, by place: "x,y text|x,y text".
    QString texts() const;
    BoxId boxOf(const char *id) const;
    FragmentId fragmentOf(const char *id) const;

    const LayoutTree &tree() const { return *m_tree; }
    const BoxTree &boxes() const { return m_boxes; }
    const LayoutPass::Visits &visits() const { return m_visits; }
    const FakeShaper &shaper() const { return m_shaper; }
    QString dump() const;

private:
    QString textsOf(FragmentId id) const;

    Atoms m_atoms;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<DocumentStyles> m_styles;
    FakeShaper m_shaper;
    FixedSizes m_sizes;
    BoxTree m_boxes;
    std::optional<LayoutTree> m_tree;
    LayoutPass::Visits m_visits;
};

} // namespace bulkhead::engine
