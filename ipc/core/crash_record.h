// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

/// What a crashing child writes to the descriptor it was given for that: a fixed record, then a table of what was
/// loaded into it. Both ends are the same build on the same machine. The child may be hostile: the browser checks every
/// number, and opens no file because a record names it (see browser/crashes/crash_record_reader.h).
namespace bulkhead::crash {

inline constexpr std::uint32_t Magic = 0x42486372; // "BHcr"
inline constexpr std::uint32_t Version = 1;
inline constexpr std::size_t MaxFrames = 64;
/// Names of the registers, in the order of Record::registers; on every architecture the program counter and the stack
/// pointer come first.
#if defined(__aarch64__)
inline constexpr const char *RegisterNames[] = {"pc",  "sp",  "x29", "x30", "x0",  "x1",  "x2",    "x3",  "x4",
                                                "x5",  "x6",  "x7",  "x8",  "x9",  "x10", "x11",   "x12", "x13",
                                                "x14", "x15", "x16", "x17", "x18", "x19", "x20",   "x21", "x22",
                                                "x23", "x24", "x25", "x26", "x27", "x28", "pstate"};
#else
inline constexpr const char *RegisterNames[] = {"rip", "rsp", "rbp", "rax", "rbx", "rcx", "rdx", "rsi", "rdi",
                                                "r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15", "eflags"};
#endif
inline constexpr std::size_t RegisterCount = std::size(RegisterNames);
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
