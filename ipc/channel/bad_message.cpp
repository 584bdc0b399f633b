// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/bad_message.h"

namespace bulkhead {

std::string badMessageText(BadMessage reason)
{
    switch (reason) {
    case BadMessage::None:
        return "none";
    case BadMessage::PacketTooLarge:
        return "packet too large";
    case BadMessage::TooManyFds:
        return "too many file descriptors";
    case BadMessage::MissingFds:
        return "missing file descriptors";
    case BadMessage::SurplusFds:
        return "surplus file descriptors";
    case BadMessage::MalformedHeader:
        return "malformed header";
    case BadMessage::Unparsable:
        return "not a valid message";
    case BadMessage::EmptyMessage:
        return "empty or unknown message";
    case BadMessage::UnexpectedReply:
        return "reply without a request";
    case BadMessage::TruncatedPacket:
        return "truncated packet";
    case BadMessage::WrongDirection:
        return "message not allowed here";
    case BadMessage::UnexpectedFds:
        return "unexpected file descriptors";
    case BadMessage::NotReady:
        return "message before ready";
    case BadMessage::WrongProtocol:
        return "wrong protocol number";
    case BadMessage::UnknownPage:
        return "unknown page";
    case BadMessage::FrameUnknownPool:
        return "frame in an unknown pool";
    case BadMessage::FrameUnknownBuffer:
        return "frame in an unknown buffer";
    case BadMessage::FrameNotOwned:
        return "frame in a buffer it does not own";
    case BadMessage::FrameBadSize:
        return "frame of an impossible size";
    case BadMessage::FrameBadDamage:
        return "frame with impossible damage";
    case BadMessage::FrameBadOrder:
        return "frame out of order";
    case BadMessage::FrameBadScale:
        return "frame with an impossible scale";
    case BadMessage::UrlInvalid:
        return "invalid URL";
    case BadMessage::UrlTooLong:
        return "URL too long";
    case BadMessage::TitleTooLong:
        return "title too long";
    case BadMessage::IconInvalid:
        return "invalid icon";
    case BadMessage::EnumOutOfRange:
        return "enumeration out of range";
    case BadMessage::ValueOutOfRange:
        return "value out of range";
    case BadMessage::StreamIdInvalid:
        return "invalid stream id";
        return "unknown stream";
    case BadMessage::CreditInvalid:
        return "credit for more than was sent";
    case BadMessage::InputUnknown:
        return "acknowledgement of an unknown input";
    case BadMessage::TooManyStreams:
        return "too many streams";
    case BadMessage::FdWrongType:
        return "a file descriptor of the wrong type";
    case BadMessage::FdWrongAccess:
        return "a file descriptor opened for something else";
    case BadMessage::FdMissingSeals:
        return "shared memory without its seals";
    case BadMessage::FdWrongSize:
        return "shared memory of the wrong size";
    }
    return "unknown reason";
}

} // namespace bulkhead
