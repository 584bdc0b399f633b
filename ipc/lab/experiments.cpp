// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/experiments.h"

#include <cerrno>

namespace bulkhead::lab {

Result<void> runExperiment(const wire::LabExperiment &what, wire::LabExperimentDone &)
{
    return fail(Error{"there is no experiment \"" + what.name() + "\"", EINVAL});
}

} // namespace bulkhead::lab
