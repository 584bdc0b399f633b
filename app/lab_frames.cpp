// SPDX-License-Identifier: BSD-3-Clause
#include "app/lab_frames.h"

#include "app/lab_output.h"
#include "ipc/lab/frames/frame_report.h"

#include <QCommandLineParser>
#include <QRegularExpression>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace bulkhead {

namespace {

using namespace lab;

QString tr(const char *source)
{
    return QCoreApplication::translate("LabFrames", source);
}

tl::unexpected<Error> refuse(const QString &sentence)
{
    return fail(Error{sentence.toStdString(), 0});
}

QString namesOfTransports()
{
    QStringList names;
    for (const FrameTransport &transport : frameTransports())
        names << QString::fromLatin1(transport.name);
    return names.join(QStringLiteral(", "));
}

struct Options
{
    QCommandLineOption transport{QStringLiteral("transport"), tr("Several with commas, of: %1. Otherwise the first eight.").arg(namesOfTransports()), QStringLiteral("NAMES")};
    QCommandLineOption size{QStringLiteral("size"), tr("Of the frames (640x360); up to 4096x4096."), QStringLiteral("WIDTHxHEIGHT")};
    QCommandLineOption seconds{QStringLiteral("seconds"), tr("How long is measured (5)."), QStringLiteral("S")};
    QCommandLineOption rate{QStringLiteral("rate"), tr("Frames per second (60), or \"max\": as fast as each transport goes."), QStringLiteral("N")};
    QCommandLineOption noCalls{QStringLiteral("no-calls"), tr("Do not count system calls and copied bytes (a run of its own under a tracer).")};
    QCommandLineOption json{QStringLiteral("json"), tr("Print JSON; the default when the output is no terminal.")};
    QCommandLineOption csv{QStringLiteral("csv"), tr("Print comma-separated values.")};
    QCommandLineOption table{QStringLiteral("table"), tr("Print a table; the default on a terminal.")};

    void addTo(QCommandLineParser &parser) const
    {
        parser.addOptions({transport, size, seconds, rate, noCalls, json, csv, table});
        parser.setApplicationDescription(tr("Sends the same animation through several transports at the same time, as about:lab/frames does."));
    }
};

Result<FrameRun::Options> parse(const QCommandLineParser &parser, const Options &o)
{
    FrameRun::Options options;
    if (!parser.positionalArguments().isEmpty())
        return refuse(tr("\"frames\" takes options only, not \"%1\".").arg(parser.positionalArguments().first()));
    if (parser.isSet(o.transport)) {
        for (const QString &name : parser.value(o.transport).split(u',')) {
            if (!findFrameTransport(name.toStdString()))
                return refuse(tr("There is no transport \"%1\"; there are: %2.").arg(name, namesOfTransports()));
            options.transports.push_back(name.toStdString());
        }
        if (options.transports.size() > FrameRun::MostTransports)
            return refuse(tr("At most %1 transports at the same time.").arg(FrameRun::MostTransports));
    }
    if (parser.isSet(o.size)) {
        static const QRegularExpression Pattern(QStringLiteral("^([0-9]{2,4})x([0-9]{2,4})$"));
        const QRegularExpressionMatch match = Pattern.match(parser.value(o.size));
        const int width = match.captured(1).toInt(), height = match.captured(2).toInt();
        if (std::min(width, height) < FrameRun::SmallestSide || std::max(width, height) > FrameRun::LargestSide)
            return refuse(tr("--size must be such as 640x360, from %1x%1 to %2x%2, not \"%3\".")
                              .arg(FrameRun::SmallestSide)
                              .arg(FrameRun::LargestSide)
                              .arg(parser.value(o.size)));
        options.width = width;
        options.height = height;
    }
    if (parser.isSet(o.seconds)) {
        bool ok = false;
        options.seconds = parser.value(o.seconds).toDouble(&ok);
        if (!ok || !(options.seconds >= 0.5 && options.seconds <= 3600))
            return refuse(tr("--seconds must be a number from 0.5 to 3600, not \"%1\".").arg(parser.value(o.seconds)));
    }
    if (parser.isSet(o.rate)) {
        bool ok = parser.value(o.rate) == u"max";
        options.rate = ok ? 0 : parser.value(o.rate).toUInt(&ok);
        if (!ok || options.rate > 1000 || (options.rate == 0 && parser.value(o.rate) != u"max"))
            return refuse(tr("--rate must be a number from 1 to 1000, or \"max\", not \"%1\".").arg(parser.value(o.rate)));
    }
    if (parser.isSet(o.json) + parser.isSet(o.csv) + parser.isSet(o.table) > 1)
        return refuse(tr("--json, --csv and --table exclude each other."));
    if (parser.isSet(o.noCalls))
        options.calls = FrameRun::Options::Calls::Ignore;
    return options;
}

} // namespace

int labFrames(const QStringList &arguments, const Cancel &cancel)
{
    const Options o;
    QCommandLineParser parser;
    o.addTo(parser);
    if (arguments.contains(QStringLiteral("--help")) || arguments.contains(QStringLiteral("-h"))) {
        print(parser.helpText());
        return 0;
    }
    if (!parser.parse(QStringList(QStringLiteral("bulkhead lab frames")) + arguments))
        return complain(parser.errorText(), ExitUsage);
    Result<FrameRun::Options> options = parse(parser, o);
    if (!options)
        return complain(options.error(), ExitUsage);
    options->workerProgram = labWorkerProgram();

    const bool showProgress = ::isatty(STDERR_FILENO);
    FrameRun::Observer observer;
    if (showProgress)
        observer.preparing = [](const std::string &what) { std::fprintf(stderr, "\r\033[K%s", what.c_str()); };
    FrameRun run(*options, cancel, observer);
    const Result<void> done = run.run();
    if (showProgress)
        std::fputs("\r\033[K", stderr);
    if (!done)
        return complain(done.error(), ExitFailed);
    const bool asTable = parser.isSet(o.table) || (!parser.isSet(o.json) && !parser.isSet(o.csv) && ::isatty(STDOUT_FILENO));
    if (asTable)
        print(framesToTable(run.lanes(), *options));
    else if (parser.isSet(o.csv))
        print(framesToCsv(run.lanes()));
    else
        print(framesToJson(run.lanes(), *options));
    const bool anyFailed = std::any_of(run.lanes().begin(), run.lanes().end(), [](const FrameLaneResult &lane) {
        return lane.state == FrameLaneState::Failed || lane.total.wrong > 0;
    });
    return anyFailed ? ExitFailed : 0;
}

} // namespace bulkhead
