// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/child/out_of_memory.h"

#include "ipc/core/exit_codes.h"

#include <cstdlib>
#include <exception>
#include <new>
#include <unistd.h>

namespace bulkhead {

namespace {

void endForMemory()
{
    static const char message[] = "<3>out of memory: the process reached its limit\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, message, sizeof message - 1);
    ::_exit(exit_codes::OutOfMemory);
}

/// Qt's containers allocate with malloc and throw bad_alloc; nothing of ours catches that.
void endForException()
{
    try {
        if (const std::exception_ptr current = std::current_exception())
            std::rethrow_exception(current);
    } catch (const std::bad_alloc &) {
        endForMemory();
    } catch (...) {
    }
    std::abort();
}

} // namespace

void endWhenOutOfMemory()
{
    std::set_new_handler(&endForMemory);
    std::set_terminate(&endForException);
}

} // namespace bulkhead
