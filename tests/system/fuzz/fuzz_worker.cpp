// SPDX-License-Identifier: BSD-3-Clause
// A worker of the IPC lab gone bad: goes into the cage of the mechanism that it is told to open, and answers its engine
// what its seed makes of everything that could be answered. Started as bulkhead-lab-worker is; the seed is in the
// environment.
#include "app/programs/lab_worker/lab_cage.h"
#include "ipc/core/memfd.h"
#include "ipc/lab/engine/reply_rules.h"
#include "ipc/lab/mechanisms/catalogue.h"
#include "ipc/lab/protocol/frame_board.h"
#include "ipc/lab/protocol/lab_channel.h"
#include "ipc/lab/protocol/place_message.h"
#include "tests/system/fuzz/message_maker.h"
#include "tests/system/fuzz/packet_maker.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/stubs/logging.h>

#include <QCoreApplication>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace bulkhead;
using namespace bulkhead::fuzz;
using namespace bulkhead::lab;

namespace {

class FuzzWorker
{
public:
    FuzzWorker(UniqueFd channel, std::uint64_t seed)
        : m_channel(std::move(channel)), m_seed(seed), m_random(seed), m_maker(m_random, m_known), m_packets(m_random)
    {
        int pipe[2] = {-1, -1};
        if (::pipe2(pipe, O_CLOEXEC) == 0)
            m_fds.insert(m_fds.end(), {pipe[0], pipe[1]});
        m_fds.insert(m_fds.end(),
                     {::open("/dev/null", O_RDWR | O_CLOEXEC), ::open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
                      ::memfd_create("loose", MFD_CLOEXEC), m_channel.socket()});
        if (auto sealed = Memfd::create("small", 10))
            m_fds.push_back(sealed->duplicate().release());
    }

    int run()
    {
        for (;;) {
            wire::LabCommand command;
            Result<Fds> fds = m_channel.receive(command);
            if (!fds)
                return 0;
            begin(command);
            m_known.learn(command);
            if (command.has_open())
                open(command.open());
            if (command.has_finish())
                continue;
            if (command.has_frames() || command.has_pressure() || command.has_study())
                scribble(*fds);
            answer(command);
        }
    }

private:
    /// Which of the run's workers this is shows in the first command.
    void begin(const wire::LabCommand &command)
    {
        if (m_hasBegun)
            return;
        m_hasBegun = true;
        m_random =
            RandomSource::ofPart(m_seed, std::uint64_t(command.body_case()) * 2 + (command.open().create() ? 1 : 0));
        static constexpr unsigned Spoilt[] = {0, 5, 20, 100, 500}, Broken[] = {0, 0, 5, 50, 300};
        // The list of mechanisms comes first and once in a run: were it wrong too often, nothing else would be tried.
        m_spoilt =
            command.has_list_mechanisms() ? (m_random.oneIn(2) ? 700 : 0) : Spoilt[m_random.below(std::size(Spoilt))];
        m_broken =
            command.has_list_mechanisms() ? (m_random.oneIn(4) ? 500 : 0) : Broken[m_random.below(std::size(Broken))];
    }

    void open(const wire::LabOpen &what)
    {
        m_address = what.place().address();
        const std::unique_ptr<Mechanism> mechanism = m_isConfined ? nullptr : findMechanism(what.mechanism());
        if (!mechanism)
            return;
        m_isConfined = true;
        const Result<wire::SandboxReport> report =
            sandbox::confineLabWorker(mechanism->info().needs, placeFrom(what.place()));
        if (!report)
            ::_exit(9);
        m_report = *report;
    }

