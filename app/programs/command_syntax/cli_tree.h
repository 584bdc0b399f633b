// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/command_spec.h"

#include <QMap>
#include <QStringList>

#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace bulkhead {

/// A definition as CLI11 has it. CLI11 tells options from words and finds the command; what is right is judged
/// elsewhere, in our own sentences.
class CliTree
{
public:
    enum class Commands { All, None };

    /// What stood for one command of the path, the root's first.
    struct Level
    {
        QString name;
        QStringList words;
        QMap<QString, QStringList> options;
        QStringList unknown; ///< options that it does not have
    };
    struct Reading
    {
        std::vector<Level> levels;
        QString mistake; ///< a sentence; levels are then as far as it was read
    };

    CliTree(const CommandSpec &root, Commands commands);
    ~CliTree();

    Reading read(const QStringList &arguments);

private:
    struct Node;

    static std::unique_ptr<Node> makeNode(CLI::App &app, const CommandSpec &command, Commands commands);
    static Level levelOf(const Node &node);
    std::vector<std::string> prepared(const QStringList &arguments) const;

    std::unique_ptr<CLI::App> m_app;
    std::unique_ptr<Node> m_root;
};

} // namespace bulkhead
