// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/reply_rules.h"

#include "ipc/lab/mechanisms/place.h"

#include <algorithm>
#include <cerrno>

namespace bulkhead::lab {

namespace {

using Command = wire::LabCommand;
using Reply = wire::LabReply;

constexpr int MostMechanisms = 200;
constexpr int MostNames = 200; // system calls or resources of one
constexpr int MostWaits = 8;
constexpr std::size_t MostSentence = 4 << 10;
constexpr std::size_t MostText = 512 << 10;
constexpr int MostBuckets = 8 << 10; // Histogram has fewer
constexpr int MostFindings = 1000;
constexpr int MostSteps = 64; // of a sandbox report
constexpr std::size_t OpenFds = 32;

bool isShort(const std::string &text)
{
    return text.size() <= MostSentence;
}

template <class List>
bool areShort(const List &texts, int most)
{
    return texts.size() <= most && std::all_of(texts.begin(), texts.end(), isShort);
}

bool isWait(std::uint32_t number)
{
    return number <= std::uint32_t(Wait::Never);
}

bool fits(const wire::LabMechanism &one)
{
    return isShort(one.name()) && isShort(one.title()) && isShort(one.summary()) && isShort(one.data_path()) &&
           isShort(one.limited_by()) && isShort(one.source()) && isShort(one.unavailable()) && !one.waits().empty() &&
           one.waits_size() <= MostWaits && std::all_of(one.waits().begin(), one.waits().end(), isWait) &&
           areShort(one.calls(), MostNames) && areShort(one.resources(), MostNames);
}

bool fits(const wire::SandboxReport &report)
{
    return report.steps_size() <= MostSteps && areShort(report.relaxations(), MostSteps) &&
           report.namespaces_size() <= MostSteps &&
           std::all_of(report.namespaces().begin(), report.namespaces().end(),
                       [](const wire::SandboxNamespace &one) { return isShort(one.kind()); });
}

bool fits(const wire::LabMeasured &measured)
{
    const wire::LabHistogram &times = measured.times();
    return measured.text().size() <= MostText && isShort(measured.ended_by()) && times.bucket_size() <= MostBuckets &&
           times.bucket_size() == times.count_size();
}

bool fits(const wire::LabStudyDone &done)
{
    return done.finding_size() <= MostFindings &&
           std::all_of(done.finding().begin(), done.finding().end(), [](const wire::LabFinding &one) {
               return isShort(one.name()) && isShort(one.unit()) && isShort(one.text());
           });
}

bool fits(const Reply &reply)
{
    switch (reply.body_case()) {
    case Reply::kMechanisms:
        return reply.mechanisms().mechanism_size() <= MostMechanisms &&
               std::all_of(reply.mechanisms().mechanism().begin(), reply.mechanisms().mechanism().end(),
                           [](const wire::LabMechanism &one) { return fits(one); });
    case Reply::kOpened:
        return isShort(reply.opened().address()) && fits(reply.opened().sandbox());
    case Reply::kMeasured:
        return fits(reply.measured());
    case Reply::kStudy:
        return fits(reply.study());
    case Reply::kFrames: // numbers
    case Reply::BODY_NOT_SET:
        return true;
    }
    return false;
}

} // namespace

const std::vector<ReplyRule> &replyRules()
{
    using enum ReplyRule::Answer;
    static const std::vector<ReplyRule> rules{
        {Command::kListMechanisms, Body, Reply::kMechanisms, 0},
        {Command::kOpen, Body, Reply::kOpened, OpenFds},
        {Command::kMeet, Plain, Reply::BODY_NOT_SET, 0},
        {Command::kMeasure, Body, Reply::kMeasured, 0},
        {Command::kFinish, None, Reply::BODY_NOT_SET, 0},
        {Command::kClose, Plain, Reply::BODY_NOT_SET, 0},
        {Command::kStudy, Body, Reply::kStudy, 0},
        {Command::kGreeting, Plain, Reply::BODY_NOT_SET, 0},
        {Command::kFrames, Body, Reply::kFrames, 0},
        {Command::kPressure, Plain, Reply::BODY_NOT_SET, 0},
    };
    return rules;
}

namespace {
const ReplyRule *ruleFor(Command::BodyCase command)
{
    const auto it = std::find_if(replyRules().begin(), replyRules().end(),
                                 [command](const ReplyRule &rule) { return rule.command == command; });
    return it == replyRules().end() ? nullptr : &*it;
}
} // namespace

bool isAnswered(Command::BodyCase command)
{
    const ReplyRule *rule = ruleFor(command);
    return rule && rule->answer != ReplyRule::Answer::None;
}

Result<void> checkReply(Command::BodyCase command, const Reply &reply, std::size_t fds)
{
    const ReplyRule *rule = ruleFor(command);
    const bool failed = !reply.error().empty();
    const bool isPlain = reply.body_case() == Reply::BODY_NOT_SET;
    if (!rule || (reply.body_case() != rule->body && !(failed && isPlain)))
        return fail(Error{"a worker answered something else than it was asked", EPROTO});
    if (fds > rule->mostFds)
        return fail(Error{"a worker sent descriptors with an answer that has none", EPROTO});
    if (!isShort(reply.error()) || !fits(reply))
        return fail(Error{"a worker's answer is larger than any should be", EPROTO});
    return {};
}

} // namespace bulkhead::lab
