// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <litehtml/litehtml.h>

#include <string>
#include <unordered_map>
#include <vector>

namespace bulkhead {

/// The rules of a style sheet by what their last part asks for: an id, a class, a tag. The engine tries every rule on
/// every element; on a page of 70,000 elements that is most of the time to show it.
class RuleIndex
{
public:
    explicit RuleIndex(const litehtml::css &css);

    /// Numbers of the rules that may match, in cascade order.
    void candidates(const std::string &tag, const char *id, const litehtml::string_vector &classes,
                    std::vector<int> &out) const;

    const litehtml::css_selector::ptr &rule(int number) const { return m_rules[std::size_t(number)]; }
    /// The parts of selectors that carry :hover.
    const std::vector<const litehtml::css_element_selector *> &hoverParts() const { return m_hoverParts; }

private:
    using Buckets = std::unordered_map<std::string, std::vector<int>>;

    std::vector<litehtml::css_selector::ptr> m_rules;
    std::vector<const litehtml::css_element_selector *> m_hoverParts;
    Buckets m_byId;
    Buckets m_byClass;
    Buckets m_byTag;
    std::vector<int> m_universal;
};

} // namespace bulkhead
