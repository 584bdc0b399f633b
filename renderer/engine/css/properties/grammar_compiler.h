// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

#include <string_view>

namespace bulkhead::engine::css {

/// Reads the value definition syntax. Definitions are ours, so that mistakes in them are mistakes of the program.
class Grammar::Compiler
{
public:
    explicit Compiler(std::string_view definition) : m_rest(definition) {}

    Node alternatives();

private:
    Node combined(Node::Kind kind);
    Node term();
    Node type();
    void multiplier(Node &node);
    void skipSpaces();
    bool take(std::string_view symbol);
    bool takeSingleBar();

    std::string_view m_rest;
};

} // namespace bulkhead::engine::css
