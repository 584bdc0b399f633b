// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/dom/open_elements.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/dom/tag_traits.h"

namespace bulkhead::engine {

namespace {

// A cell stands for the section and row that the parser puts round it.
int weightOf(Atom name)
{
    return name == tag::Td || name == tag::Th ? 3 : name == tag::Tr ? 2 : 1;
}

} // namespace

OpenElements::OpenElements(Atoms &atoms, const ParseLimits &limits)
    : m_limits(limits), m_foreignObject(atoms.intern(u"foreignobject"))
{
}

bool OpenElements::isForeign() const
{
    if (m_stack.empty() || !m_stack.back().isForeign)
        return false;
    const Element &top = m_stack.back();
    return !(top.traits & trait::Integration) && top.name != m_foreignObject;
}

OpenElements::Verdict OpenElements::startTag(Atom name, bool isSelfClosing)
{
    const std::uint32_t traits = tagTraits(name);
    if (isForeign()) {
        if (!(traits & trait::Breakout) && name != tag::Font) {
            if (isSelfClosing)
                return Verdict::Keep;
            if (depth() >= m_limits.depth)
                return Verdict::Drop;
            push(name, traits, true);
            return Verdict::Keep;
        }
        if (traits & trait::Breakout)
            breakOut();
    }
    if (traits & trait::Unnested)
        return Verdict::Keep;
    endImplied(name, traits);
    if (traits & trait::Void)
        return Verdict::Keep;
    const bool isForeignRoot = name == tag::Svg || name == tag::Math;
    if (isForeignRoot && isSelfClosing)
        return Verdict::Keep;
    const bool isFormatting = traits & trait::Formatting;
    if (depth() + (isFormatting ? 2 : weightOf(name)) > m_limits.depth ||
        (isFormatting && m_formattingLeft >= m_limits.formatting))
        return Verdict::Drop;
    if ((traits & trait::TablePart) && find(tag::Table, trait::TableEnd) < 0)
        return Verdict::Keep; // the parser ignores it
    push(name, traits, isForeignRoot);
    if (isFormatting) {
        m_formatting.push_back(name);
        ++m_formattingLeft;
    } else if (traits & trait::Marker) {
        m_formatting.push_back(Atom::None);
    }
    return Verdict::Keep;
}

void OpenElements::endImplied(Atom name, std::uint32_t traits)
{
    if (traits & trait::EndsP)
        popScopeOf(tag::P, trait::Scope, tag::Button);
    if (traits & trait::TablePart) {
        beginTablePart(name);
    } else if (name == tag::Li || name == tag::Dd || name == tag::Dt) {
        endListItem(name);
    } else if (name == tag::A || name == tag::Nobr) {
        if (findFormatting(name) >= 0)
            endFormatting(name);
    } else if (name == tag::Button) {
        popScopeOf(name, trait::Scope);
    } else if (name == tag::Select || name == tag::Input || name == tag::Keygen || name == tag::Textarea) {
        popScopeOf(tag::Select, trait::Scope);
    } else if (!m_stack.empty()) {
        const Element &top = m_stack.back();
        const bool ends = ((traits & trait::Heading) && (top.traits & trait::Heading)) ||
                          ((name == tag::Option || name == tag::Optgroup) && top.name == tag::Option) ||
                          ((traits & trait::RubyPart) && (top.traits & trait::RubyPart));
        if (ends)
            popTo(int(m_stack.size()) - 1);
    }
}

void OpenElements::endListItem(Atom name)
{
    for (int i = int(m_stack.size()) - 1; i >= 0; --i) {
        const Element &element = m_stack[std::size_t(i)];
        const bool same =
            name == tag::Li ? element.name == tag::Li : element.name == tag::Dd || element.name == tag::Dt;
        if (same)
            return popTo(i);
        if ((element.traits & trait::Special) && element.name != tag::Address && element.name != tag::Div &&
            element.name != tag::P)
            return;
    }
}

// "Clear the stack back to a table, table body or table row context."
void OpenElements::beginTablePart(Atom name)
{
    const int table = find(tag::Table, trait::TableEnd);
    if (table < 0)
        return;
    int keep = table;
    for (int i = table + 1; i < int(m_stack.size()); ++i) {
        const Atom open = m_stack[std::size_t(i)].name;
        const bool isSection = open == tag::Tbody || open == tag::Thead || open == tag::Tfoot;
        if ((name == tag::Tr && isSection) || ((name == tag::Td || name == tag::Th) && (isSection || open == tag::Tr)))
            keep = i;
    }
    popTo(keep + 1);
}

void OpenElements::breakOut()
{
    while (isForeign())
        popTo(int(m_stack.size()) - 1);
}

Atom OpenElements::endForeignElement()
{
    if (!isForeign())
        return Atom::None;
    const Atom name = m_stack.back().name;
    popTo(int(m_stack.size()) - 1);
    return name;
}

void OpenElements::endTag(Atom name)
{
    if (!m_stack.empty() && m_stack.back().isForeign && endForeign(name))
        return;
    const std::uint32_t traits = tagTraits(name);
    if (traits & (trait::Unnested | trait::Void))
        return;
    if (traits & trait::Formatting)
        endFormatting(name);
    else if (traits & trait::Heading)
        endHeading();
    else if (name == tag::P)
        popScopeOf(name, trait::Scope, tag::Button);
    else if (name == tag::Form) {
        if (const int form = find(name, trait::Scope); form >= 0)
            remove(form); // what it holds stays open
    } else if (name == tag::Table || (traits & trait::TablePart))
        popScopeOf(name, trait::TableEnd);
    else if (traits & trait::Special)
        popScopeOf(name, trait::Scope);
    else
        endOther(name);
}

// True when an element of SVG or MathML was ended, or HTML has no say.
bool OpenElements::endForeign(Atom name)
{
    for (int i = int(m_stack.size()) - 1; i >= 0 && m_stack[std::size_t(i)].isForeign; --i) {
        if (m_stack[std::size_t(i)].name == name) {
            popTo(i);
            return true;
        }
    }
    return false;
}

void OpenElements::endHeading()
{
    for (int i = int(m_stack.size()) - 1; i >= 0; --i) {
        const std::uint32_t traits = m_stack[std::size_t(i)].traits;
        if (traits & trait::Heading)
            return popTo(i);
        if (traits & trait::Scope)
            return;
    }
}

void OpenElements::endOther(Atom name)
{
    for (int i = int(m_stack.size()) - 1; i >= 0; --i) {
        if (m_stack[std::size_t(i)].name == name)
            return popTo(i);
        if (m_stack[std::size_t(i)].traits & trait::Special)
            return;
    }
}

// The adoption agency algorithm, as far as what stays open goes.
void OpenElements::endFormatting(Atom name)
{
    const int listed = findFormatting(name);
    if (listed < 0)
        return endOther(name);
    int at = int(m_stack.size()) - 1;
    int blocks = 0;
    bool outOfScope = false;
    for (; at >= 0 && m_stack[std::size_t(at)].name != name; --at) {
        blocks += (m_stack[std::size_t(at)].traits & trait::Special) ? 1 : 0;
        outOfScope = outOfScope || (m_stack[std::size_t(at)].traits & trait::Scope);
    }
    constexpr int rounds = 8; // after which the algorithm gives up and leaves a copy open
    if (at >= 0 && (outOfScope || blocks >= rounds - 1))
        return;
    m_formatting.erase(m_formatting.begin() + listed);
    --m_formattingLeft;
    if (at < 0)
        return;
    if (blocks == 0)
        return popTo(at);
    bool pastBlock = false;
    for (std::size_t i = std::size_t(at) + 1; i < m_stack.size() && !pastBlock;) {
        pastBlock = m_stack[i].traits & trait::Special;
        if (!pastBlock && !(m_stack[i].traits & trait::Formatting))
            remove(int(i));
        else
            ++i;
    }
    remove(at);
}

void OpenElements::push(Atom name, std::uint32_t traits, bool isForeign)
{
    const int weight = weightOf(name);
    m_stack.push_back({name, traits, isForeign, weight});
    m_weight += weight;
}

void OpenElements::remove(int index)
{
    m_weight -= m_stack[std::size_t(index)].weight;
    m_stack.erase(m_stack.begin() + index);
}

void OpenElements::popTo(int index)
{
    while (int(m_stack.size()) > index) {
        const bool hasMarker = (m_stack.back().traits & trait::Marker) && !m_stack.back().isForeign;
        m_weight -= m_stack.back().weight;
        m_stack.pop_back();
        if (hasMarker)
            clearFormattingToMarker();
    }
}

void OpenElements::clearFormattingToMarker()
{
    while (!m_formatting.empty()) {
        const bool wasMarker = m_formatting.back() == Atom::None;
        m_formatting.pop_back();
        if (wasMarker)
            return;
        --m_formattingLeft;
    }
}

void OpenElements::popScopeOf(Atom name, std::uint32_t boundary, Atom alsoBoundary)
{
    if (const int at = find(name, boundary, alsoBoundary); at >= 0)
        popTo(at);
}

int OpenElements::find(Atom name, std::uint32_t boundary, Atom alsoBoundary) const
{
    for (int i = int(m_stack.size()) - 1; i >= 0; --i) {
        const Element &element = m_stack[std::size_t(i)];
        if (element.name == name)
            return i;
        if ((element.traits & boundary) || element.isForeign || element.name == alsoBoundary)
            return -1;
    }
    return -1;
}

int OpenElements::findFormatting(Atom name) const
{
    for (int i = int(m_formatting.size()) - 1; i >= 0 && m_formatting[std::size_t(i)] != Atom::None; --i) {
        if (m_formatting[std::size_t(i)] == name)
            return i;
    }
    return -1;
}

} // namespace bulkhead::engine
