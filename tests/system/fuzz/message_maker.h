// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/system/fuzz/known_values.h"

namespace bulkhead::fuzz {

/// Makes messages of any type by reflection: first as an honest sender could, then with something wrong in them. One
/// thread.
class MessageMaker
{
public:
    /// Both outlive it.
    MessageMaker(RandomSource &random, const KnownValues &known) : m_random(random), m_known(known) {}

    /// Every field of @p message, down to its innermost parts; bodies of a `oneof` are the caller's choice, unless none
    /// is set inside of another message.
    void fill(google::protobuf::Message &message, int depth = 0);
    /// One field somewhere in @p message that nobody honest would send so: numbers at their edges, values that the enum
    /// does not have, texts that are none, lists without end.
    void spoil(google::protobuf::Message &message);

private:
    void fillField(google::protobuf::Message &message, const google::protobuf::FieldDescriptor &field, int depth);
    void spoilField(google::protobuf::Message &message, const google::protobuf::FieldDescriptor &field);
    void setNumber(google::protobuf::Message &message, const google::protobuf::FieldDescriptor &field,
                   std::uint64_t bits, bool add);
    std::uint64_t likelyNumber(const google::protobuf::FieldDescriptor &field);
    std::string likelyText(const google::protobuf::FieldDescriptor &field);
    std::uint64_t edge();
    double oddDouble();
    std::string oddText(bool isBytes);

    RandomSource &m_random;
    const KnownValues &m_known;
};

} // namespace bulkhead::fuzz
