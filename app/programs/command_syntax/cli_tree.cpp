// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_syntax/cli_tree.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace bulkhead {

namespace {

/// More words than a command line holds. Below CLI11's own idea of "any number", with which it reads [a,b] as two.
constexpr int MostWords = 1 << 22;
/// Before a word that only looks like an option while CLI11 has it. No argument begins with it otherwise.
constexpr char Disguise = '\x01';

QString tr(const char *source)
{
    return QCoreApplication::translate("CommandReader", source);
}

QString plain(const std::string &text)
{
    return QString::fromStdString(!text.empty() && text.front() == Disguise ? text.substr(1) : text);
}

/// Of CLI11's own mistakes only these two can come: everything else is let through, to be judged. Its words begin with
/// the option, with its dashes or without.
QString mistakeText(const CLI::ParseError &error)
{
    const QString what = QString::fromStdString(error.what());
    static const QRegularExpression Begin(QStringLiteral("^-*([A-Za-z][A-Za-z-]*)"));
    const QString name = Begin.match(what).captured(1);
    if (error.get_exit_code() != int(CLI::ExitCodes::ArgumentMismatch) || name.isEmpty())
        return what;
    const QString option = (name.size() > 1 ? QStringLiteral("--") : QStringLiteral("-")) + name;
    return what.contains(QStringLiteral("flag override")) ? tr("%1 takes no value.").arg(option)
                                                          : tr("%1 needs a value.").arg(option);
}

void collectOptions(const CommandSpec &command, QSet<QString> &valued)
{
    for (const std::vector<OptionSpec> *list : {&command.options, &command.inherited}) {
        for (const OptionSpec &option : *list) {
            if (option.value)
                valued.insert(QStringLiteral("--") + option.name);
        }
    }
    for (const CommandSpec &one : command.commands)
        collectOptions(one, valued);
}

} // namespace

struct CliTree::Node
{
    const CommandSpec *command = nullptr;
    CLI::App *app = nullptr;
    CLI::Option *words = nullptr;
    QMap<QString, CLI::Option *> options;
    std::vector<std::unique_ptr<Node>> nodes;
};

CliTree::CliTree(const CommandSpec &root, Commands commands)
    : m_app(std::make_unique<CLI::App>(std::string(), root.name.toStdString()))
{
    m_app->set_help_flag();
    m_root = makeNode(*m_app, root, commands);
}

CliTree::~CliTree() = default;

std::unique_ptr<CliTree::Node> CliTree::makeNode(CLI::App &app, const CommandSpec &command, Commands commands)
{
    auto node = std::make_unique<Node>();
    node->command = &command;
    node->app = &app;
    app.allow_extras();
    app.require_subcommand(0, 1);
    const auto add = [&](const OptionSpec &spec) {
        std::string names = "--" + spec.name.toStdString();
        if (spec.letter)
            names = std::string("-") + spec.letter + ',' + names;
        CLI::Option *option = spec.value ? app.add_option(names) : app.add_flag(names)->disable_flag_override();
        if (spec.value)
            option->expected(1);
        option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
        node->options.insert(spec.name, option);
    };
    for (const OptionSpec &spec : command.options)
        add(spec);
    for (const OptionSpec &spec : command.inherited)
        add(spec);
    if (!command.option(QStringLiteral("help")))
        add(helpOption());
    node->words = app.add_option("WORDS");
    node->words->expected(MostWords)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
    for (const CommandSpec &one : command.commands) {
        if (commands == Commands::All)
            node->nodes.push_back(makeNode(*app.add_subcommand(one.name.toStdString()), one, commands));
    }
    return node;
}

/// What CLI11 understands otherwise than it is meant: "--name=" has an empty value, and where only two dashes make an
/// option a word may begin with one.
std::vector<std::string> CliTree::prepared(const QStringList &arguments) const
{
    QSet<QString> valued;
    collectOptions(*m_root->command, valued);
    const CommandSpec *command = m_root->command;
    std::vector<std::string> result;
    bool onlyWords = false;
    for (const QString &argument : arguments) {
        onlyWords = onlyWords || argument == u"--";
        if (const CommandSpec *next = command->command(argument); next && !m_root->nodes.empty())
            command = next;
        const bool oneDash = argument.size() > 1 && argument[0] == u'-' && argument[1] != u'-' && argument != u"-h";
        if (!onlyWords && argument.endsWith(u'=') && valued.contains(argument.chopped(1))) {
            result.push_back(argument.chopped(1).toStdString());
            result.emplace_back();
        } else if (!onlyWords && oneDash && command->dashes == CommandSpec::Dashes::DoubleOnly) {
            result.push_back(Disguise + argument.toStdString());
        } else {
            result.push_back(argument.toStdString());
        }
    }
    return result;
}

CliTree::Level CliTree::levelOf(const Node &node)
{
    Level level;
    level.name = node.command->name;
    for (const std::string &word : node.words->results())
        level.words << plain(word);
    for (auto option = node.options.begin(); option != node.options.end(); ++option) {
        const bool isFlag = option.value()->get_expected_max() == 0;
        for (const std::string &value : option.value()->results())
            level.options[option.key()] << (isFlag ? QString() : plain(value));
    }
    for (const std::string &unknown : node.app->remaining()) {
        if (unknown != "--")
            level.unknown << plain(unknown);
    }
    return level;
}

CliTree::Reading CliTree::read(const QStringList &arguments)
{
    Reading reading;
    std::vector<std::string> reversed = prepared(arguments);
    std::reverse(reversed.begin(), reversed.end());
    try {
        m_app->parse(std::move(reversed));
    } catch (const CLI::ParseError &error) {
        reading.mistake = mistakeText(error);
    }
    for (const Node *node = m_root.get(); node;) {
        reading.levels.push_back(levelOf(*node));
        const auto next = std::find_if(node->nodes.begin(), node->nodes.end(),
                                       [](const std::unique_ptr<Node> &n) { return n->app->parsed(); });
        node = next == node->nodes.end() ? nullptr : next->get();
    }
    return reading;
}

} // namespace bulkhead
