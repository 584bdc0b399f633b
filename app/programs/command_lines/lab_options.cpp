// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/lab_options.h"

#include <QCoreApplication>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("LabOptions", source);
}

tl::unexpected<Error> refuse(const QString &sentence)
{
    return fail(Error{sentence.toStdString(), 0});
}

Result<void> readLists(const ParsedCommand &given, lab::LabRun::Options &run)
{
    if (given.has("size"))
        run.sizes.clear();
    for (const QString &size : given.parts("size"))
        run.sizes.push_back(std::size_t(parseBytes(size).value_or(1)));
    if (given.has("placement"))
        run.placements.clear();
    for (const QString &name : given.parts("placement")) {
        const lab::Placement placement = lab::placementFromName(name.toStdString()).value_or(lab::Placement::Free);
        if (const auto processors = lab::processorsFor(placement); !processors)
            return refuse(QString::fromStdString(processors.error().what) + u'.');
        run.placements.push_back(placement);
    }
    if (given.has("wait"))
        run.wait = lab::waitFromName(given.value("wait").toStdString());
    return {};
}

Result<void> readNumbers(const ParsedCommand &given, lab::LabRun::Options &run)
{
    if (given.has("count") && given.has("seconds"))
        return refuse(tr("--count and --seconds exclude each other."));
    run.rounds = int(given.number("rounds").value_or(run.rounds));
    if (const auto count = given.number("count"))
        run.count = std::uint64_t(*count);
    run.seconds = given.seconds("seconds").value_or(run.seconds);
    run.burst = std::uint64_t(given.number("burst").value_or(double(run.burst)));
    if (const auto gap = given.seconds("gap", 1e-6))
        run.gapMicroseconds = std::uint64_t(*gap * 1e6 + 0.5);
    return {};
}

Result<void> readPeer(const ParsedCommand &given, LabRunOptions &options)
{
    options.peer = given.value("peer");
    options.token = given.value("token");
    if (given.has("peer") != given.has("token"))
        return refuse(tr("--peer and --token belong together: \"bulkhead lab serve\" shows both."));
    if (!given.has("peer"))
        return {};
    for (const QString &name : given.words) {
        if (name != u"tcp" && name != u"udp")
            return refuse(tr("Only tcp and udp reach another machine, not \"%1\".").arg(name));
    }
    if (options.all)
        options.run.mechanisms = {"tcp", "udp"};
    return {};
}

} // namespace

Result<LabOutputFormat> labFormatOf(const ParsedCommand &given)
{
    if (int(given.has("json")) + int(given.has("csv")) + int(given.has("table")) > 1)
        return refuse(tr("--json, --csv and --table exclude each other."));
    return given.has("json")    ? LabOutputFormat::Json
           : given.has("csv")   ? LabOutputFormat::Csv
           : given.has("table") ? LabOutputFormat::Table
                                : LabOutputFormat::Automatic;
}

Result<LabRunOptions> LabRunOptions::of(const ParsedCommand &given)
{
    LabRunOptions options;
    options.all = given.has("all");
    if (options.all && !given.words.isEmpty())
        return refuse(tr("--all and the names of mechanisms exclude each other."));
    if (!options.all && given.words.isEmpty())
        return refuse(tr("Name mechanisms (\"bulkhead lab list\" shows them) or use --all."));
    for (const QString &name : given.words)
        options.run.mechanisms.push_back(name.toStdString());
    if (const auto read = readLists(given, options.run); !read)
        return tl::unexpected(read.error());
    if (const auto read = readNumbers(given, options.run); !read)
        return tl::unexpected(read.error());
    if (const auto read = readPeer(given, options); !read)
        return tl::unexpected(read.error());
    const Result<LabOutputFormat> format = labFormatOf(given);
    if (!format)
        return tl::unexpected(format.error());
    options.format = *format;
    if (given.has("no-calls"))
        options.run.calls = lab::LabRun::Options::Calls::Ignore;
    options.svgFile = given.value("svg");
    return options;
}

} // namespace bulkhead
