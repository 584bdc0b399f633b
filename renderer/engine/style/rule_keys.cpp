// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/rule_keys.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/style/bloom.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

constexpr std::size_t MaxKeys = 32; // of one selector, out of :is()
constexpr int MaxDepth = 8;         // of :is() in each other that is looked into

Atom compared(const css::SimpleSelector &simple, NameCase names)
{
    return names == NameCase::Lowered ? simple.lowerName : simple.name;
}

/// The key that a simple selector alone gives; nothing if none.
std::optional<RuleKey> keyOf(const css::SimpleSelector &simple, NameCase names)
{
    switch (simple.kind) {
    case css::SimpleKind::Id:
        return RuleKey{RuleKeyKind::Id, compared(simple, names)};
    case css::SimpleKind::Class:
        return RuleKey{RuleKeyKind::Class, compared(simple, names)};
    case css::SimpleKind::Type:
        return RuleKey{RuleKeyKind::Tag, simple.lowerName};
    case css::SimpleKind::Attribute:
        // Of a namespace: elements have it with its prefix, so that it is not found by its name.
        if (simple.anyNamespace || simple.namespaceUri != Atom::None)
            return std::nullopt;
        return RuleKey{RuleKeyKind::Attribute, simple.lowerName};
    case css::SimpleKind::Universal:
    case css::SimpleKind::PseudoClass:
        break;
    }
    return std::nullopt;
}

/// How few elements are expected to have it: the lower the better.
int commonness(const RuleKey &key)
{
    switch (key.kind) {
    case RuleKeyKind::Id:
        return 0;
    case RuleKeyKind::Class:
        return 1;
    case RuleKeyKind::Attribute:
        return key.name == attr::Class || key.name == attr::Id || key.name == attr::Href || key.name == attr::Style ? 4
                                                                                                                    : 2;
    case RuleKeyKind::Tag:
        return 3;
    }
    return 4;
}

std::vector<RuleKey> keysOfCompound(const css::Selector &selector, const css::Compound &compound, NameCase names,
                                    int depth);

/// One of the keys of each selector in :is(); empty if one of them has none.
std::vector<RuleKey> keysOfList(const css::SelectorList &list, NameCase names, int depth)
{
    std::vector<RuleKey> keys;
    if (depth >= MaxDepth || list.size() > MaxKeys)
        return keys;
    for (const css::Selector &selector : list) {
        const std::vector<RuleKey> more = keysOfCompound(selector, selector.compounds.front(), names, depth + 1);
        if (more.empty() || keys.size() + more.size() > MaxKeys)
            return {};
        keys.insert(keys.end(), more.begin(), more.end());
    }
    return keys;
}

std::vector<RuleKey> keysOfCompound(const css::Selector &selector, const css::Compound &compound, NameCase names,
                                    int depth)
{
    std::optional<RuleKey> best;
    const css::SimpleSelector *is = nullptr;
    for (const css::SimpleSelector &simple : selector.simplesOf(compound)) {
        const std::optional<RuleKey> key = keyOf(simple, names);
        if (key && (!best || commonness(*key) < commonness(*best)))
            best = key;
        if (simple.kind == css::SimpleKind::PseudoClass && simple.pseudo == css::PseudoClass::Is)
            is = &simple;
    }
    if (best && (!is || best->kind == RuleKeyKind::Id || best->kind == RuleKeyKind::Class))
        return {*best};
    if (is) {
        std::vector<RuleKey> keys = keysOfList(is->argument->selectors, names, depth);
        if (!keys.empty())
            return keys;
    }
    return best ? std::vector{*best} : std::vector<RuleKey>();
}

} // namespace

std::vector<RuleKey> keysOf(const css::Selector &selector, NameCase names)
{
    std::vector<RuleKey> keys = keysOfCompound(selector, selector.compounds.front(), names, 0);
    const auto less = [](const RuleKey &a, const RuleKey &b) {
        return a.kind != b.kind ? a.kind < b.kind : a.name < b.name;
    };
    std::sort(keys.begin(), keys.end(), less);
    keys.erase(std::unique(keys.begin(), keys.end(),
                           [](const RuleKey &a, const RuleKey &b) { return a.kind == b.kind && a.name == b.name; }),
               keys.end());
    return keys;
}

std::array<std::uint32_t, 4> ancestorHashes(const css::Selector &selector, NameCase names)
{
    std::array<std::uint32_t, 4> hashes{};
    std::size_t count = 0;
    for (std::size_t i = 1; i < selector.compounds.size() && count < hashes.size(); ++i) {
        const css::Combinator right = selector.compounds[i - 1].left;
        if (right != css::Combinator::Descendant && right != css::Combinator::Child)
            continue; // a sibling of an ancestor, or of the subject
        for (const css::SimpleSelector &simple : selector.simplesOf(selector.compounds[i])) {
            const std::optional<RuleKey> key = keyOf(simple, names);
            if (key && key->kind != RuleKeyKind::Attribute && count < hashes.size())
                hashes[count++] = AncestorFilter::hash(key->kind, key->name);
        }
    }
    return hashes;
}

} // namespace bulkhead::engine
