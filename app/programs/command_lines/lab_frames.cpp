// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/lab_frames.h"

#include "app/programs/command_lines/lab_options.h"
#include "app/programs/command_lines/lab_output.h"
#include "ipc/lab/engine/frame_report.h"

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

Result<FrameRun::Options> optionsOf(const ParsedCommand &given)
{
    FrameRun::Options options;
    for (const QString &name : given.parts("transport"))
        options.transports.push_back(name.toStdString());
    if (options.transports.size() > FrameRun::MostTransports)
        return refuse(tr("At most %1 transports at the same time.").arg(FrameRun::MostTransports));
    if (const auto size = given.size("size")) {
        options.width = size->width();
        options.height = size->height();
    }
    options.seconds = given.seconds("seconds").value_or(options.seconds);
    if (given.has("rate")) // "max" is no number, and 0 means just that
        options.rate = unsigned(given.number("rate").value_or(0));
    if (given.has("no-calls"))
        options.calls = FrameRun::Options::Calls::Ignore;
    return options;
}

} // namespace

int labFrames(const ParsedCommand &given, const Cancel &cancel)
{
    Result<FrameRun::Options> options = optionsOf(given);
    if (!options)
        return complain(options.error(), ExitUsage);
    const Result<LabOutputFormat> format = labFormatOf(given);
    if (!format)
        return complain(format.error(), ExitUsage);
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
    if (*format == LabOutputFormat::Table || (*format == LabOutputFormat::Automatic && ::isatty(STDOUT_FILENO)))
        print(framesToTable(run.lanes(), *options));
    else if (*format == LabOutputFormat::Csv)
        print(framesToCsv(run.lanes()));
    else
        print(framesToJson(run.lanes(), *options));
    const bool anyFailed = std::any_of(run.lanes().begin(), run.lanes().end(), [](const FrameLaneResult &lane) {
        return lane.state == FrameLaneState::Failed || lane.total.wrong > 0;
    });
    return anyFailed ? ExitFailed : 0;
}

} // namespace bulkhead
