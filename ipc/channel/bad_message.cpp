// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/bad_message.h"

namespace bulkhead {

namespace {

struct Words
{
    BadMessage reason;
    const char *text;
};

constexpr Words AllWords[] = {
    {BadMessage::None, "none"},
    {BadMessage::PacketTooLarge, "packet too large"},
    {BadMessage::TooManyFds, "too many file descriptors"},
    {BadMessage::MissingFds, "missing file descriptors"},
    {BadMessage::SurplusFds, "surplus file descriptors"},
    {BadMessage::MalformedHeader, "malformed header"},
    {BadMessage::Unparsable, "not a valid message"},
    {BadMessage::EmptyMessage, "empty or unknown message"},
    {BadMessage::UnexpectedReply, "reply without a request"},
    {BadMessage::TruncatedPacket, "truncated packet"},
    {BadMessage::WrongDirection, "message not allowed here"},
    {BadMessage::UnexpectedFds, "unexpected file descriptors"},
    {BadMessage::NotForThisKind, "message not for this kind of process"},
    {BadMessage::WrongReply, "reply to something else"},
    {BadMessage::NotAskedFor, "message that nobody asked for"},
    {BadMessage::NotReady, "message before ready"},
    {BadMessage::WrongProtocol, "wrong protocol number"},
    {BadMessage::UnknownPage, "unknown page"},
    {BadMessage::FrameUnknownPool, "frame in an unknown pool"},
    {BadMessage::FrameUnknownBuffer, "frame in an unknown buffer"},
    {BadMessage::FrameNotOwned, "frame in a buffer it does not own"},
    {BadMessage::FrameBadSize, "frame of an impossible size"},
    {BadMessage::FrameBadDamage, "frame with impossible damage"},
    {BadMessage::FrameBadOrder, "frame out of order"},
    {BadMessage::FrameBadScale, "frame with an impossible scale"},
    {BadMessage::UrlInvalid, "invalid URL"},
    {BadMessage::UrlTooLong, "URL too long"},
    {BadMessage::TitleTooLong, "title too long"},
    {BadMessage::IconInvalid, "invalid icon"},
    {BadMessage::EnumOutOfRange, "enumeration out of range"},
    {BadMessage::ValueOutOfRange, "value out of range"},
    {BadMessage::StreamIdInvalid, "invalid stream id"},
    {BadMessage::CreditInvalid, "credit for more than was sent"},
    {BadMessage::InputUnknown, "acknowledgement of an unknown input"},
    {BadMessage::TooManyStreams, "too many streams"},
    {BadMessage::FdWrongType, "a file descriptor of the wrong type"},
    {BadMessage::FdWrongAccess, "a file descriptor opened for something else"},
    {BadMessage::FdMissingSeals, "shared memory without its seals"},
    {BadMessage::FdWrongSize, "shared memory of the wrong size"},
};

} // namespace

std::string badMessageText(BadMessage reason)
{
    for (const Words &words : AllWords) {
        if (words.reason == reason)
            return words.text;
    }
    return "unknown reason";
}

} // namespace bulkhead
