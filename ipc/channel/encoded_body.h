// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace google::protobuf {
class Descriptor;
}

namespace bulkhead {

/// What can be said of an encoded envelope without parsing it. Parsing is what costs: a megabyte of empty messages
/// becomes many megabytes of objects.
struct EncodedBody
{
    int number = 0;        ///< of the field in the envelope's `oneof body`
    std::size_t bytes = 0; ///< of the body alone
};

/// The body of an envelope that holds one and nothing else, as every honest sender encodes it; nothing for any other
/// bytes.
std::optional<EncodedBody> encodedBody(std::string_view envelope);

/// Whether an encoded message of @p type has at most @p most fields, in its parts and theirs, too. False for what is no
/// message.
bool hasFieldsUpTo(std::size_t most, std::string_view encoded, const google::protobuf::Descriptor &type);

/// How large a body may be, by its number in the envelope; 0 for one that nobody may send.
using BodyLimit = std::size_t (*)(int number);

} // namespace bulkhead
