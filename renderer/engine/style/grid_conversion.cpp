// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/grid_conversion.h"

#include "renderer/engine/style/value_conversion.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine {

using namespace css;

namespace {

constexpr std::size_t MostTracks = 1000; // of one template: Chromium has more, but no page

TrackSize trackSizeOf(const Computing &computing, const Value &value)
{
    if (value.isFunction("minmax"_kw))
        return {lengthOf(computing, value[0]), lengthOf(computing, value[1])};
    if (value.isFunction("fit-content"_kw)) {
        // A limit in percent has no place in the track; without one it is as large as its content.
        const Length limit = lengthOf(computing, value[0]);
        const Length size = limit.is(Length::Kind::Fixed) ? Length(Length::Kind::FitContent, limit.value())
                                                          : Length(Length::Kind::MaxContent);
        return {size, size};
    }
    const Length size = lengthOf(computing, value);
    return {size, size};
}

/// Fills a template from the tracks and names of a list.
class TemplateBuilder
{
public:
    explicit TemplateBuilder(const Computing &computing) : m_computing(computing) {}

    void add(const Value &item)
    {
        if (item.isFunction("names"_kw)) {
            for (const Value &name : *item.items)
                m_names.push_back(name.text);
        } else if (item.isFunction("repeat"_kw)) {
            addRepeat(item);
        } else if (m_made.tracks.size() < MostTracks) {
            m_made.tracks.push_back({trackSizeOf(m_computing, item), std::exchange(m_names, {})});
        }
    }
    GridTemplate finish()
    {
        m_made.lineNamesAfter = std::move(m_names);
        return std::move(m_made);
    }

private:
    void addRepeat(const Value &repeat)
    {
        const Value &count = repeat[0];
        const bool isAuto = count.is(Value::Kind::Keyword);
        const std::size_t first = m_made.tracks.size();
        const std::size_t times = isAuto ? 1 : std::size_t(std::clamp(numberOf(m_computing, count), 1.0, 1e4));
        for (std::size_t i = 0; i < times && m_made.tracks.size() < MostTracks; ++i) {
            for (std::size_t item = 1; item < repeat.size(); ++item)
                add(repeat[item]);
        }
        if (isAuto) {
            m_made.autoRepeat =
                count.is("auto-fill"_kw) ? GridTemplate::AutoRepeat::Fill : GridTemplate::AutoRepeat::Fit;
            m_made.autoRepeatAt = first;
            m_made.autoRepeatTracks = m_made.tracks.size() - first;
            m_made.autoRepeatLineNamesAfter = std::exchange(m_names, {});
        }
    }

    const Computing &m_computing;
    GridTemplate m_made;
    std::vector<QString> m_names;
};

} // namespace

GridTemplate gridTemplateOf(const Computing &computing, const Value &value)
{
    TemplateBuilder builder(computing);
    if (value.is(Value::Kind::List)) {
        for (const Value &item : *value.items)
            builder.add(item);
    }
    return builder.finish();
}

std::vector<TrackSize> trackSizesOf(const Computing &computing, const Value &value)
{
    std::vector<TrackSize> sizes;
    for (std::size_t i = 0; i < value.size() && i < MostTracks; ++i)
        sizes.push_back(trackSizeOf(computing, value[i]));
    const bool isAuto = sizes.size() == 1 && sizes.front().min.isAuto() && sizes.front().max.isAuto();
    return isAuto ? std::vector<TrackSize>() : sizes;
}

GridLine gridLineOf(const Computing &computing, const Value &value)
{
    GridLine line;
    if (!value.is(Value::Kind::List))
        return line;
    const bool isSpan = !value[0].isMissing();
    const bool isNumber = !value[1].isMissing();
    line.kind = isSpan ? GridLine::Kind::Span : isNumber ? GridLine::Kind::Line : GridLine::Kind::Area;
    line.number = isNumber ? int(std::clamp(numberOf(computing, value[1]), -10000.0, 10000.0)) : 1;
    if (isSpan)
        line.number = std::max(line.number, 1);
    line.name = value[2].text;
    return line;
}

std::vector<std::vector<QString>> gridAreasOf(const Value &value)
{
    std::vector<std::vector<QString>> rows;
    if (!value.is(Value::Kind::List))
        return rows;
    for (const Value &row : *value.items) {
        std::vector<QString> cells;
        for (const Value &cell : *row.items)
            cells.push_back(cell.text == u"." ? QString() : cell.text);
        rows.push_back(std::move(cells));
    }
    return rows;
}

} // namespace bulkhead::engine
