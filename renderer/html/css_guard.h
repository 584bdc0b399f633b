// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/css_media.h"
#include "renderer/html/html_limits.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QUrl>

#include <vector>

namespace bulkhead {

/// "row" on elements that the document made flex containers. See EngineElement.
inline constexpr char flexLayoutProperty[] = "bulkhead-layout";

struct CssImport
{
    QUrl url;
    QByteArray media; ///< as written, empty for all
};

/// What CssGuard made of one style sheet.
struct GuardedCss
{
    QByteArray text; ///< one declaration a line; may still contain var(), see resolveCssVariables()
    std::vector<CssImport> imports;
    QHash<QByteArray, QByteArray> variables; ///< "--name" to value
    bool hasHover = false;                   ///< some rule depends on what the mouse is over
};

/// The pass between the network and the CSS parser: tokens in, plain CSS 2.1 with a little of 3 out.
///
/// The engine's parser hangs on unterminated comments and on variables that refer to themselves, takes unknown values
/// for surprising known ones, and lets style sheets overflow its coordinates. So comments go, strings, brackets and
/// blocks are balanced, numbers and selectors bounded, what the engine does not know is translated where something near
/// exists (flex and grid containers become blocks, sticky becomes static, hsl() becomes rgb()) and left out otherwise,
/// and every url() becomes absolute. Linear in time and memory.
/// Tokens: https://www.w3.org/TR/css-syntax-3/#tokenization
GuardedCss guardStyleSheet(QByteArrayView utf8, const QUrl &base, const CssLimits &limits = {},
                           PreferredColors colors = PreferredColors::Light);

/// The same for a style attribute. Its url()s stay relative; it may use variables only through their fallbacks.
QByteArray guardDeclarations(QByteArrayView utf8, const CssLimits &limits = {});

/// Replaces var() in the text of a guarded sheet. Cycles and values that grow beyond the limits lose their declaration.
QByteArray resolveCssVariables(const QByteArray &guardedText, const QHash<QByteArray, QByteArray> &variables,
                               const CssLimits &limits = {});

} // namespace bulkhead
