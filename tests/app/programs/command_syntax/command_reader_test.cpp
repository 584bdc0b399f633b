// SPDX-License-Identifier: BSD-3-Clause
// What command lines mean by a definition, and the sentences about those that mean nothing.
#include "app/programs/command_syntax/command_reader.h"
#include "app/programs/command_syntax/help_text.h"

#include <QtTest>

using namespace bulkhead;

namespace {

CommandSpec command(const char *name, std::vector<OptionSpec> options = {}, std::vector<WordSpec> words = {})
{
    CommandSpec spec;
    spec.name = QLatin1String(name);
    spec.does = QStringLiteral("Does %1.").arg(spec.name);
    spec.options = std::move(options);
    spec.words = std::move(words);
    return spec;
}

CommandSpec definition()
{
    const WordSpec anything{QStringLiteral("ADDRESS"), {}, ValueKind::text(), 0, WordSpec::Any};
    CommandSpec root = command("bulkhead",
                               {OptionSpec::flag("quiet", QStringLiteral("Be quiet.")),
                                OptionSpec::valued("profile", "FOLDER", ValueKind::folder(), QStringLiteral("Where."))},
                               {anything});
    CommandSpec run = command(
        "run",
        {OptionSpec::valued("seed", "N", ValueKind::whole(1, 10), QStringLiteral("Of chance."), QStringLiteral("7")),
         OptionSpec::valued("size", "BYTES", ValueKind::bytes(1, 1 << 20).list(), QStringLiteral("Of a message.")),
         OptionSpec::valued("model", "M", ValueKind::choice({QStringLiteral("per-site"), QStringLiteral("per-tab")}),
                            QStringLiteral("Who shares.")),
         OptionSpec::valued("path", "P", ValueKind::text(), QStringLiteral("More.")).repeatable()},
        {{QStringLiteral("TAB"), {}, ValueKind::whole(0, 99), 0}, {QStringLiteral("FILE"), {}, ValueKind::file()}});
    CommandSpec type = command("type", {}, {anything});
    type.dashes = CommandSpec::Dashes::DoubleOnly;
    CommandSpec lab = command("lab", {OptionSpec::flag("json", QStringLiteral("JSON."))});
    run.inherited = lab.options;
    lab.commands = {run, type, command("list")};
    root.commands = {lab};
    return root;
}

tl::expected<ParsedCommand, UsageError> read(const QStringList &arguments)
{
    static const CommandSpec Root = definition();
    return CommandReader(Root).read(arguments);
}

QStringList split(const char *line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

ParsedCommand understood(const QStringList &arguments)
{
    const auto result = read(arguments);
    if (!result)
        qWarning("refused: %s", qPrintable(result.error().sentence));
    return result.value_or(ParsedCommand{{QStringLiteral("REFUSED")}, {}, {}});
}

} // namespace

class CommandReaderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesStandBehindASpaceOrAnEqualsSign()
    {
        for (const char *line :
             {"lab run --seed=5 x", "lab run --seed 5 x", "lab run x --seed 5", "lab run --seed=1 x --seed 5"}) {
            const ParsedCommand parsed = understood(split(line));
            QCOMPARE(parsed.path, split("lab run"));
            QCOMPARE(parsed.words, split("x"));
            QCOMPARE(parsed.number("seed"), std::optional(5.0));
        }
        QCOMPARE(understood(split("lab run --path a --path=b x")).values("path"), split("a b"));
        QCOMPARE(understood(split("lab run --path --json x")).value("path"), QStringLiteral("--json"));
        QCOMPARE(understood(split("lab run --size 1,4K,1M x")).parts("size"), split("1 4K 1M"));
        QVERIFY(!understood(split("lab run x")).number("seed"));
    }

