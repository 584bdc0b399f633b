// SPDX-License-Identifier: BSD-3-Clause
// After a fork both processes see the same addresses, but not the same memory; unless it was mapped to be shared.
#include "ipc/lab/worker/forked.h"

namespace bulkhead::lab {

Result<void> memoryStudy(const wire::LabStudy &, wire::LabStudyDone &done)
{
    const SharedMemory shared(4096);
    if (!shared)
        return fail("mmap");
    volatile int plain = 1;
    volatile int &mapped = *shared.at<int>(0);
    mapped = 1;

    Forked child([&] {
        plain = 2;
        mapped = 2;
        return plain == 2 && mapped == 2 ? 0 : 1;
    });
    if (child.wait() != 0)
        return fail(Error{"the forked process did not write", 0});
    found(done, "plain", plain, "",
          "an ordinary variable, which the child set to 2: the parent still sees " + std::to_string(plain) +
              " (the child wrote into its own copy of the page)");
    found(done, "shared", mapped, "",
          "a variable in memory mapped with MAP_SHARED, which the child set to 2: the parent sees " +
              std::to_string(mapped));
    done.set_lesson_holds(plain == 1 && mapped == 2);
    return {};
}

} // namespace bulkhead::lab
