// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <google/protobuf/message.h>

#include <string>

namespace bulkhead {

/// Which of its bodies an envelope message carries: "frame_ready"; empty when it carries none that this build knows.
std::string messageName(const google::protobuf::Message &envelope);
bool hasBody(const google::protobuf::Message &envelope);

} // namespace bulkhead
