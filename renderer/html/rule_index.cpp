// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/rule_index.h"

#include <algorithm>

namespace bulkhead {

namespace {

// The engine compares some names without case; candidates may be too many, never too few.
std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return text;
}

} // namespace

RuleIndex::RuleIndex(const litehtml::css &css) : m_rules(css.selectors())
{
    for (int number = 0; number < int(m_rules.size()); ++number) {
        const litehtml::css_selector &selector = *m_rules[std::size_t(number)];
        const std::string *id = nullptr;
        const std::string *className = nullptr;
        for (const auto &attribute : selector.m_right.m_attrs) {
            if (attribute.condition != litehtml::select_equal)
                continue;
            if (attribute.attribute == "id" && !attribute.val.empty())
                id = &attribute.val;
            else if (attribute.attribute == "class" && !attribute.class_val.empty())
                className = &attribute.class_val.front();
        }
        const std::string &tag = selector.m_right.m_tag;
        if (id)
            m_byId[lowered(*id)].push_back(number);
        else if (className)
            m_byClass[lowered(*className)].push_back(number);
        else if (!tag.empty() && tag != "*")
            m_byTag[lowered(tag)].push_back(number);
        else
            m_universal.push_back(number);

        for (const litehtml::css_selector *part = &selector; part; part = part->m_left.get()) {
            const auto &attributes = part->m_right.m_attrs;
            if (std::any_of(attributes.begin(), attributes.end(), [](const auto &a) {
                    return a.condition == litehtml::select_pseudo_class && (a.val == "hover" || a.attribute == "hover");
                }))
                m_hoverParts.push_back(&part->m_right);
        }
    }
}

void RuleIndex::candidates(const std::string &tag, const char *id, const litehtml::string_vector &classes,
                           std::vector<int> &out) const
{
    out = m_universal;
    const auto append = [&](const Buckets &buckets, const std::string &key) {
        if (const auto found = buckets.find(lowered(key)); found != buckets.end())
            out.insert(out.end(), found->second.begin(), found->second.end());
    };
    append(m_byTag, tag);
    if (id && !m_byId.empty())
        append(m_byId, id);
    for (const std::string &name : classes)
        append(m_byClass, name);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
}

} // namespace bulkhead
