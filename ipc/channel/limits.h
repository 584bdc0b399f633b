// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// Every limit of the wire, in one place. Sizes in bytes.
namespace bulkhead::limits {

/// Payload of one message. Larger things travel in pieces or as sealed memory.
inline constexpr std::size_t MessageBytes = 1 << 20;
/// Fields in one message, in all its parts together: each becomes an object or more.
inline constexpr std::size_t MessageFields = 100'000;
/// Descriptors with one message (the kernel's own limit is 253).
inline constexpr std::size_t MessageFds = 4;
/// Unsent bytes at which a channel calls itself congested; senders of bulk data stop until it drained to half.
inline constexpr std::size_t SendHighWater = 1 << 20;
/// Unsent bytes at which the peer is given up: it has not read for a long time and nobody heeded the high-water mark.
inline constexpr std::size_t SendQueueBytes = 16 << 20;
/// How long one channel, or all of one site's, may keep the event loop before the others get their turn: a flooding
/// peer slows only itself.
inline constexpr std::chrono::milliseconds ReadTurn{4};
/// How long all channels together may read in one turn of the loop.
inline constexpr std::chrono::milliseconds LoopTurn{12};
/// Steps in which a channel tells how much it has not sent.
inline constexpr std::size_t BacklogStep = 256 << 10;
/// Requests awaiting their reply on one channel.
inline constexpr std::size_t PendingRequests = 256;

/// Piece of a streamed body, and how many unacknowledged bytes may be on their way per body.
inline constexpr std::size_t BodyPiece = 64 << 10;
inline constexpr std::size_t BodyWindow = 512 << 10;

/// Framebuffers: edge length in device pixels, damage rectangles per frame, buffers per pool.
inline constexpr std::uint32_t FrameEdge = 16384;
inline constexpr std::size_t FrameBytes = std::size_t(512) << 20;
inline constexpr int FrameDamageRects = 16;
inline constexpr std::uint32_t FrameBuffers = 3;

/// Text in messages: URL, title (and a sentence), text to find, and one piece of text from a page.
inline constexpr std::size_t UrlBytes = 32 << 10;
inline constexpr std::size_t TitleBytes = 1 << 10;
inline constexpr std::size_t FindBytes = 4 << 10;
/// What a page gives as its text or selection, in all; a child that sends more is cut off.
inline constexpr std::size_t TextBytes = std::size_t(64) << 20;
/// Boxes for plugins in one page, and the bytes of one's attributes.
inline constexpr std::size_t EmbedBoxes = 64;
inline constexpr std::size_t EmbedAttributeBytes = 8 << 10;
inline constexpr std::size_t EmbedBoxesBytes = MessageBytes;
/// A page's icon, per edge.
inline constexpr std::uint32_t IconEdge = 32;

} // namespace bulkhead::limits
