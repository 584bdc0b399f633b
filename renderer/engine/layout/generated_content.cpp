// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/generated_content.h"

#include "renderer/engine/base/known_atoms.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace bulkhead::engine {

namespace {

constexpr std::size_t CountersInEachOther = 512;

const QString &listItem()
{
    static const QString name = QStringLiteral("list-item");
    return name;
}

bool names(const std::vector<CounterOperation> &operations, const QString &name)
{
    return std::any_of(operations.begin(), operations.end(),
                       [&](const CounterOperation &operation) { return operation.name == name; });
}

} // namespace

GeneratedContent::GeneratedContent(const Document &document, const DocumentStyles &styles)
    : m_document(&document), m_styles(styles.counterStyles())
{
    if (!m_styles)
        m_styles = std::make_shared<const CounterStyles>();
}

void GeneratedContent::enter(NodeId element, const ComputedStyle &style)
{
    ++m_depth;
    if (m_made.size() <= std::size_t(m_depth) + 1)
        m_made.resize(std::size_t(m_depth) + 2);
    for (const CounterOperation &operation : style.rare->counterReset)
        reset(operation.name, operation.value);
    applyList(element, style);
    for (const CounterOperation &operation : style.rare->counterIncrement)
        increment(operation.name, operation.value);
    for (const CounterOperation &operation : style.rare->counterSet)
        set(operation.name, operation.value);
}

void GeneratedContent::leave()
{
    // The counters that its children made end with it.
    std::vector<QString> &made = m_made[std::size_t(m_depth) + 1];
    for (const QString &name : made) {
        std::vector<Counter> &counters = m_counters[name];
        if (!counters.empty() && counters.back().depth > m_depth)
            counters.pop_back();
    }
    made.clear();
    --m_depth;
}

// HTML's lists count by themselves, unless their styles do.
void GeneratedContent::applyList(NodeId element, const ComputedStyle &style)
{
    const RareStyle &rare = *style.rare;
    const bool isList = element != NodeId::None &&
                        (m_document->isElement(element, tag::Ol) || m_document->isElement(element, tag::Ul) ||
                         m_document->isElement(element, tag::Menu) || m_document->isElement(element, tag::Dir));
    const auto number = [&](Atom name) -> std::optional<int> {
        const QString *text = m_document->attribute(element, name);
        bool isNumber = false;
        const int value = text ? text->trimmed().toInt(&isNumber) : 0;
        return isNumber ? std::optional(value) : std::nullopt;
    };
    if (isList && !names(rare.counterReset, listItem())) {
        int start = 0;
        if (m_document->isElement(element, tag::Ol))
            start = std::clamp(number(attr::Start).value_or(1), -1'000'000'000, 1'000'000'000) - 1;
        reset(listItem(), start);
    }
    if (!style.display.isListItem || names(rare.counterIncrement, listItem()))
        return;
    increment(listItem(), 1);
    if (element != NodeId::None && m_document->isElement(element, tag::Li) && !names(rare.counterSet, listItem())) {
        if (const auto own = number(attr::Value))
            set(listItem(), *own);
    }
}

// A sibling's counter of that name is replaced.
void GeneratedContent::reset(const QString &name, int value)
{
    std::vector<Counter> &counters = m_counters[name];
    if (!counters.empty() && counters.back().depth == m_depth) {
        counters.back().value = value;
    } else if (counters.size() < CountersInEachOther) {
        counters.push_back({value, m_depth});
        m_made[std::size_t(m_depth)].push_back(name);
    }
}

void GeneratedContent::increment(const QString &name, int by)
{
    std::vector<Counter> &counters = m_counters[name];
    if (counters.empty())
        reset(name, 0);
    const qint64 sum = qint64(counters.back().value) + by;
    counters.back().value =
        int(std::clamp<qint64>(sum, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
}

void GeneratedContent::set(const QString &name, int value)
{
    std::vector<Counter> &counters = m_counters[name];
    if (counters.empty())
        reset(name, 0);
    counters.back().value = value;
}

int GeneratedContent::value(const QString &name) const
{
    const auto found = m_counters.find(name);
    return found == m_counters.end() || found->empty() ? 0 : found->back().value;
}

QString GeneratedContent::text(const ContentItem &item, NodeId element, const ComputedStyle &style)
{
    const QString &counterStyle = item.counterStyle;
    switch (item.kind) {
    case ContentItem::Kind::Text:
        return item.text;
    case ContentItem::Kind::Attribute: {
        const Atom name = m_document->atoms().find(m_document->isXml() ? item.text : item.text.toLower());
        const QString *value = name == Atom::None ? nullptr : m_document->attribute(element, name);
        return value ? *value : QString();
    }
    case ContentItem::Kind::Counter:
        return m_styles->text(value(item.text), counterStyle);
    case ContentItem::Kind::Counters: {
        const auto found = m_counters.find(item.text);
        if (found == m_counters.end() || found->empty())
            return m_styles->text(0, counterStyle);
        QString joined;
        for (std::size_t i = 0; i < found->size(); ++i)
            joined += (i == 0 ? QString() : item.separator) + m_styles->text((*found)[i].value, counterStyle);
        return joined;
    }
    case ContentItem::Kind::OpenQuote:
        return quote(style, true);
    case ContentItem::Kind::CloseQuote:
        return quote(style, false);
    case ContentItem::Kind::NoOpenQuote:
        ++m_quotes;
        return {};
    case ContentItem::Kind::NoCloseQuote:
        m_quotes = std::max(0, m_quotes - 1);
        return {};
    case ContentItem::Kind::Image:
        return {};
    }
    return {};
}

// CSS 2.1 12.3.2: the pairs by depth, the last for all deeper ones.
QString GeneratedContent::quote(const ComputedStyle &style, bool isOpening)
{
    const auto &quotes = style.inherited->quotes;
    if (!isOpening) {
        if (m_quotes == 0)
            return {};
        --m_quotes;
    }
    const auto depth = std::size_t(m_quotes);
    if (isOpening)
        ++m_quotes;
    if (quotes.empty())
        return {};
    const auto &pair = quotes[std::min(depth, quotes.size() - 1)];
    return isOpening ? pair.first : pair.second;
}

bool GeneratedContent::isDrawn(const QString &type)
{
    return type == QLatin1String("disc") || type == QLatin1String("circle") || type == QLatin1String("square") ||
           type == QLatin1String("disclosure-open") || type == QLatin1String("disclosure-closed");
}

QString GeneratedContent::marker(const ComputedStyle &style)
{
    const QString &type = style.inherited->listStyleType;
    if (type == QLatin1String("none") || isDrawn(type))
        return {};
    return m_styles->marker(value(listItem()), type);
}

} // namespace bulkhead::engine
