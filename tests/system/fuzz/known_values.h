// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/system/fuzz/random_source.h"

#include <google/protobuf/message.h>

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead::fuzz {

/// What a hostile child has heard, by the names of fields: a page_id that it was told of is worth saying in every
/// message that has a page_id. So nothing has to be written down for a body that is new. Value; one thread.
class KnownValues
{
public:
    /// All numbers and texts in @p heard.
    void learn(const google::protobuf::Message &heard);
    void learnNumber(const std::string &field, std::uint64_t value);
    void learnText(const std::string &field, const std::string &value);

    /// One of those that belong into a field of that name; nothing when there is none.
    std::optional<std::uint64_t> number(const std::string &field, RandomSource &random) const;
    std::optional<std::string> text(const std::string &field, RandomSource &random) const;

private:
    std::map<std::string, std::deque<std::uint64_t>> m_numbers; ///< the newest of each name
    std::map<std::string, std::vector<std::string>> m_texts;
};

} // namespace bulkhead::fuzz
