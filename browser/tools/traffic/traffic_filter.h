// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/traffic/traffic_record.h"

#include <optional>

namespace bulkhead {

/// Which messages and frames the inspector shows. Written as words that must all fit:
///   frame            the message's name contains it
///   name:frame       the same
///   pid:4711         of that process
///   dir:sent         or dir:received (seen from the browser)
///   kind:request     or message, reply
///   bytes:>1000      or <, =; also fds:
///   field:python     a field's name or value contains it
///   -word            not
/// Plain value.
class TrafficFilter
{
public:
    TrafficFilter() = default;
    /// Nothing, and a sentence in @p error, when @p text makes no sense.
    static std::optional<TrafficFilter> parse(const QString &text, QString *error);

    void follow(const TrafficThread &thread) { m_thread = thread; }
    const TrafficThread &followed() const { return m_thread; }

    bool accepts(const TrafficMessage &message) const;
    /// Of a filter's words only pid: says something about frames.
    bool accepts(const TrafficFrame &frame) const;

private:
    struct Term
    {
        enum class What { Name, Pid, Way, Kind, Bytes, Descriptors, Field };
        What what = What::Name;
        QString text;
        qint64 number = 0;
        char compare = '=';
        bool negated = false;
    };
    static bool fits(const Term &term, const TrafficMessage &message);

    QList<Term> m_terms;
    TrafficThread m_thread;
};

/// Whether a field of @p message has @p text in its name or value.
bool hasFieldText(const TrafficMessage &message, const QString &text);

} // namespace bulkhead
