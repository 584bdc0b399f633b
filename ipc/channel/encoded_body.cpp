// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/encoded_body.h"

#include <google/protobuf/descriptor.h>

#include <cstdint>

namespace bulkhead {

namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

/// https://protobuf.dev/programming-guides/encoding/#structure; groups are not for us.
enum WireType : unsigned { Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5 };
constexpr int MostDepth = 16;

std::optional<std::uint64_t> takeVarint(std::string_view &bytes)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < 10 && i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        value |= std::uint64_t(byte & 0x7f) << (7 * i);
        if (byte < 0x80) {
            bytes.remove_prefix(i + 1);
            return value;
        }
    }
    return {};
}

/// Takes what @p left says at most; false when there is more, or it is no message.
bool countFields(std::size_t &left, std::string_view bytes, const Descriptor &type, int depth)
{
    while (!bytes.empty()) {
        const auto tag = takeVarint(bytes);
        if (!tag || *tag > UINT32_MAX || depth > MostDepth || left-- == 0)
            return false;
        std::uint64_t skip = 0;
        switch (unsigned(*tag & 7)) {
        case Varint:
            if (!takeVarint(bytes))
                return false;
            break;
        case Fixed64:
            skip = 8;
            break;
        case Fixed32:
            skip = 4;
            break;
        case LengthDelimited: {
            const auto length = takeVarint(bytes);
            if (!length || *length > bytes.size())
                return false;
            skip = *length;
            const FieldDescriptor *field = type.FindFieldByNumber(int(*tag >> 3));
            if (field && field->message_type() &&
                !countFields(left, bytes.substr(0, skip), *field->message_type(), depth + 1))
                return false;
            break;
        }
        default:
            return false;
        }
        if (skip > bytes.size())
            return false;
        bytes.remove_prefix(skip);
    }
    return true;
}

} // namespace

std::optional<EncodedBody> encodedBody(std::string_view envelope)
{
    const auto tag = takeVarint(envelope);
    if (!tag || *tag > UINT32_MAX || (*tag & 7) != LengthDelimited)
        return {};
    const auto length = takeVarint(envelope);
    if (!length || *length != envelope.size())
        return {};
    return EncodedBody{int(*tag >> 3), std::size_t(*length)};
}

bool hasFieldsUpTo(std::size_t most, std::string_view encoded, const Descriptor &type)
{
    return countFields(most, encoded, type, 0);
}

} // namespace bulkhead
