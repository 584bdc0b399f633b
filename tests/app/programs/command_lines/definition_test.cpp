// SPDX-License-Identifier: BSD-3-Clause
// The one definition of the command line against what is written about it: the manual, app/run, and its own values.
#include "app/programs/command_lines/bulkhead_spec.h"
#include "app/programs/command_lines/command_line.h"
#include "app/programs/command_lines/ctl_command.h"
#include "app/programs/command_syntax/command_reader.h"
#include "app/programs/command_syntax/completion.h"
#include "app/programs/command_syntax/help_text.h"

#include <QRegularExpression>
#include <QSet>
#include <QtTest>

using namespace bulkhead;

namespace {

const CommandSpec &root()
{
    static const CommandSpec Root = bulkheadSpec();
    return Root;
}

QString contents(const QString &name)
{
    QFile file(QStringLiteral(SOURCE_FOLDER "/") + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The names of all options that are told of.
QSet<QString> definedOptions()
{
    QSet<QString> names;
    completion::forEachCommand(root(), [&](const QStringList &, const CommandSpec &command) {
        for (const OptionSpec &option : completion::shownOptions(command))
            names.insert(QStringLiteral("--") + option.name);
    });
    return names;
}

QString sorted(const QSet<QString> &set)
{
    QStringList list(set.begin(), set.end());
    list.sort();
    return list.join(u' ');
}

/// A word, or a value, that is of the kind.
QString sample(const ValueKind &kind)
{
    switch (kind.type()) {
    case ValueKind::Type::Choice:
        return kind.suggestions().constFirst();
    case ValueKind::Type::Bytes:
        return kind.mistake(QStringLiteral("64M")) ? QStringLiteral("1") : QStringLiteral("64M");
    case ValueKind::Type::Size:
        return QStringLiteral("64x64");
    case ValueKind::Type::Whole:
    case ValueKind::Type::Real:
    case ValueKind::Type::Duration:
        return kind.mistake(QStringLiteral("4")) ? QStringLiteral("0") : QStringLiteral("4");
    case ValueKind::Type::Folder:
        return QStringLiteral("/tmp");
    case ValueKind::Type::File:
        return QStringLiteral(SOURCE_FOLDER "/CMakePresets.json"); // is there, and some want this ending
    case ValueKind::Type::Text:
        break;
    }
    return QStringLiteral("/tmp/x.json");
}

/// The fewest words that @p command at @p path takes.
QStringList smallest(const QStringList &path, const CommandSpec &command)
{
    QStringList line = path;
    for (const WordSpec &word : command.words) {
        for (int i = 0; i < word.least; ++i)
            line << sample(word.kind);
    }
    return line;
}

} // namespace

class DefinitionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theManualNamesEveryOptionAndCommandAndNoOther()
    {
        QString manual = contents(QStringLiteral("resources/bulkhead.1"));
        QVERIFY(!manual.isEmpty());
        static const QRegularExpression Font(QStringLiteral("\\\\f[BIPR]"));
        manual.remove(Font).replace(QStringLiteral("\\-"), QStringLiteral("-"));
        QSet<QString> written;
        static const QRegularExpression Option(QStringLiteral("(?<![-\\w])--[a-z][a-z-]*"));
        for (auto match = Option.globalMatch(manual); match.hasNext();)
            written.insert(match.next().captured());
        written.remove(QStringLiteral("--replace")); // of apparmor_parser, in an example
        QCOMPARE(sorted(written), sorted(definedOptions()));
        completion::forEachCommand(root(), [&](const QStringList &path, const CommandSpec &command) {
            const QRegularExpression word(QStringLiteral("\\b%1\\b").arg(QRegularExpression::escape(command.name)));
            QVERIFY2(manual.contains(word), qPrintable(path.join(u' ')));
        });
    }

    void appRunKnowsWhatNeedsNoDisplay()
    {
        const QString script = contents(QStringLiteral("app/run"));
        const auto lists = [&](const char *what) {
            const QRegularExpression line(QStringLiteral("\\n *([^\\n)]*)\\) return 0 ;; # ") + QLatin1String(what));
            QSet<QString> words;
            for (const QString &word : line.match(script).captured(1).split(u'|'))
                words.insert(word.trimmed());
            return words;
        };
        QSet<QString> options, commands;
        for (const OptionSpec &option : root().options) {
            if (option.display == OptionSpec::Display::Needed)
                continue;
            options.insert(QStringLiteral("--") + option.name);
            if (option.value)
                options.insert(QStringLiteral("--%1=*").arg(option.name));
            if (option.letter)
                options.insert(QStringLiteral("-%1").arg(QLatin1Char(option.letter)));
        }
        for (const CommandSpec &command : root().commands)
            commands.insert(command.name);
        commands.remove(QStringLiteral("plugin")); // "plugin run" opens a window; the others are told apart there
        QCOMPARE(sorted(lists("options")), sorted(options));
        QCOMPARE(sorted(lists("commands")), sorted(commands));
    }

    void everyCommandHasHelpWithItsOptionsDefaultsAndRanges()
    {
        completion::forEachCommand(root(), [&](const QStringList &path, const CommandSpec &command) {
            const QString help = helpText(root(), path).simplified();
            const QByteArray where = path.join(u' ').toUtf8();
            QVERIFY2(help.contains(command.does.simplified()), where.constData());
            QVERIFY2(!command.does.isEmpty() && command.does.endsWith(u'.'), where.constData());
            for (const OptionSpec &option : command.options) {
                if (option.shown == OptionSpec::Shown::No)
                    continue;
                QVERIFY2(help.contains(QStringLiteral("--") + option.name), where.constData());
                QVERIFY2(help.contains(option.standard), qPrintable(option.name));
                // The first letter may be a capital there.
                if (option.value)
                    QVERIFY2(help.contains(option.value->expected().mid(1)), qPrintable(option.name));
            }
            for (const CommandSpec &one : command.commands)
                QVERIFY2(help.contains(one.name + u' ' + one.does.simplified()), qPrintable(one.name));
        });
    }

    void everyDefaultIsOfItsKind()
    {
        completion::forEachCommand(root(), [&](const QStringList &, const CommandSpec &command) {
            for (const OptionSpec &option : command.options) {
                if (option.value && !option.standard.isEmpty())
                    QVERIFY2(!option.value->mistake(option.standard), qPrintable(option.name + u' ' + option.standard));
                for (const QString &word : option.value ? option.value->suggestions() : QStringList())
                    QVERIFY2(!option.value->mistake(word), qPrintable(option.name + u' ' + word));
            }
        });
    }

    void everyOptionOfEveryCommandIsReadBothWays()
    {
        int options = 0;
        completion::forEachCommand(root(), [&](const QStringList &path, const CommandSpec &command) {
            if (command.isGroup())
                return;
            for (const OptionSpec &option : completion::shownOptions(command)) {
                const QString name = QStringLiteral("--") + option.name;
                const QStringList line = smallest(path, command);
                QList<QStringList> ways{line + QStringList(name)};
                if (option.value) {
                    const QString value = sample(*option.value);
                    ways = {line + QStringList{name, value}, line + QStringList(name + u'=' + value)};
                }
                for (const QStringList &way : ways) {
                    const auto parsed = CommandReader(root()).read(way);
                    QVERIFY2(parsed, qPrintable(way.join(u' ') + QStringLiteral(": ") +
                                                (parsed ? QString() : parsed.error().sentence)));
                    QCOMPARE(parsed->path, path);
                    QVERIFY2(parsed->options.contains(option.name), qPrintable(way.join(u' ')));
                }
                ++options;
            }
        });
        QVERIFY(options > 100);
    }

    void everyCommandOfCtlIsCarriedOut()
    {
        int commands = 0;
        completion::forEachCommand(
            *root().command(QStringLiteral("ctl")), [&](const QStringList &path, const CommandSpec &command) {
                if (command.isGroup())
                    return;
                QStringList line = smallest(QStringList(QStringLiteral("ctl")) + path, command);
                if (path == QStringList(QStringLiteral("screenshot")))
                    line << QStringLiteral("--window");
                if (path == QStringList(QStringLiteral("input")))
                    line << QStringLiteral("1") << QStringLiteral("2");
                const auto parsed = CommandReader(root()).read(line);
                QVERIFY2(parsed, qPrintable(line.join(u' ')));
                const auto request = CtlCommand::of(*parsed, QStringLiteral("/tmp"));
                QVERIFY2(request, qPrintable(line.join(u' ') + u' ' +
                                             QString::fromStdString(request ? std::string() : request.error().what)));
                QVERIFY(!request->method.isEmpty());
                ++commands;
            });
        QVERIFY(commands > 20);
    }

    void everyChoiceOfTheAppIsUnderstood()
    {
        const auto line = [](const QString &option, const QString &value) {
            const auto parsed = CommandReader(root()).read({QStringLiteral("--") + option, value});
            const Result<CommandLine> asked = parsed ? CommandLine::of(*parsed) : Result<CommandLine>(CommandLine());
            return asked.value_or(CommandLine());
        };
        // Each word means something of its own: the default's is the only one that changes nothing.
        QSet<int> models, colors, levels, pluginModels;
        const auto choices = [](const char *name) { return root().option(QLatin1String(name))->value->suggestions(); };
        for (const QString &word : choices("process-model"))
            models.insert(int(line(QStringLiteral("process-model"), word).renderers.model));
        for (const QString &word : choices("color-scheme"))
            colors.insert(int(line(QStringLiteral("color-scheme"), word).colors));
        for (const QString &word : choices("log-level"))
            levels.insert(int(line(QStringLiteral("log-level"), word).log.level));
        for (const QString &word : choices("plugin-process-model"))
            pluginModels.insert(int(line(QStringLiteral("plugin-process-model"), word).pluginModel));
        QCOMPARE(models.size(), choices("process-model").size());
        QCOMPARE(colors.size(), choices("color-scheme").size());
        QCOMPARE(levels.size(), choices("log-level").size());
        QCOMPARE(pluginModels.size(), choices("plugin-process-model").size());
        QCOMPARE(line(QStringLiteral("renderer-memory"), QStringLiteral("512M")).renderers.memoryLimit, quint64(512)
                                                                                                            << 20);
        QCOMPARE(line(QStringLiteral("renderer-memory"), QStringLiteral("0")).renderers.memoryLimit, quint64(0));
        QCOMPARE(line(QStringLiteral("hang-limit"), QStringLiteral("250ms")).renderers.hangLimit,
                 std::chrono::milliseconds(250));
        QCOMPARE(line(QStringLiteral("renderer-task-time"), QStringLiteral("2min")).renderers.taskLimit,
                 std::chrono::seconds(120));
    }
};

QTEST_GUILESS_MAIN(DefinitionTest)
#include "definition_test.moc"
