// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/link_studies.h"

#include "ipc/lab/protocol/histogram.h"
#include "ipc/lab/protocol/place_message.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace bulkhead::lab {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// After that a writer counts as never refused.
constexpr std::uint64_t MostMessages = 100'000;
/// After that a death counts as not noticed.
constexpr milliseconds NoticeLimit{1000};

std::string count(double value)
{
    return std::to_string(std::uint64_t(value));
}

wire::LabCommand measureCommand(wire::LabMeasure::Pattern pattern, std::size_t size, std::uint64_t messages)
{
    wire::LabCommand command;
    command.mutable_measure()->set_pattern(pattern);
    command.mutable_measure()->set_size(size);
    command.mutable_measure()->set_count(messages);
    return command;
}

Result<wire::LabMeasured> askOne(Peer &peer, wire::LabCommand command, milliseconds limit, const Cancel &cancel)
{
    if (const auto sent = peer.send(std::move(command)); !sent)
        return tl::unexpected(sent.error());
    const Result<wire::LabReply> reply = await(peer, limit, cancel);
    if (!reply)
        return tl::unexpected(reply.error());
    return reply->measured();
}

std::string milliseconds3(std::chrono::steady_clock::duration time)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.2f ms", std::chrono::duration<double, std::milli>(time).count());
    return text;
}

} // namespace

wire::LabFinding finding(const std::string &name, double value, const std::string &unit, const std::string &text)
{
    wire::LabFinding finding;
    finding.set_name(name);
    finding.set_value(value);
    finding.set_unit(unit);
    finding.set_text(text);
    return finding;
}

WorkerPair::LinkSpec LinkScene::spec(Wait wait) const
{
    WorkerPair::LinkSpec spec;
    spec.mechanism = mechanism.name();
    spec.wait = wait;
    spec.largest = size;
    spec.lossy = mechanism.lossy();
    spec.broker = broker;
    return spec;
}

Result<Findings> depthOf(LinkScene &scene)
{
    if (const auto opened = scene.pair.open(scene.spec(Wait::Never)); !opened)
        return tl::unexpected(opened.error());
    const Result<wire::LabMeasured> sent =
        askOne(scene.pair.first(), measureCommand(wire::LabMeasure::SEND_UNTIL_REFUSED, scene.size, MostMessages),
               seconds(30), scene.cancel);
    if (!sent)
        return tl::unexpected(sent.error());
    const Result<wire::LabMeasured> received =
        askOne(scene.pair.second(), measureCommand(wire::LabMeasure::RECEIVE_WHAT_IS_THERE, scene.size, MostMessages),
               seconds(30), scene.cancel);
    if (!received)
        return tl::unexpected(received.error());
    scene.pair.close();

    const std::string name = scene.mechanism.name();
    const double accepted = double(sent->sent()), arrived = double(received->received());
    const bool refused = sent->ended_by_number() != 0 || !sent->ended_by().empty();
    std::string text = name + ": a writer whose reader does not read ";
    text += refused ? "is refused after " + count(accepted) + " messages (" + count(accepted * double(scene.size)) +
                          " bytes) with: " + sent->ended_by()
                    : "is never refused: " + count(accepted) + " messages were accepted";
    if (arrived < accepted)
        text += "; " + count(accepted - arrived) + " of them were dropped";
    Findings findings{finding(name + ".depth", accepted, "messages", text)};
    findings.push_back(finding(name + ".refused", refused ? sent->ended_by_number() : 0, "errno", {}));
    findings.push_back(finding(name + ".dropped", accepted - arrived, "messages", {}));
    return findings;
}

