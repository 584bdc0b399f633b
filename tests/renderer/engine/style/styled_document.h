// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/sheet_parser.h"
#include "renderer/engine/dom/html_parser.h"
#include "renderer/engine/style/style_computer.h"
#include "renderer/engine/style/user_agent_sheet.h"

#include <QString>

#include <memory>
#include <utility>

namespace bulkhead::engine {

/// A document with one style sheet, styled.
class StyledDocument
{
public:
    explicit StyledDocument(const QString &html, const QString &sheet = {}, StyleInput input = {})
        : m_parsed(parseHtml((QStringLiteral("<!doctype html>") + html).toUtf8(), m_atoms))
    {
        css::SheetContext context;
        context.atoms = &document().atoms();
        std::vector<SheetSource> sheets = userAgentSheets(document());
        sheets.push_back({std::make_shared<const css::Sheet>(css::parseSheet(sheet, context)), {}, Origin::Author});
        m_rules = std::make_unique<RuleIndex>(std::move(sheets), input.environment.media, document());
        m_styles = computeStyles(document(), *m_rules, input);
    }

    const Document &document() const { return m_parsed.document; }
    const RuleIndex &rules() const { return *m_rules; }
    const DocumentStyles &styles() const { return m_styles; }
    NodeId element(const char *id) const { return document().elementById(QString::fromLatin1(id)); }
    /// Of the element with that id.
    const ComputedStyle &style(const char *id = "x") const { return m_styles.of(element(id)); }
    const ComputedStyle *pseudo(const char *id, PseudoElement which) const
    {
        const auto found = m_styles.pseudo(element(id), which);
        return found ? &m_styles.style(*found) : nullptr;
    }

private:
    Atoms m_atoms;
    ParsedDocument m_parsed;
    std::unique_ptr<RuleIndex> m_rules;
    DocumentStyles m_styles;
};

} // namespace bulkhead::engine