    wire::LabReply replyTo(const wire::LabCommand &command)
    {
        wire::LabReply reply;
        for (const ReplyRule &rule : replyRules()) {
            if (rule.command == command.body_case() && rule.answer == ReplyRule::Answer::Body) {
                const auto *field = wire::LabReply::descriptor()->FindFieldByNumber(int(rule.body));
                m_maker.fill(*reply.GetReflection()->MutableMessage(&reply, field), 1);
            }
        }
        if (reply.has_mechanisms()) { // by their right names, or none would be tried
            reply.mutable_mechanisms()->clear_mechanism();
            for (const char *name :
                 {"unix-stream", "pipe", "tcp", "sysv-queue", "shm-in-place", "bulkhead-frames", "posix-shm+futex"}) {
                wire::LabMechanism &one = *reply.mutable_mechanisms()->add_mechanism();
                m_maker.fill(one, 1);
                one.set_name(name);
                one.clear_waits();
                one.add_waits(0);
                one.clear_unavailable();
                one.set_alone(false);
                one.set_largest(m_random.oneIn(2) ? 0 : 1 + m_random.below(100'000));
            }
        }
        if (reply.has_opened()) {
            reply.mutable_opened()->set_address(m_address);
            *reply.mutable_opened()->mutable_sandbox() = m_report;
        }
        if (reply.has_measured()) {
            wire::LabHistogram &times = *reply.mutable_measured()->mutable_times();
            while (times.count_size() < times.bucket_size())
                times.add_count(1);
            while (times.bucket_size() < times.count_size())
                times.add_bucket(1);
        }
        return reply;
    }

    void answer(const wire::LabCommand &command)
    {
        wire::LabReply reply = replyTo(command);
        if (m_random.oneIn(30)) {
            reply.set_error("it does not work");
            reply.set_error_number(int(m_random.below(140)));
        }
        std::vector<int> fds;
        if (command.has_open() && command.open().create() && m_random.oneIn(2))
            fds.push_back(m_random.oneOf(m_fds));
        if (m_random.perMille(m_spoilt))
            m_maker.spoil(reply);
        if (m_random.perMille(m_spoilt / 8))
            m_maker.spoil(reply);
        if (m_random.perMille(m_spoilt / 16))
            ::poll(nullptr, 0, int(m_random.below(3000)));
        for (int times = m_random.perMille(m_spoilt / 8) ? 2 : 1; times > 0; --times) {
            RawPacket packet = PacketMaker::packet(PacketKind::Message, 0, reply.SerializePartialAsString(), fds);
            if (m_random.perMille(m_broken))
                m_packets.spoil(packet, m_fds);
            if (packet.isLast)
                packet.isLast = m_random.oneIn(2); // else it lives on after half a packet
            [[maybe_unused]] const auto counted = ::write(m_count, "", 1);
            if (!sendRaw(
                    m_channel.socket(), packet, [](void *) {}, nullptr) ||
                packet.isLast)
                ::_exit(int(m_random.below(3)));
        }
    }

    /// What is shared with who looks on, with anything in it; until the engine says something, or for a while.
    void scribble(const Fds &fds)
    {
        std::vector<std::pair<std::uint64_t *, std::size_t>> boards;
        for (const UniqueFd &fd : fds) {
            struct stat status = {};
            void *memory =
                ::fstat(fd.get(), &status) == 0 && status.st_size > 0
                    ? ::mmap(nullptr, std::size_t(status.st_size), PROT_READ | PROT_WRITE, MAP_SHARED, fd.get(), 0)
                    : MAP_FAILED;
            if (memory != MAP_FAILED)
                boards.emplace_back(static_cast<std::uint64_t *>(memory),
                                    std::size_t(status.st_size) / sizeof(std::uint64_t));
        }
        pollfd p{m_channel.socket(), POLLIN, 0};
        for (std::size_t turns = 20 + m_random.below(200); turns > 0 && ::poll(&p, 1, 2) == 0; --turns) {
            for (const auto &[words, count] : boards) {
                for (int i = 0; i < 40; ++i) {
                    // Counters are at the beginning.
                    const std::size_t at =
                        m_random.oneIn(2) ? m_random.below(std::min<std::size_t>(count, 24)) : m_random.below(count);
                    words[at] = m_random.next() >> m_random.below(64);
                }
            }
        }
    }

    LabChannel m_channel;
    const std::uint64_t m_seed;
    RandomSource m_random;
    KnownValues m_known;
    MessageMaker m_maker;
    PacketMaker m_packets;
    std::vector<int> m_fds; ///< never closed: there to be sent
    unsigned m_spoilt = 0, m_broken = 0;
    const int m_count = ::open(std::getenv("BULKHEAD_FUZZ_WORKER_COUNT"), O_WRONLY | O_APPEND | O_CLOEXEC);
    bool m_hasBegun = false, m_isConfined = false;
    std::string m_address;
    wire::SandboxReport m_report;
};

int numberAfter(const char *argument, const char *name)
{
    return std::strncmp(argument, name, std::strlen(name)) == 0 ? std::atoi(argument + std::strlen(name)) : -1;
}

} // namespace

int main(int argc, char **argv)
{
    const int fd = argc == 3 ? numberAfter(argv[1], "--channel-fd=") : -1;
    const int parent = argc == 3 ? numberAfter(argv[2], "--parent=") : -1;
    const char *seed = std::getenv("BULKHEAD_FUZZ_WORKER_SEED");
    if (fd < 3 || parent < 1 || !seed || !std::getenv("BULKHEAD_FUZZ_WORKER_COUNT"))
        return 2;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        return 0;
    ::signal(SIGPIPE, SIG_IGN);
    google::protobuf::SetLogHandler(nullptr);
    const QCoreApplication application(argc, argv);
    ::_exit(FuzzWorker(UniqueFd(fd), std::strtoull(seed, nullptr, 10)).run());
}
