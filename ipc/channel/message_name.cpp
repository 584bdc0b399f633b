// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/message_name.h"

#include <google/protobuf/descriptor.h>

namespace bulkhead {

namespace {
const google::protobuf::FieldDescriptor *body(const google::protobuf::Message &envelope)
{
    const auto *type = envelope.GetDescriptor();
    if (type->oneof_decl_count() == 0)
        return nullptr;
    return envelope.GetReflection()->GetOneofFieldDescriptor(envelope, type->oneof_decl(0));
}
} // namespace

std::string messageName(const google::protobuf::Message &envelope)
{
    const auto *field = body(envelope);
    return field ? field->name() : std::string();
}

bool hasBody(const google::protobuf::Message &envelope)
{
    return body(envelope) != nullptr;
}

BodyNumber bodyNumber(const google::protobuf::Message &envelope)
{
    const auto *outer = body(envelope);
    if (!outer)
        return {};
    const auto *inner = body(envelope.GetReflection()->GetMessage(envelope, outer));
    return {outer->number(), inner ? inner->number() : 0};
}

} // namespace bulkhead
