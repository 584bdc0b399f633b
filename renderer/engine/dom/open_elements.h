// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"
#include "renderer/engine/base/limits.h"

#include <cstdint>
#include <vector>

namespace bulkhead::engine {

/// What an HTML parser will have open, followed tag by tag so that its depth can be bounded before it runs: its time is
/// quadratic in that. Never less deep than the parser's own stack, and mostly as deep.
class OpenElements
{
public:
    explicit OpenElements(Atoms &atoms, const ParseLimits &limits);

    enum class Verdict { Keep, Drop };
    /// Of a start tag with a lowered name. Dropped ones would nest too deeply.
    Verdict startTag(Atom name, bool isSelfClosing);
    void endTag(Atom name);
    /// Ends the innermost element, if it is one of SVG or MathML, and returns its name.
    Atom endForeignElement();

    /// The next tag is one of SVG's or MathML's: no raw text, CDATA sections.
    bool isForeign() const;
    int depth() const { return m_weight + m_formattingLeft; }

private:
    struct Element
    {
        Atom name;
        std::uint32_t traits;
        bool isForeign;
        int weight;
    };

    void endImplied(Atom name, std::uint32_t traits);
    void endListItem(Atom name);
    void beginTablePart(Atom name);
    void breakOut();
    void push(Atom name, std::uint32_t traits, bool isForeign);
    void popTo(int index);
    void remove(int index);
    void popScopeOf(Atom name, std::uint32_t boundary, Atom alsoBoundary = Atom::None);
    int find(Atom name, std::uint32_t boundary, Atom alsoBoundary = Atom::None) const;
    int findFormatting(Atom name) const;
    void endFormatting(Atom name);
    void endHeading();
    void endOther(Atom name);
    bool endForeign(Atom name);
    void clearFormattingToMarker();

    const ParseLimits &m_limits;
    const Atom m_foreignObject;
    std::vector<Element> m_stack;
    std::vector<Atom> m_formatting; // None: a marker
    int m_weight = 4;               // html, body and what tables imply
    int m_formattingLeft = 0;       // in the list of formatting elements, perhaps to be opened again
};

} // namespace bulkhead::engine
