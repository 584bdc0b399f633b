// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/byte_stream.h"
#include "ipc/lab/mechanisms/catalogue.h"

#include <fcntl.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

class Pipe : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "pipe";
        info.title = "Anonymous pipe";
        info.family = Family::Stream;
        info.summary =
            "A one-way stream of bytes without a name: only who inherits or is handed a descriptor has it. Two "
            "pipes make both directions.";
        info.dataPath = "sender's memory -> kernel's pipe buffer (64 KB) -> receiver's memory";
        info.waits = {Wait::Blocking, Wait::NonBlocking, Wait::Polling};
        info.needs = {{"pipe2", "read", "write", "poll", "fcntl"}, {}};
        info.source = "ipc/lab/mechanisms/pipe.cpp";
        return info;
    }

    // essential: begin
    Result<std::unique_ptr<Link>> create(Place &place, Fds &forPeer) const override
    {
        int there[2], back[2]; // [0] is for reading, [1] for writing
        if (::pipe2(there, O_CLOEXEC) < 0)
            return fail("pipe2");
        UniqueFd thereIn(there[0]), thereOut(there[1]);
        if (::pipe2(back, O_CLOEXEC) < 0)
            return fail("pipe2");
        UniqueFd backIn(back[0]), backOut(back[1]);

        // The ends that we do not use go to the other process; kept open here they would hide its death from us.
        forPeer.push_back(std::move(thereIn));
        forPeer.push_back(std::move(backOut));
        return std::make_unique<StreamLink>(std::move(backIn), std::move(thereOut), place.wait);
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds fromPeer) const override
    {
        return std::make_unique<StreamLink>(std::move(fromPeer[0]), std::move(fromPeer[1]), place.wait);
    }
    // essential: end
};

} // namespace

std::unique_ptr<Mechanism> pipeMechanism()
{
    return std::make_unique<Pipe>();
}

} // namespace bulkhead::lab
