// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/experiments.h"

#include "ipc/lab/experiments/forked.h"

#include <cerrno>

namespace bulkhead::lab {

Result<void> runExperiment(const wire::LabExperiment &what, wire::LabExperimentDone &done)
{
    constexpr struct
    {
        const char *name;
        Result<void> (*run)(const wire::LabExperiment &, wire::LabExperimentDone &);
    } Experiments[] = {{"race", raceExperiment},
                       {"memory", memoryExperiment},
                       {"locks", locksExperiment},
                       {"order", orderExperiment},
                       {"many", manyExperiment}};
    for (const auto &experiment : Experiments) {
        if (what.name() == experiment.name)
            return experiment.run(what, done);
    }
    return fail(Error{"there is no experiment \"" + what.name() + "\"", EINVAL});
}

} // namespace bulkhead::lab
