// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace bulkhead::attack {

/// What an attacker inside a child has at hand.
struct Tools
{
    int browserPid = 0;
    int channel = -1;
    int framebuffer = -1; ///< shared with the browser and sealed as its framebuffers are
};

/// How an attack ends.
struct Outcome
{
    enum Kind {
        Returned,       ///< number: the result
        Failed,         ///< number: errno
        Killed,         ///< number: of the system call, named by the kernel to the browser
        KilledByKernel, ///< at once, without a word
        OutOfMemory,
        Limit,
        Died, ///< of something else
        Hung,
    };
    Kind kind = Hung;
    int number = 0;

    bool operator==(const Outcome &) const = default;
    std::string text() const;
};

/// Where an attack's expected answer holds.
enum class Holds { Everywhere, WithUserNamespace };

struct Attack
{
    const char *group;
    const char *what;
    Outcome expected;
    std::function<long(const Tools &)> deed; ///< what a system call returns: negative with errno for a failure
    Holds holds = Holds::Everywhere;
};

/// All of them; the same list in the attacker and in the test, which name an attack by its place.
const std::vector<Attack> &attacks();

// The groups, each in a file of its own.
std::vector<Attack> filesystemAttacks();
std::vector<Attack> procAttacks();
std::vector<Attack> networkAttacks();
std::vector<Attack> processAttacks();
std::vector<Attack> memoryAttacks();
std::vector<Attack> privilegeAttacks();
std::vector<Attack> kernelAttacks();
std::vector<Attack> ipcAttacks();
std::vector<Attack> sharedMemoryAttacks();
std::vector<Attack> resourceAttacks();

// ---- how the lists are written
/// A system call that must end the process.
Attack killed(const char *group, const char *what, long call, std::vector<long> arguments = {});
/// A system call that must fail with @p error and do nothing.
Attack refused(const char *group, const char *what, int error, long call, std::vector<long> arguments = {});
/// A pointer as an argument.
inline long at(const void *pointer)
{
    return reinterpret_cast<long>(pointer);
}
/// An address where nothing is: who reads it says EFAULT, and was reached.
inline constexpr long Nowhere = 8;

} // namespace bulkhead::attack
