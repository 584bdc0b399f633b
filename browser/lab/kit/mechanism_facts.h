// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

namespace bulkhead {

namespace wire {
class LabMechanism;
}

/// What no measurement tells and what decides more often than speed does: what a mechanism is by its nature. From the
/// manual pages (pipe(7), unix(7), udp(7), mq_overview(7), sysvipc(7), shm_overview(7)) and the libraries'
/// documentation.
struct MechanismFacts
{
    enum class Keeps {
        No,        ///< a message needs its receiver
        Processes, ///< a message waits until somebody comes, as long as the machine runs
        Restarts,  ///< also over a restart of the machine
    };

    bool keepsMessages = false;   ///< boundaries: what was sent at once is received at once
    bool takesMany = false;       ///< many senders to one receiver through one object, without a lock of one's own
    bool givesAll = false;        ///< one sender, and every receiver gets everything
    bool isBothWays = false;      ///< one object carries questions and answers
    bool hasFields = false;       ///< named and typed fields, not bytes
    bool reachesMachines = false; ///< another machine, without other code
    bool isLossy = false;
    Keeps keeps = Keeps::No;

    static MechanismFacts of(const wire::LabMechanism &mechanism);
    /// Whether of() knows more than that it is lossy. Baselines without a second process are not known.
    static bool areKnown(const wire::LabMechanism &mechanism);
};

} // namespace bulkhead
