// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/byte_stream.h"
#include "ipc/lab/mechanisms/shared_semaphore.h"

#include <cerrno>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

// essential: begin
/// A counter behind a descriptor. Both processes have the same open file, and O_NONBLOCK is a property of that: it is
/// set once, when the eventfd is made, for both.
class EventfdSemaphore : public SharedSemaphore
{
public:
    explicit EventfdSemaphore(UniqueFd fd) : m_fd(std::move(fd)) {}

    Result<void> wait(Wait how) override
    {
        std::uint64_t one = 0; // with EFD_SEMAPHORE every read takes one
        while (::read(m_fd.get(), &one, sizeof one) < 0) {
            if (errno == EAGAIN) {
                if (const auto ready = waitUntil(m_fd.get(), POLLIN, how); !ready)
                    return ready;
            } else if (errno != EINTR) {
                return fail("read");
            }
        }
        return {};
    }

    Result<void> post() override
    {
        const std::uint64_t one = 1;
        if (::write(m_fd.get(), &one, sizeof one) < 0)
            return fail("write");
        return {};
    }

private:
    UniqueFd m_fd;
};
// essential: end

class EventfdSemaphores : public SemaphoreKind
{
public:
    std::string name() const override { return "eventfd"; }
    std::string title() const override { return "eventfd"; }
    std::string summary() const override
    {
        return "A counter behind a descriptor that poll() and every event loop understand; handed over like any "
               "descriptor.";
    }
    std::vector<Wait> waits() const override { return {Wait::Blocking, Wait::NonBlocking, Wait::Polling}; }
    Needs needs() const override { return {{"eventfd2", "read", "write", "poll"}, {}}; }
    std::string source() const override { return "ipc/lab/mechanisms/semaphore_eventfd.cpp"; }

    // essential: begin
    Result<std::unique_ptr<SharedSemaphore>> create(const Place &place, Slot, unsigned initial,
                                                    Fds &forPeer) const override
    {
        const int blocking = place.wait == Wait::Blocking ? 0 : EFD_NONBLOCK;
        UniqueFd fd(::eventfd(initial, EFD_SEMAPHORE | blocking | EFD_CLOEXEC));
        if (!fd)
            return fail("eventfd");
        forPeer.push_back(fd.duplicate());
        return std::make_unique<EventfdSemaphore>(std::move(fd));
    }
    Result<std::unique_ptr<SharedSemaphore>> open(const Place &, Slot, Fds &fromPeer) const override
    {
        UniqueFd fd = std::move(fromPeer.front());
        fromPeer.erase(fromPeer.begin());
        return std::make_unique<EventfdSemaphore>(std::move(fd));
    }
    // essential: end
};

} // namespace

std::unique_ptr<SemaphoreKind> eventfdSemaphores()
{
    return std::make_unique<EventfdSemaphores>();
}

} // namespace bulkhead::lab
