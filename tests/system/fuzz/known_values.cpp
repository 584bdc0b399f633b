// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/fuzz/known_values.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

namespace bulkhead::fuzz {

namespace {

using google::protobuf::FieldDescriptor;

constexpr std::size_t MostNumbers = 8, MostTexts = 64, LongestText = 4096;

/// Fields that mean the same.
std::string meaning(const std::string &field)
{
    return field == "input_event_id" ? "event_id" : field;
}

} // namespace

void KnownValues::learn(const google::protobuf::Message &heard)
{
    const auto *reflection = heard.GetReflection();
    std::vector<const FieldDescriptor *> fields;
    reflection->ListFields(heard, &fields);
    for (const FieldDescriptor *field : fields) {
        const int count = field->is_repeated() ? reflection->FieldSize(heard, field) : 1;
        for (int i = 0; i < std::min(count, 16); ++i) {
            const bool many = field->is_repeated();
            switch (field->cpp_type()) {
            case FieldDescriptor::CPPTYPE_UINT32:
                learnNumber(field->name(), many ? reflection->GetRepeatedUInt32(heard, field, i)
                                                : reflection->GetUInt32(heard, field));
                break;
            case FieldDescriptor::CPPTYPE_UINT64:
                learnNumber(field->name(), many ? reflection->GetRepeatedUInt64(heard, field, i)
                                                : reflection->GetUInt64(heard, field));
                break;
            case FieldDescriptor::CPPTYPE_STRING:
                if (field->type() == FieldDescriptor::TYPE_STRING)
                    learnText(field->name(), many ? reflection->GetRepeatedString(heard, field, i)
                                                  : reflection->GetString(heard, field));
                break;
            case FieldDescriptor::CPPTYPE_MESSAGE:
                learn(many ? reflection->GetRepeatedMessage(heard, field, i) : reflection->GetMessage(heard, field));
                break;
            default:
                break;
            }
        }
    }
}

void KnownValues::learnNumber(const std::string &field, std::uint64_t value)
{
    std::deque<std::uint64_t> &known = m_numbers[meaning(field)];
    if (std::find(known.begin(), known.end(), value) != known.end())
        return;
    known.push_back(value);
    if (known.size() > MostNumbers)
        known.pop_front();
}

void KnownValues::learnText(const std::string &field, const std::string &value)
{
    std::vector<std::string> &known = m_texts[field];
    if (value.size() <= LongestText && known.size() < MostTexts &&
        std::find(known.begin(), known.end(), value) == known.end())
        known.push_back(value);
}

std::optional<std::uint64_t> KnownValues::number(const std::string &field, RandomSource &random) const
{
    const auto it = m_numbers.find(meaning(field));
    if (it == m_numbers.end())
        return {};
    return random.oneOf(it->second);
}

std::optional<std::string> KnownValues::text(const std::string &field, RandomSource &random) const
{
    const auto it = m_texts.find(field);
    if (it == m_texts.end())
        return {};
    return random.oneOf(it->second);
}

} // namespace bulkhead::fuzz
