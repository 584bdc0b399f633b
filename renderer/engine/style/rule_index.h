// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"
#include "renderer/engine/css/font_face.h"
#include "renderer/engine/css/media.h"
#include "renderer/engine/css/selector.h"
#include "renderer/engine/css/sheet.h"
#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/rule_keys.h"

#include <QHash>
#include <QSet>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// Whose sheet it is (css-cascade-5 6.2).
enum class Origin : std::uint8_t { UserAgent, User, Author };

struct SheetSource
{
    std::shared_ptr<const css::Sheet> sheet;
    css::MediaQueryList media; ///< of its <link> or <style>
    Origin origin = Origin::Author;
};

/// A selector of a rule with its place in the cascade: the index in RuleIndex::ranked().
struct RankedSelector
{
    const css::Selector *selector = nullptr;
    const css::StyleRule *rule = nullptr;
    Origin origin = Origin::Author;
    std::uint32_t layer = 0; ///< within its origin the later layer has the higher number, no layer the highest
};

/// What is tried on an element that has a selector's key.
struct IndexedSelector
{
    std::uint32_t rank = 0;
    std::array<std::uint32_t, 4> ancestors{}; ///< hashes that the ancestors must have, see AncestorFilter; 0: no more
};

/// The rules that apply in one environment, sorted by cascade and found by a name of their subject.
class RuleIndex
{
public:
    RuleIndex(std::vector<SheetSource> sheets, const css::MediaEnvironment &environment, const Document &document);

    /// In the order of normal declarations: origin, layer, specificity, order (css-cascade-5 6.1).
    const std::vector<RankedSelector> &ranked() const { return m_ranked; }
    /// The selectors whose subject needs @p name.
    std::span<const IndexedSelector> find(RuleKeyKind kind, Atom name) const;
    std::span<const IndexedSelector> universal() const { return m_universal; }
    /// Whether any selector asks that, so that its change may change styles.
    bool asks(css::PseudoClass pseudo) const { return m_asked & (std::uint64_t(1) << unsigned(pseudo)); }

    const std::vector<const css::FontFace *> &fontFaces() const { return m_fontFaces; }
    const std::vector<const css::PageRule *> &pages() const { return m_pages; }
    /// Later ones replace earlier ones of the same name.
    const std::vector<const css::CounterStyleRule *> &counterStyles() const { return m_counterStyles; }

private:
    friend class RuleCollector;

    void add(std::uint32_t rank, NameCase names);
    void note(const css::Selector &selector);

    std::vector<SheetSource> m_sheets; // keeps alive what the rest looks at
    std::vector<RankedSelector> m_ranked;
    std::array<QHash<Atom, std::vector<IndexedSelector>>, RuleKeyKinds> m_byName;
    std::vector<IndexedSelector> m_universal;
    std::uint64_t m_asked = 0;
    QSet<const css::SelectorArgument *> m_noted; // lists that were looked through
    std::vector<const css::FontFace *> m_fontFaces;
    std::vector<const css::PageRule *> m_pages;
    std::vector<const css::CounterStyleRule *> m_counterStyles;
};

} // namespace bulkhead::engine
