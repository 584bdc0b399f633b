// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/byte_stream.h"
#include "ipc/lab/mechanisms/catalogue.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

// essential: begin
class FifoLink : public StreamLink
{
public:
    FifoLink(std::string inPath, std::string outPath, int first, Wait wait)
        : StreamLink({}, {}, wait), m_inPath(std::move(inPath)), m_outPath(std::move(outPath)), m_first(first)
    {
    }

    Result<void> meet() override
    {
        // open() waits until the other side opens the same FIFO, so both must take them in the same order.
        if (m_first == O_WRONLY)
            m_out.reset(::open(m_outPath.c_str(), O_WRONLY | O_CLOEXEC));
        m_in.reset(::open(m_inPath.c_str(), O_RDONLY | O_CLOEXEC));
        if (m_first == O_RDONLY)
            m_out.reset(::open(m_outPath.c_str(), O_WRONLY | O_CLOEXEC));
        if (!m_in || !m_out)
            return fail("open");
        return StreamLink::meet();
    }

    void remove() override
    {
        ::unlink(m_inPath.c_str());
        ::unlink(m_outPath.c_str());
    }

private:
    std::string m_inPath, m_outPath;
    int m_first;
};
// essential: end

class Fifo : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "fifo";
        info.title = "Named pipe (FIFO)";
        info.family = Family::Stream;
        info.summary =
            "A pipe with a name in the file system: processes that are not related find it there. The name stays "
            "until it is removed; the data never touches the disk.";
        info.dataPath = "sender's memory -> kernel's pipe buffer (64 KB) -> receiver's memory";
        info.waits = {Wait::Blocking, Wait::NonBlocking, Wait::Polling};
        info.needs = {{"mknodat", "openat", "read", "write", "poll", "fcntl", "unlink"}, {"folder"}};
        info.source = "ipc/lab/mechanisms/fifo.cpp";
        return info;
    }

    // essential: begin
    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        for (const char *name : {"there", "back"}) {
            if (::mkfifo(place.path(name).c_str(), 0600) < 0)
                return fail("mkfifo");
        }
        return std::make_unique<FifoLink>(place.path("back"), place.path("there"), O_WRONLY, place.wait);
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        return std::make_unique<FifoLink>(place.path("there"), place.path("back"), O_RDONLY, place.wait);
    }
    // essential: end
};

} // namespace

std::unique_ptr<Mechanism> fifoMechanism()
{
    return std::make_unique<Fifo>();
}

} // namespace bulkhead::lab