namespace {

/// Kills one side while the other waits or sends; what the other gets.
Result<Findings> kill(LinkScene &scene, bool reader)
{
    if (const auto opened = scene.pair.open(scene.spec(scene.usualWait())); !opened)
        return tl::unexpected(opened.error());
    Peer &victim = reader ? scene.pair.second() : scene.pair.first();
    Peer &survivor = reader ? scene.pair.first() : scene.pair.second();
    const char *who = reader ? "reader" : "writer";
    const std::string name = scene.mechanism.name() + (reader ? ".reader_killed" : ".writer_killed");
    std::string text = scene.mechanism.name() + ": the " + who + " is killed; the other ";
    wire::LabCommand command = measureCommand(
        reader ? wire::LabMeasure::SEND_UNTIL_REFUSED : wire::LabMeasure::RECEIVE_ONE, scene.size, MostMessages * 10);
    // The writer's death is to be noticed by one who already waits; the reader's by one who then writes.
    if (!reader) {
        if (const auto sent = survivor.send(std::move(command)); !sent)
            return tl::unexpected(sent.error());
        // It has to wait by now; should it not, it finds the writer dead already, which is told in the same way.
        const Result<wire::LabReply> early = await(survivor, milliseconds(50), scene.cancel);
        if (early || early.error().number != ETIMEDOUT)
            return early ? fail(Error{"a reader without a message did not wait", EPROTO})
                         : tl::unexpected(early.error());
    }
    const auto start = std::chrono::steady_clock::now();
    victim.kill();
    if (reader) {
        if (const auto sent = survivor.send(std::move(command)); !sent)
            return tl::unexpected(sent.error());
    }
    const Result<wire::LabReply> reply = await(survivor, NoticeLimit, scene.cancel);
    const auto took = std::chrono::steady_clock::now() - start;
    if (!reply && reply.error().number == ECANCELED)
        return tl::unexpected(reply.error());
    if (!reply)
        return Findings{
            finding(name, -1, "errno", text + "does not notice: after a second it still waits (and would for ever)")};
    const wire::LabMeasured &measured = reply->measured();
    if (measured.ended_by().empty())
        return Findings{finding(name, -1, "errno", text + "does not notice: it goes on sending to nobody")};
    if (measured.ended_by_number() == ETIMEDOUT)
        return Findings{finding(name, -1, "errno", text + "does not notice; only its own time limit ends the wait")};
    return Findings{finding(name, measured.ended_by_number(), "errno",
                            text + "notices after " + milliseconds3(took) + ", by: " + measured.ended_by() +
                                (reader ? ", after " + count(double(measured.sent())) + " more messages" : "")),
                    finding(name + "_after", std::chrono::duration<double, std::milli>(took).count(), "ms", {})};
}

} // namespace

Result<Findings> deathOf(LinkScene &scene)
{
    Findings findings;
    // The writer first: it has not sent anything yet that a broker could keep for the second part.
    for (const bool reader : {false, true}) {
        const Result<Findings> killed = kill(scene, reader);
        if (!killed)
            return tl::unexpected(killed.error());
        findings.insert(findings.end(), killed->begin(), killed->end());
        if (!reader)
            scene.pair.reset();
    }
    // Both dead now: what is left is what nobody could remove.
    scene.pair.first().kill();
    scene.pair.second().kill();
    std::string left;
    int objects = 0;
    for (const Leftover &leftover : listLeftovers()) {
        if (leftover.run != scene.folder.run() || leftover.kind == LeftoverKind::Folder)
            continue;
        left += (objects++ > 0 ? ", " : "") + leftover.name;
    }
    for (const std::string &file : filesLeftIn(scene.folder.path()))
        left += (objects++ > 0 ? ", " : "") + file;
    findings.push_back(
        finding(scene.mechanism.name() + ".left", objects, "objects",
                scene.mechanism.name() + ": after both are dead there is left: " + (objects > 0 ? left : "nothing")));
    scene.pair.reset();
    return findings;
}

