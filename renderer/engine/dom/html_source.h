// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"
#include "renderer/engine/base/limits.h"

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace bulkhead::engine {

/// HTML that a parser reads in linear time.
struct HtmlSource
{
    QByteArray html;                  ///< without NUL
    std::vector<QByteArray> rawTexts; ///< the content "N" of <style>, <xmp> and <plaintext> stands for number N
    bool isCut = false;               ///< a limit was reached and the rest left out
};

/// Rewrites @p utf8 tag by tag so that no reading of it has more attributes, nodes or depth than the limits say:
/// quotes values, writes "<" in texts as a reference, takes out raw texts, and what scripts, comments, frames and
/// templates hold, as no static page shows it. What it means stays the same.
HtmlSource guardHtml(QByteArrayView utf8, Atoms &atoms, const ParseLimits &limits);

} // namespace bulkhead::engine
