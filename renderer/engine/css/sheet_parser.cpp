// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/sheet_parser.h"

#include "renderer/engine/css/rule_parser.h"
#include "renderer/engine/css/tokenizer.h"

#include <utility>
#include <variant>

namespace bulkhead::engine::css {

namespace {

constexpr std::size_t MaxTokens = 1'000'000; // of one rule: 48 bytes each

/// The tokens of the next rule, blocks closed, and End; false at the end of the sheet. So a sheet is never there as
/// tokens in whole.
bool takeRuleTokens(Tokenizer &tokenizer, std::vector<Token> &tokens)
{
    tokens.clear();
    Token token = tokenizer.next();
    while (token.is(TokenType::Whitespace) || token.is(TokenType::Cdo) || token.is(TokenType::Cdc))
        token = tokenizer.next();
    if (token.is(TokenType::End))
        return false;
    const bool isAtRule = token.is(TokenType::AtKeyword);
    OpenBlocks open;
    bool isComplete = false;
    while (!token.is(TokenType::End)) {
        const bool mayEnd = open.depth() == (token.is(TokenType::CloseCurly) ? 1 : 0);
        open.see(token);
        const bool isEnd = mayEnd && open.isEmpty() &&
                           (token.is(TokenType::CloseCurly) || (isAtRule && token.is(TokenType::Semicolon)));
        if (tokens.size() < MaxTokens)
            tokens.push_back(std::move(token));
        if (isEnd) {
            isComplete = true;
            break;
        }
        token = tokenizer.next();
    }
    const std::uint32_t end = isComplete ? tokens.back().start + tokens.back().length : token.start;
    if (tokens.size() == MaxTokens)
        tokens.clear(); // more than any rule has: left out
    open.close(tokens, end);
    Token last;
    last.start = end;
    tokens.push_back(std::move(last));
    return true;
}

} // namespace

Sheet parseSheet(QStringView text, const SheetContext &context)
{
    Sheet sheet;
    if (text.startsWith(QChar(0xfeff)))
        text = text.mid(1);
    Tokenizer tokenizer(text);
    RuleParser parser(text, context);
    std::vector<Token> tokens;
    while (takeRuleTokens(tokenizer, tokens)) {
        TokenStream stream(tokens);
        if (!stream.atEnd())
            parser.takeTopLevelRule(stream, sheet.rules);
    }
    return sheet;
}

std::vector<ImportRule *> Sheet::imports()
{
    std::vector<ImportRule *> imports;
    for (Rule &rule : rules) {
        if (auto *import = std::get_if<ImportRule>(&rule.content))
            imports.push_back(import);
    }
    return imports;
}

} // namespace bulkhead::engine::css