    void wordsAreTakenAsTyped()
    {
        const QStringList strange{QStringLiteral("http://[::1]:8080/?a=b,c&d=e"),
                                  QStringLiteral("[a,b]"),
                                  QStringLiteral("{x}"),
                                  QStringLiteral("a folder/größe \"1\" $HOME `x`"),
                                  QStringLiteral("-"),
                                  QStringLiteral("%20"),
                                  QStringLiteral("a\nb"),
                                  QString()};
        QCOMPARE(understood(strange).words, strange);
        const QStringList dashed{QStringLiteral("--quiet"), QStringLiteral("-x"), QStringLiteral("--"),
                                 QStringLiteral("lab")};
        const ParsedCommand parsed = understood(QStringList{QStringLiteral("--quiet"), QStringLiteral("--")} + dashed);
        QCOMPARE(parsed.words, dashed);
        QCOMPARE(parsed.values("quiet").size(), 1);
    }

    void anAddressMayHaveTheNameOfACommand()
    {
        QCOMPARE(understood(split("page.html lab run")).words, split("page.html lab run"));
        QCOMPARE(understood(split("-- lab")).words, split("lab"));
        QCOMPARE(understood(split("--profile lab page")).value("profile"), QStringLiteral("lab"));
        QCOMPARE(understood(split("lab type lab run list")).words, split("lab run list"));
    }

    void whereOnlyTwoDashesMakeAnOptionOneIsAWord()
    {
        QCOMPARE(understood(split("lab type -400 -x -- --y")).words, split("-400 -x --y"));
        QVERIFY(!read(split("lab type --y")));
        QVERIFY(!read(split("lab run -x file")));
        QVERIFY(understood(split("lab type -h")).has("help"));
    }

    void optionsOfTheCommandAboveMayStandBeforeAndBehind()
    {
        QVERIFY(understood(split("lab --json run x")).has("json"));
        QVERIFY(understood(split("lab run x --json")).has("json"));
        const auto misplaced = read(split("lab --json list"));
        QVERIFY(!misplaced);
        QVERIFY2(misplaced.error().sentence.contains(u"--json has no meaning"), qPrintable(misplaced.error().sentence));
    }

    void helpIsToldWhateverElseThereIs()
    {
        QCOMPARE(understood(split("lab run --help --seed 99")).path, split("lab run"));
        QVERIFY(understood(split("lab help")).has("help"));
        QVERIFY(understood(split("lab -h")).has("help"));
        const QString help = helpText(definition(), split("lab run"));
        for (const char *part :
             {"bulkhead lab run", "[TAB] FILE", "--seed N", "from 1 to 10", "7 unless given", "per-site or per-tab",
              "from 1 to 1M, several with commas between", "May be repeated", "--help"})
            QVERIFY2(help.contains(QLatin1String(part)), part);
        QVERIFY(helpText(definition(), split("lab")).contains(QStringLiteral("Does run.")));
    }

