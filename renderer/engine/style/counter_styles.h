// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/sheet.h"
#include "renderer/engine/style/counter_style.h"

#include <QHash>
#include <QString>

#include <vector>

namespace bulkhead::engine {

/// How numbers become texts (css-counter-styles-3): the predefined styles and a document's own.
class CounterStyles
{
public:
    /// The predefined ones alone.
    CounterStyles();
    /// With @counter-style rules, of which later ones replace earlier ones and the predefined.
    explicit CounterStyles(const std::vector<const css::CounterStyleRule *> &rules);

    /// @p style as ComputedStyle has it: a name, empty for decimal; "none" and unknown symbols() give nothing; a string
    /// stands behind '"'.
    QString text(int value, const QString &style) const;
    /// The same with what stands before and after it in a list.
    QString marker(int value, const QString &style) const;

private:
    const CounterStyle *find(const QString &name) const;
    QString represent(int value, const CounterStyle &style, int depth) const;

    QHash<QString, CounterStyle> m_own;
};

} // namespace bulkhead::engine
