// SPDX-License-Identifier: BSD-3-Clause
// A lab worker whose every word is what LYING_WORDS says: about mechanisms, and why it cannot do what it is told.
#include "ipc/lab/protocol/lab_channel.h"

#include <cstdlib>
#include <cstring>

using namespace bulkhead;

namespace {

wire::LabMechanism mechanism(const char *name, const std::string &words)
{
    wire::LabMechanism one;
    one.set_name(name);
    one.set_title(words);
    one.set_summary(words);
    one.set_data_path(words);
    one.set_limited_by(words);
    one.set_source(words);
    one.set_largest(1000);
    one.add_waits(0);
    one.add_calls(words);
    one.add_resources(words);
    return one;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string option = "--channel-fd=";
    if (argc < 2 || std::strncmp(argv[1], option.c_str(), option.size()) != 0)
        return 2;
    const char *given = std::getenv("LYING_WORDS");
    const std::string words = given ? given : "";
    lab::LabChannel channel(UniqueFd(std::atoi(argv[1] + option.size())));
    wire::LabCommand command;
    while (channel.receive(command)) {
        if (command.has_finish())
            continue;
        wire::LabReply reply;
        if (command.has_list_mechanisms()) {
            for (const char *name : {"unix-stream", "pipe", "shm-ring", "posix-queue", "sysv-queue"})
                *reply.mutable_mechanisms()->add_mechanism() = mechanism(name, words);
            wire::LabMechanism missing =
                mechanism(words.substr(0, 200).c_str(), words); // and one with a name of its own
            missing.set_unavailable(words);
            *reply.mutable_mechanisms()->add_mechanism() = missing;
        } else {
            reply.set_error(words.empty() ? "no" : words);
        }
        if (!channel.send(std::move(reply)))
            return 0;
    }
    return 0;
}
