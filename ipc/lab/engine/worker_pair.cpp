// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/worker_pair.h"

#include "ipc/lab/engine/worker_process.h"
#include "ipc/lab/protocol/place_message.h"

#include <cerrno>

namespace bulkhead::lab {

namespace {
/// For what takes no time: making, meeting, closing. Starting an MQTT client or a D-Bus connection takes some.
constexpr std::chrono::seconds SetupLimit{15};
} // namespace

WorkerPair::~WorkerPair()
{
    if (m_isOpen)
        close();
}

void WorkerPair::setRemote(std::unique_ptr<Peer> remote, std::string host)
{
    m_second = std::move(remote);
    m_host = std::move(host);
    m_remote = true;
}

Result<void> WorkerPair::start()
{
    for (std::unique_ptr<Peer> *peer : {&m_first, &m_second}) {
        if (*peer)
            continue;
        if (m_remote && peer == &m_second)
            return fail(Error{"the other machine is gone", ECONNRESET});
        Result<std::unique_ptr<WorkerProcess>> started = WorkerProcess::start(m_program);
        if (!started)
            return tl::unexpected(started.error());
        *peer = std::move(*started);
    }
    return {};
}

Result<void> WorkerPair::replaceSecond()
{
    m_isOpen = false;
    m_second.reset();
    return start();
}

void WorkerPair::reset()
{
    m_isOpen = false;
    m_first.reset();
    m_second.reset();
    m_folder.tidy();
}

Result<void> WorkerPair::open(const LinkSpec &spec)
{
    if (m_isOpen)
        close();
    if (!m_spec.mechanism.empty() && m_spec.mechanism != spec.mechanism) {
        m_first.reset();
        if (!m_remote)
            m_second.reset();
    }
    if (const auto started = start(); !started)
        return started;
    m_spec = spec;
    const Result<void> opened = openLink(spec);
    if (!opened)
        reset();
    m_isOpen = bool(opened);
    return opened;
}

Result<void> WorkerPair::openLink(const LinkSpec &spec)
{
    Place place = m_folder.place();
    place.wait = spec.wait;
    place.largest = spec.largest;
    place.broker = spec.broker;
    Peer &creator = m_remote ? *m_second : *m_first;
    Peer &opener = m_remote ? *m_first : *m_second;

    place.peer = opener.pid();
    Fds fds;
    const Result<std::string> address = openSide(creator, true, place, {}, &fds);
    if (!address)
        return tl::unexpected(address.error());
    if (spec.alone)
        return {};
    place.peer = creator.pid();
    if (const auto usable = checkAddress(place.address, *address); !usable)
        return usable;
    place.address = *address;
    const Result<std::string> opened = openSide(opener, false, place, std::move(fds), nullptr);
    if (!opened)
        return tl::unexpected(opened.error());

    wire::LabCommand meet;
    meet.mutable_meet();
    const TwoReplies met = askBoth(*m_first, meet, *m_second, meet, SetupLimit, m_cancel);
    if (!met.first)
        return tl::unexpected(met.first.error());
    if (!met.second)
        return tl::unexpected(met.second.error());
    return {};
}

/// A worker that is asked for its address chooses the port, never the host: it would choose where the other one
/// connects.
Result<void> WorkerPair::checkAddress(const std::string &given, const std::string &said) const
{
    const auto hostOf = [](const std::string &address) { return address.substr(0, address.rfind(':')); };
    const std::string host = m_remote ? m_host : given;
    const bool isInternet = m_spec.mechanism == "tcp" || m_spec.mechanism == "udp";
    if (!isInternet || hostOf(said) == host || hostOf(said) == hostOf(host))
        return {};
    return fail(Error{"the other side is not at " + said + " but at " + host, EPROTO});
}

Result<std::string> WorkerPair::openSide(Peer &peer, bool create, const Place &place, Fds fds, Fds *fdsBack)
{
    wire::LabCommand command;
    command.mutable_open()->set_mechanism(m_spec.mechanism);
    command.mutable_open()->set_create(create);
    writePlace(place, *command.mutable_open()->mutable_place());
    if (const auto sent = peer.send(std::move(command), std::move(fds)); !sent)
        return tl::unexpected(sent.error());
    const Result<wire::LabReply> reply = await(peer, SetupLimit, m_cancel, fdsBack);
    if (!reply)
        return tl::unexpected(reply.error());
    if (m_program.census)
        m_program.census->setWork(peer.pid(), m_spec.mechanism, reply->opened().sandbox());
    return reply->opened().address();
}

Result<WorkerPair::Figures> WorkerPair::measure(wire::LabMeasure what, const Processors &processors,
                                                std::chrono::milliseconds limit)
{
    if (!m_isOpen)
        return fail(Error{"there is no link", EINVAL});
    what.set_lossy(m_spec.lossy);
    what.set_alone(m_spec.alone);
    what.set_initiator(true);
    wire::LabCommand toFirst, toSecond;
    *toFirst.mutable_measure() = what;
    toFirst.mutable_measure()->mutable_processors()->Add(processors.first.begin(), processors.first.end());
    what.set_initiator(false);
    if (what.pattern() == wire::LabMeasure::SEND_TEXT) {
        what.set_pattern(wire::LabMeasure::ECHO_TEXT);
        what.clear_text();
    }
    *toSecond.mutable_measure() = what;
    if (!m_remote)
        toSecond.mutable_measure()->mutable_processors()->Add(processors.second.begin(), processors.second.end());

    Figures figures;
    if (m_spec.alone) {
        if (const auto sent = m_first->send(std::move(toFirst)); !sent)
            return tl::unexpected(sent.error());
        Result<wire::LabReply> reply = await(*m_first, limit, m_cancel);
        if (!reply) {
            reset();
            return tl::unexpected(reply.error());
        }
        figures.initiator = std::move(*reply->mutable_measured());
        return figures;
    }
    const SecondEnds ends = m_spec.lossy ? SecondEnds::WhenToldSo : SecondEnds::ByItself;
    TwoReplies replies = askBoth(*m_first, std::move(toFirst), *m_second, std::move(toSecond), limit, m_cancel, ends);
    const auto failed = [this](const Error &error) {
        reset(); // the other side may wait for ever
        return tl::unexpected(error);
    };
    // A worker that died explains more than one that was left waiting.
    if (!replies.second && replies.second.error().number != ETIMEDOUT)
        return failed(replies.second.error());
    if (!replies.first)
        return failed(replies.first.error());
    if (!replies.second)
        return failed(replies.second.error());
    figures.initiator = std::move(*replies.first->mutable_measured());
    figures.responder = std::move(*replies.second->mutable_measured());
    return figures;
}

void WorkerPair::close(Names names)
{
    m_isOpen = false;
    for (Peer *peer : {m_first.get(), m_second.get()}) {
        if (!peer)
            continue;
        wire::LabCommand command;
        command.mutable_close()->set_remove_names(names == Names::Remove);
        const auto sent = peer->send(std::move(command));
        if (!sent || !await(*peer, SetupLimit, m_cancel)) {
            reset();
            return;
        }
    }
}

} // namespace bulkhead::lab
