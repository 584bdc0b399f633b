// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <google/protobuf/message.h>

#include <string>

namespace bulkhead {

/// Which of its bodies an envelope message carries: "frame_ready"; empty when it carries none that this build knows.
std::string messageName(const google::protobuf::Message &envelope);
bool hasBody(const google::protobuf::Message &envelope);

/// Which body by its number, and, where that is an envelope itself, which one is in there; 0: none.
struct BodyNumber
{
    int outer = 0;
    int inner = 0;

    friend bool operator==(BodyNumber a, BodyNumber b) { return a.outer == b.outer && a.inner == b.inner; }
};
BodyNumber bodyNumber(const google::protobuf::Message &envelope);

} // namespace bulkhead