    void mistakesAreNamed_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QStringList>("says");
        const auto row = [](const char *line, const char *path, std::initializer_list<const char *> says) {
            QStringList list;
            for (const char *part : says)
                list << QString::fromLatin1(part);
            QTest::newRow(line) << QString::fromLatin1(path) << list;
        };
        row("--quite", "", {"no option --quite", "Did you mean --quiet?"});
        row("--quiet=yes", "", {"--quiet takes no value"});
        row("--profile", "", {"--profile needs a value"});
        row("--profile=", "", {"--profile needs a value"});
        row("lab", "lab", {"needs a command: run, type, list"});
        row("lab rum", "lab", {"\"rum\"", "run, type, list", "Did you mean run?"});
        row("lab rum run", "lab", {"\"rum\""});
        row("lab run", "lab run", {"needs more words", "bulkhead lab run [TAB] FILE"});
        row("lab run 1 x more", "lab run", {"\"more\"", "bulkhead lab run [TAB] FILE"});
        row("lab run one x", "lab run", {"TAB must be a whole number from 0 to 99, not \"one\""});
        row("lab run x --seed 11", "lab run", {"--seed must be a whole number from 1 to 10, not \"11\""});
        row("lab run x --seed=-1", "lab run", {"not \"-1\""});
        row("lab run x --seed -1", "lab run", {"not \"-1\""});
        row("lab run x --seed five", "lab run", {"\"five\""});
        row("lab run x --seed", "lab run", {"--seed needs a value"});
        row("lab run x --size 1,2M", "lab run", {"--size", "from 1 to 1M", "not \"2M\""});
        row("lab run x --model per-sit", "lab run", {"per-site or per-tab", "Did you mean per-site?"});
        row("lab run x --model=", "lab run", {"--model must be per-site or per-tab"});
        row("lab run x -j", "lab run", {"no option -j", "bulkhead lab run"});
        row("lab list x", "lab list", {"\"x\"", "bulkhead lab list"});
        row("lab list -- x", "lab list", {"\"x\""});
        row("lab list --seed 5", "lab list", {"no option --seed"});
        row("--seed 5 lab run x", "", {"no option --seed"});
    }
    void mistakesAreNamed()
    {
        QFETCH(QString, path);
        QFETCH(QStringList, says);
        const auto result = read(split(QTest::currentDataTag()));
        QVERIFY(!result);
        const QString sentence = result.error().sentence;
        QCOMPARE(result.error().path.join(u' '), path);
        QVERIFY2(sentence.endsWith(u'.') || sentence.endsWith(u'?'), qPrintable(sentence));
        for (const QString &part : says)
            QVERIFY2(sentence.contains(part), qPrintable(sentence));
    }

    void amountsAreCheckedByTheSameRules()
    {
        QCOMPARE(parseBytes(QStringLiteral("64K")), std::optional<quint64>(65536));
        QCOMPARE(parseBytes(QStringLiteral("2m")), std::optional<quint64>(2097152));
        QCOMPARE(parseBytes(QStringLiteral("1GiB")), std::optional<quint64>(1073741824));
        QCOMPARE(parseBytes(QStringLiteral("512B")), std::optional<quint64>(512));
        QCOMPARE(parseBytes(QStringLiteral("1T")), std::optional<quint64>(quint64(1) << 40));
        for (const char *wrong : {"", "K", "-1", "1.5M", "2T", "1099511627777", "99999999999999", "1X", "1 2"})
            QVERIFY2(!parseBytes(QLatin1String(wrong)), wrong);
        QCOMPARE(typedBytes(65536), QStringLiteral("64K"));
        QCOMPARE(typedBytes(1000), QStringLiteral("1000"));
        QCOMPARE(typedBytes(0), QStringLiteral("0"));
        QCOMPARE(parseDuration(QStringLiteral("1.5")), std::optional(1.5));
        QCOMPARE(parseDuration(QStringLiteral("250ms")), std::optional(0.25));
        QCOMPARE(parseDuration(QStringLiteral("2min")), std::optional(120.0));
        QCOMPARE(parseDuration(QStringLiteral("3"), 1e-6), std::optional(3e-6));
        for (const char *wrong : {"", "soon", "nan", "inf", "1 week", "1e999"})
            QVERIFY2(!parseDuration(QLatin1String(wrong)), wrong);
        QCOMPARE(parseSize(QStringLiteral("640x360")), std::optional(QSize(640, 360)));
        QVERIFY(!parseSize(QStringLiteral("640*360")));

        QVERIFY(!ValueKind::seconds(0.2, 3600).orWord(QStringLiteral("0")).mistake(QStringLiteral("0")));
        QVERIFY(ValueKind::seconds(0.2, 3600).mistake(QStringLiteral("0.1")));
        QVERIFY(ValueKind::seconds(1, 3600).wholeOnly().mistake(QStringLiteral("1.5")));
        QVERIFY(!ValueKind::seconds(1, 3600).wholeOnly().mistake(QStringLiteral("1min")));
        QVERIFY(!ValueKind::microseconds(0, 1000).mistake(QStringLiteral("1ms")));
        QVERIFY(ValueKind::microseconds(0, 1000).mistake(QStringLiteral("1001")));
        QVERIFY(ValueKind::real(0.25, 8).mistake(QStringLiteral("nan")));
        QVERIFY(ValueKind::size(1, 100).mistake(QStringLiteral("0x50")));
        QVERIFY(!ValueKind::size(1, 100).mistake(QStringLiteral("1x100")));
    }
};

QTEST_GUILESS_MAIN(CommandReaderTest)
#include "command_reader_test.moc"
