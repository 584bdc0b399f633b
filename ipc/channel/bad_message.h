// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace bulkhead {

/// How a peer broke the protocol. The numbers are stable: they appear in logs, crash pages, documentation and tests.
/// Append only.
enum class BadMessage {
    None = 0,
    // The packet layer
    PacketTooLarge = 1,  ///< payload above limits::MessageBytes
    TooManyFds = 2,      ///< a packet claims more than limits::MessageFds
    MissingFds = 3,      ///< a packet claims descriptors that did not come
    SurplusFds = 4,      ///< descriptors came that no packet claims
    MalformedHeader = 5, ///< impossible kind, reserved bits set
    Unparsable = 6,      ///< not the protobuf message it should be, or invalid UTF-8
    EmptyMessage = 7,    ///< no body, or one this build does not know
    UnexpectedReply = 8, ///< a reply to nothing
    TruncatedPacket = 9, ///< the stream ended inside a packet
    WrongDirection = 10, ///< a body that only the other side may send, or not now
    UnexpectedFds = 11,  ///< descriptors with a message that takes none
    NotForThisKind = 12, ///< a body that this kind of process never sends
    WrongReply = 13,     ///< a reply that is none to what was asked
    NotAskedFor = 14,    ///< a body that may be sent only while somebody wants it
    // Pages
    NotReady = 20,      ///< anything before Ready, or Ready twice
    WrongProtocol = 21, ///< Ready with another protocol number
    UnknownPage = 22,   ///< a page_id that was never this process's
    // Frames
    FrameUnknownPool = 30,
    FrameUnknownBuffer = 31,
    FrameNotOwned = 32,  ///< a buffer that is on screen and was not released
    FrameBadSize = 33,   ///< empty or larger than the buffer
    FrameBadDamage = 34, ///< too many rectangles, or one outside the frame
    FrameBadOrder = 35,  ///< frame_id does not rise
    FrameBadScale = 36,  ///< device-pixel ratio not a sensible number
    // Texts, values
    UrlInvalid = 40,
    UrlTooLong = 41,
    TitleTooLong = 42,
    IconInvalid = 43,
    EnumOutOfRange = 44,
    ValueOutOfRange = 45,
    // Bodies and input
    StreamIdInvalid = 50, ///< outside the renderer's range, or in use
    CreditInvalid = 52,   ///< acknowledges more than was sent
    InputUnknown = 53,    ///< acknowledges an event that was not sent
    TooManyStreams = 54,
    // Descriptors
    FdWrongType = 60,
    FdWrongAccess = 61,
    FdMissingSeals = 62,
    FdWrongSize = 63,
};

/// "frame not owned"
std::string badMessageText(BadMessage reason);

} // namespace bulkhead
