// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/decisions/hostile_script.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/text_format.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace bulkhead {

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// The message in the envelope's oneof, or null.
const FieldDescriptor *bodyOf(const Message &envelope)
{
    const auto *type = envelope.GetDescriptor();
    if (type->oneof_decl_count() == 0)
        return nullptr;
    const FieldDescriptor *body = envelope.GetReflection()->GetOneofFieldDescriptor(envelope, type->oneof_decl(0));
    return body && body->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE ? body : nullptr;
}

std::string takeWord(std::string &text)
{
    const auto end = text.find(' ');
    std::string word = text.substr(0, end);
    text = end == text.npos ? std::string() : text.substr(end + 1);
    return word;
}

} // namespace

bool isScript(const std::string &document)
{
    return document.rfind(ScriptMark, 0) == 0;
}

std::vector<ScriptStep> parseScript(const std::string &document)
{
    std::vector<ScriptStep> steps;
    std::istringstream lines(document);
    std::string line;
    std::getline(lines, line);
    if (line.find("pending") == line.npos)
        steps.push_back({"frame", {}, {}});
    while (std::getline(lines, line)) {
        line.erase(0, line.find_first_not_of(' '));
        if (line.empty() || line[0] == '#')
            continue;
        ScriptStep step;
        step.verb = takeWord(line);
        if (step.verb != "say" && step.verb != "frame" && step.verb != "deaf" && step.verb != "bare")
            step.name = takeWord(line);
        step.text = line;
        steps.push_back(std::move(step));
    }
    return steps;
}

std::string filledIn(std::string text, const ScriptValues &values)
{
    for (auto at = text.find('$'); at != text.npos; at = text.find('$', at + 1)) {
        if (text.compare(at, 6, "$long(") == 0) {
            const auto end = text.find(')', at);
            const auto count = std::strtoul(text.c_str() + at + 6, nullptr, 10);
            text.replace(at, end - at + 1, count, 'a');
            at += count > 0 ? count - 1 : 0;
            continue;
        }
        for (const auto &[name, value] : values) {
            if (text.compare(at + 1, name.size(), name) == 0) {
                text.replace(at, name.size() + 1, value);
                break;
            }
        }
    }
    return text;
}

std::optional<wire::RendererToBrowser> messageFrom(const std::string &text)
{
    wire::RendererToBrowser message;
    if (google::protobuf::TextFormat::ParseFromString(text, &message))
        return message;
    std::fprintf(stderr, "<3>no message: %s\n", text.substr(0, 200).c_str());
    return {};
}

void fillInPage(Message &message, std::uint32_t page)
{
    const FieldDescriptor *id = message.GetDescriptor()->FindFieldByName("page_id");
    if (id && id->cpp_type() == FieldDescriptor::CPPTYPE_UINT32) {
        if (message.GetReflection()->GetUInt32(message, id) == 0)
            message.GetReflection()->SetUInt32(&message, id, page);
    } else if (const FieldDescriptor *body = bodyOf(message)) {
        fillInPage(*message.GetReflection()->MutableMessage(&message, body), page);
    }
}

std::uint32_t pageOf(const Message &message)
{
    const FieldDescriptor *id = message.GetDescriptor()->FindFieldByName("page_id");
    if (id && id->cpp_type() == FieldDescriptor::CPPTYPE_UINT32)
        return message.GetReflection()->GetUInt32(message, id);
    const FieldDescriptor *body = bodyOf(message);
    return body ? pageOf(message.GetReflection()->GetMessage(message, body)) : 0;
}

} // namespace bulkhead
