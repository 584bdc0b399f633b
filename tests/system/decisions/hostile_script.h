// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/renderer.pb.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead {

/// What a document tells a hostile child to do. A document whose first line begins with ScriptMark is one; every other
/// is shown as an honest renderer would. One step a line, and # begins a comment:
///
///   say TEXT         a message to the browser, in protobuf's text format; its page_id is filled in where it is not
///   said repeat N TEXT    the same N times; $i counts from 0 reply NAME TEXT  how requests of that name are answered
///   from now on frame            a frame, as it should be (the first comes by itself, unless the mark is followed by
///   "pending") wait NAME        until the browser has sent such a message about the page; "wait click" for a released
///   button pause MS         does nothing bare             (what a plugin's process says before its library is loaded,
///   first) its cage has no layers, it says deaf             no more credits and acknowledgements, which otherwise go
///   out by themselves exit N
///
/// In the text $page, $stream (the document's), $pool, $input (the last event's number) and $i are replaced, and
/// $long(N) is N letters. Where a script waits, and at its end, LoadFinished says so.
inline constexpr char ScriptMark[] = "#!hostile";

struct ScriptStep
{
    std::string verb;
    std::string name; ///< of "wait" and "reply", or a number
    std::string text;
};

bool isScript(const std::string &document);
std::vector<ScriptStep> parseScript(const std::string &document);

using ScriptValues = std::map<std::string, std::string>;
std::string filledIn(std::string text, const ScriptValues &values);
/// Nothing when it is no such message; the reason is on standard error.
std::optional<wire::RendererToBrowser> messageFrom(const std::string &text);
/// Sets the page_id of the body, or of a body's body, where it has one that is 0.
void fillInPage(google::protobuf::Message &message, std::uint32_t page);
/// The page_id of the body; 0 when it has none.
std::uint32_t pageOf(const google::protobuf::Message &message);

} // namespace bulkhead
