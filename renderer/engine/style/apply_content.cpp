// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/property_table.h"
#include "renderer/engine/style/value_conversion.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine {

using namespace css;

namespace {

using Id = PropertyId;
using Kind = ContentItem::Kind;

/// A counter style as ComputedStyle has it: its name; "none"; a string behind a quotation mark.
QString counterStyleOf(const Value &value)
{
    if (value.is(Value::Kind::String))
        return u'"' + value.text;
    return value.is(Value::Kind::Keyword) ? QStringLiteral("none") : value.text;
}

ContentItem itemOf(const Computing &computing, const Value &value)
{
    ContentItem item;
    switch (value.kind) {
    case Value::Kind::String:
        item.text = value.text;
        return item;
    case Value::Kind::Keyword:
        item.kind = value.is("open-quote"_kw)      ? Kind::OpenQuote
                    : value.is("close-quote"_kw)   ? Kind::CloseQuote
                    : value.is("no-open-quote"_kw) ? Kind::NoOpenQuote
                                                   : Kind::NoCloseQuote;
        return item;
    default:
        break;
    }
    if (value.isFunction("counter"_kw) || value.isFunction("counters"_kw)) {
        item.kind = value.isFunction("counter"_kw) ? Kind::Counter : Kind::Counters;
        item.text = value[0].text;
        item.separator = value[2].text;
        item.counterStyle = value[1].isMissing() ? QString() : counterStyleOf(value[1]);
    } else if (value.isFunction("attr"_kw)) {
        item.kind = Kind::Attribute;
        item.text = value[0].text;
        item.separator = value[1].text; // what stands in when there is none
    } else {
        item.kind = Kind::Image;
        item.image = imageOf(computing, value);
    }
    return item;
}

void addContent(PropertyTable &table)
{
    table[std::size_t(Id::Content)] = {[](Computing &computing, const ComputedStyle &from) {
                                           computing.style.rare->content = from.rare->content;
                                           computing.style.rare->contentIsNone = from.rare->contentIsNone;
                                       },
                                       [](Computing &computing, const Value &value) {
                                           RareStyle &rare = *computing.style.rare;
                                           rare.contentIsNone = value.is("none"_kw);
                                           rare.content.reset();
                                           if (!value.is(Value::Kind::List))
                                               return;
                                           std::vector<ContentItem> items;
                                           for (const Value &item : *value[0].items)
                                               items.push_back(itemOf(computing, item));
                                           rare.content = std::move(items);
                                       }};
}

constexpr std::size_t MostCounters = 100;

/// Counters with the value that each has when none is written.
template <int Default>
constexpr auto toCounters = [](const Computing &computing, const Value &value) {
    std::vector<CounterOperation> operations;
    if (!value.is(Value::Kind::List))
        return operations;
    for (const Value &item : *value.items) {
        const double number = item[1].isMissing() ? Default : numberOf(computing, item[1]);
        if (operations.size() < MostCounters)
            operations.push_back({item[0].text, int(std::clamp(number, -2147483647.0, 2147483647.0))});
    }
    return operations;
};

constexpr auto toCounterStyle = [](const Computing &, const Value &value) { return counterStyleOf(value); };

constexpr auto toQuotes = [](const Computing &, const Value &value) {
    std::vector<std::pair<QString, QString>> quotes;
    if (value.is(Value::Kind::List)) {
        for (const Value &pair : *value.items)
            quotes.emplace_back(pair[0].text, pair[1].text);
    } else if (value.is("auto"_kw)) {
        quotes = {{QStringLiteral("\u201c"), QStringLiteral("\u201d")},
                  {QStringLiteral("\u2018"), QStringLiteral("\u2019")}};
    }
    return quotes;
};

} // namespace

void addContentProperties(PropertyTable &table)
{
    const auto set = [&table](Id id, PropertyCode code) { table[std::size_t(id)] = code; };
    addContent(table);
    set(Id::CounterReset, memberCode(BULKHEAD_MEMBER(rare->counterReset), toCounters<0>));
    set(Id::CounterIncrement, memberCode(BULKHEAD_MEMBER(rare->counterIncrement), toCounters<1>));
    set(Id::CounterSet, memberCode(BULKHEAD_MEMBER(rare->counterSet), toCounters<0>));
    set(Id::ListStyleType, memberCode(BULKHEAD_MEMBER(inherited->listStyleType), toCounterStyle));
    set(Id::Quotes, memberCode(BULKHEAD_MEMBER(inherited->quotes), toQuotes));
}

} // namespace bulkhead::engine
