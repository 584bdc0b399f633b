// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/plugin_faults/plugin_fault.h"

namespace bulkhead {

namespace {
constexpr std::size_t MostText = 512;

std::string cut(const std::string &text)
{
    if (text.size() <= MostText)
        return text;
    std::size_t end = MostText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end; // not inside a UTF-8 sequence
    return text.substr(0, end);
}
} // namespace

wire::PluginFailed PluginFault::toWire() const
{
    wire::PluginFailed message;
    message.set_code(std::uint32_t(code));
    message.set_subject(cut(subject));
    message.set_found(cut(found));
    message.set_needed(cut(needed));
    return message;
}

std::optional<PluginFault> PluginFault::fromWire(const wire::PluginFailed &message)
{
    const auto code = pluginCodeFromNumber(message.code());
    if (!code)
        return {};
    return PluginFault{*code, cut(message.subject()), cut(message.found()), cut(message.needed())};
}

} // namespace bulkhead
