// SPDX-License-Identifier: BSD-3-Clause
// A plugin's process that floods the browser, on the real way through the fork server into the real cage. What it says
// is named by
// --qt=WHAT, where the browser names Qt's library to others.
#include "app/runtime/child/child_program.h"
#include "tests/support/ready_message.h"
#include "tests/system/turns/flood.h"

#include <cstring>

using namespace bulkhead;

namespace {

std::string what;

int run(StartedChild child)
{
    flood::Session session(std::move(child.channel));
    auto [ready, fds] = test::readyFromCage(std::move(child.cage));
    session.send(ready, std::move(fds));
    session.send(test::loadedMessage());
    return session.run(what) ? 0 : 2;
}

} // namespace

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        if (std::strncmp(argv[i], "--qt=", 5) == 0)
            what = argv[i] + 5;
    }
    return runChildProgram(argc, argv, {[](bool) {}, [] {}, &run, {sandbox::roles::plugin()}});
}
