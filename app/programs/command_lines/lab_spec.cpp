// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/lab_spec.h"

#include "ipc/lab/engine/frame_run.h"
#include "ipc/lab/engine/frame_transport.h"
#include "ipc/lab/engine/lab_run.h"
#include "ipc/lab/engine/study.h"

#include <QCoreApplication>

namespace bulkhead {

namespace {

using namespace lab;

QString tr(const char *source)
{
    return QCoreApplication::translate("LabSpec", source);
}

CommandSpec command(const char *name, const QString &does, std::vector<WordSpec> words = {},
                    std::vector<OptionSpec> options = {})
{
    CommandSpec spec;
    spec.name = QLatin1String(name);
    spec.does = does;
    spec.words = std::move(words);
    spec.options = std::move(options);
    return spec;
}

WordSpec mechanisms(int least, int most)
{
    return {QStringLiteral("MECHANISM"), tr("A name, as \"bulkhead lab list\" shows them."), ValueKind::text(), least,
            most};
}

OptionSpec json()
{
    return OptionSpec::flag("json", tr("Print JSON."));
}

std::vector<OptionSpec> formats()
{
    return {
        OptionSpec::flag("json", tr("Print JSON; the default when the output is no terminal.")),
        OptionSpec::flag("csv", tr("Print comma-separated values.")),
        OptionSpec::flag("table", tr("Print a table; the default on a terminal.")),
    };
}

std::vector<OptionSpec> with(std::vector<OptionSpec> options, const std::vector<OptionSpec> &more)
{
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

CommandSpec runSpec()
{
    const LabRun::Options usual;
    CommandSpec spec = command("run", tr("Measures mechanisms of inter-process communication against each other."),
                               {mechanisms(0, WordSpec::Any)});
    spec.details = tr("Each round trip and stream is measured in rounds and compared with a Unix stream socket.");
    spec.options = {
        OptionSpec::flag("all", tr("Every mechanism, and the baselines.")),
        OptionSpec::valued("size", "SIZES", ValueKind::bytes(1, LabRun::LargestSize).list(), tr("Of a message."),
                           QString::number(usual.sizes.front())),
        OptionSpec::valued(
            "placement", "WHERE",
            ValueKind::choice({QStringLiteral("free"), QStringLiteral("same"), QStringLiteral("cross")}).list(),
            tr("The scheduler's (free), both processes on one core (same), on two cores (cross):"),
            QStringLiteral("free")),
        OptionSpec::valued(
            "wait", "HOW",
            ValueKind::choice({QStringLiteral("blocking"), QStringLiteral("nonblocking"), QStringLiteral("polling")}),
            tr("How is waited, instead of each mechanism's usual way:")),
        OptionSpec::valued("rounds", "N", ValueKind::whole(1, 1000), tr("How often each mechanism has its turn."),
                           QString::number(usual.rounds)),
        OptionSpec::valued("count", "N", ValueKind::whole(1, 100'000'000),
                           tr("Round trips per turn instead of a time.")),
        OptionSpec::valued("seconds", "S", ValueKind::seconds(0.001, 600),
                           tr("Time per turn, for each of round trips and streaming."), QString::number(usual.seconds)),
        OptionSpec::valued("burst", "N", ValueKind::whole(1, 1000), tr("Messages before each answer."),
                           QString::number(usual.burst)),
        OptionSpec::valued("gap", "US", ValueKind::microseconds(0, 10'000'000), tr("Silence before each message."),
                           QString::number(usual.gapMicroseconds)),
        OptionSpec::flag("no-calls", tr("Do not count system calls (a run of its own under a tracer).")),
    };
    spec.options = with(spec.options, formats());
    spec.options.push_back(OptionSpec::valued("svg", "FILE", ValueKind::file(), tr("Also draw a chart into FILE.")));
    spec.options.push_back(
        OptionSpec::valued("peer", "ADDRESS:PORT", ValueKind::text(),
                           tr("The other side is a machine where \"bulkhead lab serve\" runs (tcp and udp).")));
    spec.options.push_back(
        OptionSpec::valued("token", "TOKEN", ValueKind::text(), tr("What \"bulkhead lab serve\" shows there.")));
    return spec;
}

CommandSpec framesSpec()
{
    const FrameRun::Options usual;
    QStringList transports;
    for (const FrameTransport &transport : frameTransports())
        transports << QString::fromLatin1(transport.name);
    CommandSpec spec = command("frames", tr("Sends the same animation through several transports at the same time."));
    spec.details = tr("As about:lab/frames does. Ends with 1 when one of them failed.");
    spec.options = {
        OptionSpec::valued("transport", "NAMES", ValueKind::choice(transports).list(), tr("Otherwise the usual eight."),
                           {}),
        OptionSpec::valued("size", "WxH", ValueKind::size(FrameRun::SmallestSide, FrameRun::LargestSide),
                           tr("Of the frames."), QStringLiteral("%1x%2").arg(usual.width).arg(usual.height)),
        OptionSpec::valued("seconds", "S", ValueKind::seconds(0.5, 3600), tr("How long is measured."),
                           QString::number(usual.seconds)),
        OptionSpec::valued("rate", "N", ValueKind::whole(1, 1000).orWord(QStringLiteral("max")),
                           tr("Frames per second; max: as fast as each transport goes."), QString::number(usual.rate)),
        OptionSpec::flag("no-calls",
                         tr("Do not count system calls and copied bytes (a run of its own under a tracer).")),
    };
    spec.options = with(spec.options, formats());
    return spec;
}

CommandSpec experimentSpec()
{
    QStringList names;
    for (const StudyInfo &info : studies())
        names << QString::fromLatin1(info.name);
    CommandSpec spec = command("experiment", tr("Shows one lesson about these mechanisms, or lists the lessons."));
    spec.details = tr("Ends with 1 when the lesson did not show.");
    spec.words = {{QStringLiteral("NAME"), tr("Without one they are listed:"), ValueKind::choice(names), 0},
                  mechanisms(0, WordSpec::Any)};
    spec.options = {json()};
    return spec;
}

} // namespace

CommandSpec labSpec()
{
    CommandSpec spec = command("lab", tr("Measures inter-process communication without a window."));
    spec.details = tr("Ends with 0, with 1 when something could not be done, 2 for bad input, 130 after Ctrl+C.");
    const WordSpec result{{}, tr("What \"bulkhead lab run --json\" has written."), ValueKind::file()};
    WordSpec before = result, after = result;
    before.name = QStringLiteral("BEFORE.json");
    after.name = QStringLiteral("AFTER.json");
    spec.commands = {
        command("list", tr("Lists the mechanisms, and what is missing for one."), {}, {json()}),
        runSpec(),
        command("trace", tr("Sends one message and shows every system call that it takes."),
                {mechanisms(1, 1), {QStringLiteral("TEXT"), tr("What is sent."), ValueKind::text(), 0}}, {json()}),
        experimentSpec(),
        framesSpec(),
        command("compare", tr("Tells what became faster or slower beyond the spread of the rounds."), {before, after},
                {json()}),
        command("leftovers", tr("Lists what runs have made and not removed."), {},
                {OptionSpec::flag("clean", tr("Remove what belongs to runs that are over.")), json()}),
        command("serve", tr("Is the far end for \"bulkhead lab run --peer\"."), {},
                {OptionSpec::valued("listen", "ADDRESS:PORT", ValueKind::text(),
                                    tr("Such as 192.0.2.1:7000; with port 0 the system chooses one."))}),
    };
    return spec;
}

} // namespace bulkhead
