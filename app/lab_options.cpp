// SPDX-License-Identifier: BSD-3-Clause
#include "app/lab_options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

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

/// "1", "64", "4K", "16M"
std::optional<std::size_t> parseSize(const QString &text)
{
    static const QRegularExpression Pattern(QStringLiteral("^([0-9]{1,9})([KM]?)B?$"), QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = Pattern.match(text.trimmed());
    if (!match.hasMatch())
        return {};
    const QString unit = match.captured(2).toUpper();
    const quint64 bytes = match.captured(1).toULongLong() << (unit == u"K" ? 10 : unit == u"M" ? 20 : 0);
    if (bytes < 1 || bytes > lab::LabRun::LargestSize)
        return {};
    return std::size_t(bytes);
}

std::optional<qint64> parseNumber(const QString &text, qint64 least, qint64 most)
{
    bool ok = false;
    const qint64 number = text.toLongLong(&ok);
    if (!ok || number < least || number > most)
        return {};
    return number;
}

struct Options
{
    QCommandLineOption all{QStringLiteral("all"), tr("Every mechanism, and the baselines.")};
    QCommandLineOption size{QStringLiteral("size"), tr("Bytes per message, several with commas: 1,64,4K,1M (64)."), QStringLiteral("SIZES")};
    QCommandLineOption placement{QStringLiteral("placement"), tr("free (default), same (both processes on one core), cross (on two cores); several with commas."), QStringLiteral("WHERE")};
    QCommandLineOption wait{QStringLiteral("wait"), tr("blocking, nonblocking or polling instead of each mechanism's usual way."), QStringLiteral("HOW")};
    QCommandLineOption rounds{QStringLiteral("rounds"), tr("How often each mechanism has its turn (5)."), QStringLiteral("N")};
    QCommandLineOption count{QStringLiteral("count"), tr("Round trips per turn instead of a time."), QStringLiteral("N")};
    QCommandLineOption seconds{QStringLiteral("seconds"), tr("Time per turn, for each of round trips and streaming (0.2)."), QStringLiteral("S")};
    QCommandLineOption burst{QStringLiteral("burst"), tr("Messages before each answer (1)."), QStringLiteral("N")};
    QCommandLineOption gap{QStringLiteral("gap"), tr("Silence before each message, in microseconds (0)."), QStringLiteral("US")};
    QCommandLineOption noCalls{QStringLiteral("no-calls"), tr("Do not count system calls (a run of its own under a tracer).")};
    QCommandLineOption json{QStringLiteral("json"), tr("Print JSON; the default when the output is no terminal.")};
    QCommandLineOption csv{QStringLiteral("csv"), tr("Print comma-separated values.")};
    QCommandLineOption table{QStringLiteral("table"), tr("Print a table; the default on a terminal.")};
    QCommandLineOption svg{QStringLiteral("svg"), tr("Also draw a chart into FILE."), QStringLiteral("FILE")};
    QCommandLineOption peer{QStringLiteral("peer"), tr("The other side is a machine where \"bulkhead lab serve\" runs (tcp and udp)."), QStringLiteral("ADDRESS:PORT")};
    QCommandLineOption token{QStringLiteral("token"), tr("What \"bulkhead lab serve\" shows there."), QStringLiteral("TOKEN")};

    void addTo(QCommandLineParser &parser) const
    {
        parser.addOptions({all, size, placement, wait, rounds, count, seconds, burst, gap, noCalls, json, csv, table, svg, peer, token});
        parser.addPositionalArgument(QStringLiteral("MECHANISM"), tr("Names as \"bulkhead lab list\" shows them."), QStringLiteral("[MECHANISM...]"));
        parser.setApplicationDescription(tr("Measures mechanisms of inter-process communication against each other."));
    }
};

Result<void> parseLists(const QCommandLineParser &parser, const Options &o, LabRunOptions &options)
{
    if (parser.isSet(o.size)) {
        options.run.sizes.clear();
        for (const QString &text : parser.value(o.size).split(u',')) {
            const auto size = parseSize(text);
            if (!size)
                return refuse(tr("--size must be numbers of bytes from 1 to 16M, such as 1,64,4K,1M, not \"%1\".").arg(parser.value(o.size)));
            options.run.sizes.push_back(*size);
        }
    }
    if (parser.isSet(o.placement)) {
        options.run.placements.clear();
        for (const QString &text : parser.value(o.placement).split(u',')) {
            const auto placement = lab::placementFromName(text.trimmed().toStdString());
            if (!placement)
                return refuse(tr("--placement must be free, same or cross, not \"%1\".").arg(text));
            if (const auto processors = lab::processorsFor(*placement); !processors)
                return refuse(QString::fromStdString(processors.error().what) + u'.');
            options.run.placements.push_back(*placement);
        }
    }
    if (parser.isSet(o.wait)) {
        options.run.wait = lab::waitFromName(parser.value(o.wait).toStdString());
        if (!options.run.wait)
            return refuse(tr("--wait must be blocking, nonblocking or polling, not \"%1\".").arg(parser.value(o.wait)));
    }
    return {};
}

Result<void> parseNumbers(const QCommandLineParser &parser, const Options &o, LabRunOptions &options)
{
    if (parser.isSet(o.rounds)) {
        const auto rounds = parseNumber(parser.value(o.rounds), 1, 1000);
        if (!rounds)
            return refuse(tr("--rounds must be a number from 1 to 1000, not \"%1\".").arg(parser.value(o.rounds)));
        options.run.rounds = int(*rounds);
    }
    if (parser.isSet(o.count) && parser.isSet(o.seconds))
        return refuse(tr("--count and --seconds exclude each other."));
    if (parser.isSet(o.count)) {
        const auto count = parseNumber(parser.value(o.count), 1, 100'000'000);
        if (!count)
            return refuse(tr("--count must be a number from 1 to 100000000, not \"%1\".").arg(parser.value(o.count)));
        options.run.count = quint64(*count);
    }
    if (parser.isSet(o.seconds)) {
        bool ok = false;
        options.run.seconds = parser.value(o.seconds).toDouble(&ok);
        if (!ok || !(options.run.seconds >= 0.001 && options.run.seconds <= 600))
            return refuse(tr("--seconds must be a number from 0.001 to 600, not \"%1\".").arg(parser.value(o.seconds)));
    }
    if (parser.isSet(o.burst)) {
        const auto burst = parseNumber(parser.value(o.burst), 1, 1000);
        if (!burst)
            return refuse(tr("--burst must be a number from 1 to 1000, not \"%1\".").arg(parser.value(o.burst)));
        options.run.burst = quint64(*burst);
    }
    if (parser.isSet(o.gap)) {
        const auto gap = parseNumber(parser.value(o.gap), 0, 10'000'000);
        if (!gap)
            return refuse(tr("--gap must be a number of microseconds from 0 to 10000000, not \"%1\".").arg(parser.value(o.gap)));
        options.run.gapMicroseconds = quint64(*gap);
    }
    return {};
}

} // namespace

