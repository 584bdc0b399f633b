// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/css_guard.h"
#include "renderer/html/engine_elements.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace bulkhead {

/// One of the engine's elements with our budgets and our way to find its style rules. The rest is the engine's.
template <class Base>
class EngineElement : public Base, public ElementTraits
{
public:
    EngineElement(const std::shared_ptr<litehtml::document> &document, EngineState &state)
        : Base(document), m_state(state)
    {
    }

    int render(int x, int y, int maxWidth, bool secondPass = false) override
    {
        m_state.budget.spendLayout();
        return Base::render(x, y, maxWidth, secondPass);
    }

    using Base::select;
    int select(const litehtml::css_selector &selector, bool applyPseudo = true) override
    {
        m_state.budget.spendMatch();
        return Base::select(selector, applyPseudo);
    }

    void apply_stylesheet(const litehtml::css &sheet) override
    {
        ++m_state.styleGeneration;
        this->remove_before_after();
        if (this->m_tag == "a" && this->get_attr("href") && this->m_pseudo_classes.empty())
            this->m_pseudo_classes.emplace_back("link");
        RuleIndex &index = indexOf(sheet);
        std::vector<int> candidates;
        index.candidates(this->m_tag, this->get_attr("id"), this->m_class_values, candidates);
        for (int number : candidates)
            applyRule(index.rule(number));
        for (const auto &child : this->m_children) {
            if (child->get_display() != litehtml::display_inline_text)
                child->apply_stylesheet(sheet);
        }
    }

    /// Flex rows are approximated by floats, which is what they were before there were flex rows.
    void parse_styles(bool isReparse = false) override
    {
        const std::string_view layout = this->get_style_property(flexLayoutProperty, false, "");
        isFlexRow = layout == "row" &&
                    std::string_view(this->get_style_property("flex-direction", false, "")).substr(0, 6) != "column";
        Base::parse_styles(isReparse);
        removeSpaceBetweenBlocks();
        const auto container = this->parent();
        const auto *traits = dynamic_cast<const ElementTraits *>(container.get());
        if (!traits || !traits->isFlexRow || this->m_display == litehtml::display_none ||
            this->m_el_position == litehtml::element_position_absolute ||
            this->m_el_position == litehtml::element_position_fixed)
            return;
        const bool pushed =
            std::string_view(this->get_style_property("margin-left", false, "")) == "auto" ||
            (isLastIn(*container) &&
             std::string_view(container->get_style_property("justify-content", false, "")) == "space-between");
        this->m_float = pushed ? litehtml::float_right : litehtml::float_left;
        if (this->m_display == litehtml::display_inline || this->m_display == litehtml::display_inline_block ||
            this->m_display == litehtml::display_list_item)
            this->m_display = litehtml::display_block;
    }

    bool is_floats_holder() const override { return isFlexRow || Base::is_floats_holder(); }

    /// The engine would remove and recreate ::before and ::after, which then were without a layout.
    void refresh_styles() override
    {
        ++m_state.styleGeneration;
        for (const auto &child : this->m_children) {
            if (child->get_display() != litehtml::display_inline_text && child->get_tagName()[0] != ':')
                child->refresh_styles();
        }
        this->m_style.clear();
        for (const auto &used : this->m_used_styles) {
            used->m_used = false;
            if (!used->m_selector->is_media_valid())
                continue;
            const int match = this->select(*used->m_selector, true);
            if (match == litehtml::select_no_match || (match & generatedContent) != 0)
                continue;
            this->m_style.combine(parsed(used->m_selector));
            used->m_used = true;
        }
    }

    // The engine counts siblings anew for each: quadratic, and lists have tens of thousands of items.
    bool is_nth_child(const litehtml::element::ptr &child, int step, int offset, bool ofType) const override
    {
        const ChildPosition &position = positionOf(*child);
        return matchesNth(ofType ? position.indexOfType : position.index, step, offset);
    }

    bool is_nth_last_child(const litehtml::element::ptr &child, int step, int offset, bool ofType) const override
    {
        const ChildPosition &position = positionOf(*child);
        return matchesNth(ofType ? m_typeCounts[child->get_tagName()] - position.indexOfType + 1
                                 : int(m_positions.size()) - position.index + 1,
                          step, offset);
    }

    bool is_only_child(const litehtml::element::ptr &child, bool ofType) const override
    {
        positionOf(*child);
        return (ofType ? m_typeCounts[child->get_tagName()] : int(m_positions.size())) == 1;
    }

    bool find_styles_changes(litehtml::position::vector &boxes, int x, int y) override
    {
        if (m_state.insideHoverChange > 0 || hoverPath == m_state.hoverGeneration)
            return Base::find_styles_changes(boxes, x, y);
        if (hoverChanged != m_state.hoverGeneration)
            return false;
        ++m_state.insideHoverChange;
        const bool found = Base::find_styles_changes(boxes, x, y);
        --m_state.insideHoverChange;
        return found;
    }