Result<Findings> persistenceOf(LinkScene &scene)
{
    const std::string name = scene.mechanism.name();
    const auto result = [&](bool kept, const std::string &why) {
        return Findings{finding(name + ".persists", kept ? 1 : 0, "",
                                name + ": a message from a sender that has ended " +
                                    (kept ? "waits for its receiver" : "does not reach a later receiver") + why)};
    };
    if (const auto started = scene.pair.start(); !started)
        return tl::unexpected(started.error());
    // MQTT keeps messages for a subscriber it knows: that one has to have been there once.
    Place place = scene.folder.place();
    place.largest = scene.size;
    place.broker = scene.broker;
    place.wait = Wait::Never;
    const auto open = [&](Peer &peer, bool create) -> Result<void> {
        wire::LabCommand command;
        command.mutable_open()->set_mechanism(name);
        command.mutable_open()->set_create(create);
        place.peer = create ? scene.pair.second().pid() : scene.pair.first().pid();
        writePlace(place, *command.mutable_open()->mutable_place());
        if (const auto sent = peer.send(std::move(command)); !sent)
            return sent;
        Fds fds;
        const Result<wire::LabReply> reply = await(peer, seconds(10), scene.cancel, &fds);
        if (!reply)
            return tl::unexpected(reply.error());
        if (!fds.empty())
            return fail(Error{"it lives in descriptors", ENOTSUP});
        place.address = reply->opened().address();
        return {};
    };
    if (scene.restartBroker) {
        if (const auto known = open(scene.pair.second(), false); !known)
            return tl::unexpected(known.error());
    }
    if (const auto created = open(scene.pair.first(), true); !created) {
        if (created.error().number == ECANCELED)
            return tl::unexpected(created.error());
        scene.pair.reset();
        return result(false, " (" + created.error().what + ")");
    }
    const Result<wire::LabMeasured> sent =
        askOne(scene.pair.first(), measureCommand(wire::LabMeasure::SEND_UNTIL_REFUSED, scene.size, 1), seconds(5),
               scene.cancel);
    if (!sent || sent->sent() != 1) {
        scene.pair.reset();
        return result(false, ": it cannot even be sent (there is no connection until both are there)");
    }
    // The sender ends without removing anything; the receiver is another process, started after that.
    scene.pair.first().kill();
    if (scene.restartBroker) {
        scene.pair.second().kill();
        if (const auto restarted = scene.restartBroker(); !restarted)
            return tl::unexpected(restarted.error());
    }
    if (const auto fresh = scene.pair.replaceSecond(); !fresh)
        return tl::unexpected(fresh.error());
    if (const auto opened = open(scene.pair.second(), false); !opened) {
        const std::string why = opened.error().what;
        scene.pair.reset();
        return result(false, " (" + why + ")");
    }
    const Result<wire::LabMeasured> received = askOne(
        scene.pair.second(), measureCommand(wire::LabMeasure::RECEIVE_ONE, scene.size, 1), seconds(5), scene.cancel);
    const bool kept = received && received->received() == 1;
    scene.pair.reset();
    return result(kept, !kept                 ? " (what had taken it ended with the one that was there before)"
                        : scene.restartBroker ? ", also when the broker was stopped and started meanwhile"
                                              : "");
}

Result<Findings> burstsOf(LinkScene &scene)
{
    if (const auto opened = scene.pair.open(scene.spec(scene.usualWait())); !opened)
        return tl::unexpected(opened.error());
    const std::string name = scene.mechanism.name();
    Findings findings;
    const auto time = [&](std::uint64_t burst, std::uint64_t gap, std::uint64_t trips) -> Result<WorkerPair::Figures> {
        wire::LabMeasure what;
        what.set_size(scene.size);
        what.set_count(trips);
        what.set_burst(burst);
        what.set_gap_microseconds(gap);
        return scene.pair.measure(what, {}, seconds(60));
    };
    for (const std::uint64_t burst : {1, 8}) { // fewer than any queue of the lab holds
        const Result<WorkerPair::Figures> figures = time(burst, 0, 300);
        if (!figures)
            return tl::unexpected(figures.error());
        const double each = Histogram(figures->initiator.times()).percentile(0.5) / double(burst);
        const double wakes = double(figures->responder.voluntary_switches()) / double(300 * burst);
        findings.push_back(finding(name + ".burst" + std::to_string(burst), each, "ns",
                                   name + ": in bursts of " + std::to_string(burst) + ", " + count(each) +
                                       " ns per message; the receiver fell asleep " +
                                       std::to_string(wakes).substr(0, 4) + " times per message"));
    }
    for (const std::uint64_t gap : {0, 1000, 20000}) {
        const Result<WorkerPair::Figures> figures = time(1, gap, gap > 5000 ? 20 : 100);
        if (!figures)
            return tl::unexpected(figures.error());
        const double median = Histogram(figures->initiator.times()).percentile(0.5);
        findings.push_back(finding(name + ".gap" + std::to_string(gap), median, "ns",
                                   name + ": after " + std::to_string(gap) + " us of silence a round trip takes " +
                                       count(median) + " ns"));
    }
    scene.pair.close();
    return findings;
}

} // namespace bulkhead::lab
