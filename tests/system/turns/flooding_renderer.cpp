// SPDX-License-Identifier: BSD-3-Clause
// A renderer that floods the browser, as a real process: flooding_renderer WHAT, channel on descriptor 3.
#include "tests/support/ready_message.h"
#include "tests/system/turns/flood.h"

using namespace bulkhead;

int main(int argc, char **argv)
{
    flood::Session session{UniqueFd(3)};
    session.send(test::readyMessage());
    return argc > 1 && session.run(argv[1]) ? 0 : 2;
}