    /// The engine climbs to the element that sets a property, for each property of each element and word.
    const char *get_style_property(const char *name, bool inherited, const char *fallback = nullptr) const override
    {
        const int id = inherited ? inheritedPropertyId(name) : -1;
        if (id < 0)
            return Base::get_style_property(name, inherited, fallback);
        if (m_inheritedGeneration != m_state.styleGeneration) {
            m_inheritedGeneration = m_state.styleGeneration;
            m_inheritedKnown = 0;
        }
        if ((m_inheritedKnown >> id & 1) == 0) {
            m_inherited[std::size_t(id)] = Base::get_style_property(name, true, nullptr);
            m_inheritedKnown |= 1U << id;
        }
        const char *value = m_inherited[std::size_t(id)];
        return value ? value : fallback;
    }

    void draw_children(litehtml::uint_ptr device, int x, int y, const litehtml::position *clip,
                       litehtml::draw_flag flag, int zIndex) override
    {
        if (m_state.onlyInside.isNull() || paintBounds.intersects(m_state.onlyInside))
            Base::draw_children(device, x, y, clip, flag, zIndex);
    }

    bool dependsOnHover() const override
    {
        auto *self = const_cast<EngineElement *>(this); // the engine's select() changes nothing but is not const
        for (const auto &[sheet, index] : m_state.rules) {
            for (const litehtml::css_element_selector *part : index->hoverParts()) {
                if (self->Base::select(*part, false) != litehtml::select_no_match)
                    return true;
            }
        }
        return false;
    }

protected:
    static constexpr int generatedContent = litehtml::select_match_with_before | litehtml::select_match_with_after;

    EngineState &m_state;

private:
    struct ChildPosition
    {
        int index = 0; // from 1
        int indexOfType = 0;
    };

    const ChildPosition &positionOf(const litehtml::element &child) const
    {
        if (m_countedChildren != this->m_children.size()) {
            m_countedChildren = this->m_children.size();
            m_positions.clear();
            m_typeCounts.clear();
            for (const auto &sibling : this->m_children) {
                const char *tag = sibling->get_tagName();
                if (sibling->get_display() == litehtml::display_inline_text || !tag || tag[0] == ':' ||
                    sibling->is_comment())
                    continue;
                const int index = int(m_positions.size()) + 1;
                m_positions[sibling.get()] = {index, ++m_typeCounts[tag]};
            }
        }
        return m_positions[&child];
    }

    static bool matchesNth(int index, int step, int offset)
    {
        if (step == 0)
            return index == offset;
        return (index - offset) % step == 0 && (index - offset) / step >= 0;
    }

    // White space is nothing where there is no line for it to be in; the engine starts one, and puts floats below it.
    void removeSpaceBetweenBlocks()
    {
        const bool preserved = this->m_white_space == litehtml::white_space_pre ||
                               this->m_white_space == litehtml::white_space_pre_wrap ||
                               this->m_white_space == litehtml::white_space_pre_line;
        auto &children = this->m_children;
        const auto needsNoLine = [](const auto &child) {
            return child->is_white_space() || child->get_float() != litehtml::float_none || !child->is_inline_box() ||
                   child->get_display() == litehtml::display_none;
        };
        if (!preserved && (isFlexRow || std::all_of(children.begin(), children.end(), needsNoLine)))
            std::erase_if(children, [](const auto &child) { return child->is_white_space(); });
    }

    // But not first: one alone stays where it is.
    bool isLastIn(litehtml::element &container) const
    {
        int before = 0;
        const litehtml::element *last = nullptr;
        for (std::size_t i = 0; i < container.get_children_count(); ++i) {
            const auto child = container.get_child(int(i));
            if (child->get_display() == litehtml::display_inline_text || child->is_comment())
                continue;
            before += last ? 1 : 0;
            last = child.get();
        }
        return last == this && before > 0;
    }

    RuleIndex &indexOf(const litehtml::css &sheet)
    {
        auto &index = m_state.rules[&sheet];
        if (!index)
            index = std::make_unique<RuleIndex>(sheet);
        return *index;
    }

    const litehtml::style &parsed(const litehtml::css_selector::ptr &rule)
    {
        auto &style = m_state.styles[rule.get()];
        if (!style) {
            style = std::make_unique<litehtml::style>();
            style->add(rule->m_style.c_str(), rule->m_baseurl.c_str(), this);
        }
        return *style;
    }

    void applyRule(const litehtml::css_selector::ptr &rule)
    {
        const int match = this->select(*rule, false);
        if (match == litehtml::select_no_match)
            return;
        auto used = std::make_unique<litehtml::used_selector>(rule, false);
        const bool dynamic = (match & litehtml::select_match_pseudo_class) != 0;
        if (rule->is_media_valid() && (!dynamic || this->select(*rule, true) != litehtml::select_no_match)) {
            if ((match & generatedContent) != 0) {
                const bool after = (match & litehtml::select_match_with_after) != 0;
                if (const auto generated = after ? this->get_element_after() : this->get_element_before())
                    generated->add_style(rule->m_style, rule->m_baseurl);
            } else {
                this->m_style.combine(parsed(rule));
                used->m_used = true;
            }
        }
        this->m_used_styles.push_back(std::move(used));
    }

    mutable std::array<const char *, inheritedPropertyCount> m_inherited{};
    mutable unsigned m_inheritedKnown = 0;
    mutable unsigned m_inheritedGeneration = 0;

    // Of children; counted when first asked for.
    mutable std::size_t m_countedChildren = 0;
    mutable std::unordered_map<const litehtml::element *, ChildPosition> m_positions;
    mutable std::unordered_map<std::string, int> m_typeCounts;
};

} // namespace bulkhead
