// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>

/// What a crashing child writes to the descriptor it was given for that: a fixed record, then a table of what was
/// loaded into it. Both ends are the same build on the same machine. The child may be hostile: the browser checks every
/// number, and opens no file because a record names it (see browser/crashes/crash_record_reader.h).
namespace bulkhead::crash {

inline constexpr std::uint32_t Magic = 0x42486372; // "BHcr"
inline constexpr std::uint32_t Version = 1;
inline constexpr std::size_t MaxFrames = 64;
inline constexpr std::size_t RegisterCount = 18;
/// Names of the registers, in the order of Record::registers (x86-64; elsewhere only pc and sp are filled in).
inline constexpr const char *RegisterNames[RegisterCount] = {"rip", "rsp", "rbp", "rax", "rbx", "rcx",
                                                             "rdx", "rsi", "rdi", "r8",  "r9",  "r10",
                                                             "r11", "r12", "r13", "r14", "r15", "eflags"};
inline constexpr std::size_t MaxTableBytes = 48 << 10;

enum class Kind : std::uint32_t {
    Crash = 1,  ///< the process ends now
    Capture = 2 ///< it was asked where it is, and goes on
};

struct Record
{
    std::uint32_t magic;
    std::uint32_t version;
    Kind kind;
    std::int32_t signal;
    std::int32_t code; ///< si_code
    std::uint32_t frameCount;
    std::uint64_t faultAddress; ///< si_addr; 0 when the signal was sent by somebody
    std::int32_t sender;        ///< si_pid of such a signal, as the child's pid namespace counts; else 0
    std::uint32_t thread;       ///< 0 for the main thread, else its id
    std::uint64_t registers[RegisterCount];
    std::uint64_t frames[MaxFrames]; ///< program counters, innermost first; callers' are return addresses
    std::uint32_t tableBytes;        ///< of the table that follows
    std::uint32_t padding;
};
static_assert(sizeof(Record) == 24 + 16 + 8 * RegisterCount + 8 * MaxFrames + 8);

// One line of the table: "START END OFFSET PATH\n", the first three in hexadecimal: the addresses an executable segment
// covers, and what must be subtracted from an address to get the one in the file's symbol table.

/// Which signal asks a child for its stack.
inline constexpr int CaptureSignal = 12; // SIGUSR2

} // namespace bulkhead::crash