QString LabRunOptions::helpText()
{
    QCommandLineParser parser;
    Options().addTo(parser);
    return parser.helpText();
}

Result<LabRunOptions> LabRunOptions::parse(const QStringList &arguments)
{
    const Options o;
    QCommandLineParser parser;
    o.addTo(parser);
    if (!parser.parse(QStringList(QStringLiteral("bulkhead lab run")) + arguments))
        return refuse(parser.errorText());

    LabRunOptions options;
    if (const auto parsed = parseLists(parser, o, options); !parsed)
        return tl::unexpected(parsed.error());
    if (const auto parsed = parseNumbers(parser, o, options); !parsed)
        return tl::unexpected(parsed.error());
    options.all = parser.isSet(o.all);
    if (options.all && !parser.positionalArguments().isEmpty())
        return refuse(tr("--all and the names of mechanisms exclude each other."));
    if (!options.all && parser.positionalArguments().isEmpty())
        return refuse(tr("Name mechanisms (\"bulkhead lab list\" shows them) or use --all."));
    for (const QString &name : parser.positionalArguments())
        options.run.mechanisms.push_back(name.toStdString());
    if (parser.isSet(o.json) + parser.isSet(o.csv) + parser.isSet(o.table) > 1)
        return refuse(tr("--json, --csv and --table exclude each other."));
    options.format = parser.isSet(o.json) ? Format::Json
        : parser.isSet(o.csv)             ? Format::Csv
        : parser.isSet(o.table)           ? Format::Table
                                          : Format::Automatic;
    if (parser.isSet(o.noCalls))
        options.run.calls = lab::LabRun::Options::Calls::Ignore;
    options.svgFile = parser.value(o.svg);
    if (parser.isSet(o.svg) && options.svgFile.isEmpty())
        return refuse(tr("--svg needs the name of a file."));
    options.peer = parser.value(o.peer);
    options.token = parser.value(o.token);
    if (parser.isSet(o.peer) != parser.isSet(o.token))
        return refuse(tr("--peer and --token belong together: \"bulkhead lab serve\" shows both."));
    if (parser.isSet(o.peer)) {
        for (const std::string &name : options.run.mechanisms) {
            if (name != "tcp" && name != "udp")
                return refuse(tr("Only tcp and udp reach another machine, not \"%1\".").arg(QString::fromStdString(name)));
        }
        if (options.all)
            options.run.mechanisms = {"tcp", "udp"};
    }
    return options;
}

} // namespace bulkhead
