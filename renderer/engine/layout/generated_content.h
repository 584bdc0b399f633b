// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/style/computed_style.h"
#include "renderer/engine/style/counter_styles.h"
#include "renderer/engine/style/document_styles.h"

#include <QHash>
#include <QString>

#include <memory>
#include <vector>

namespace bulkhead::engine {

/// The texts that styles generate: content, counters (css-lists-3 4), quotes and markers. Walked along with the
/// elements in document order.
class GeneratedContent
{
public:
    GeneratedContent(const Document &document, const DocumentStyles &styles);

    /// An element or pseudo-element (@p element is None) that has a box begins: its counters change.
    void enter(NodeId element, const ComputedStyle &style);
    void leave();

    /// The text of an item that is no picture. Quotes nest by it.
    QString text(const ContentItem &item, NodeId element, const ComputedStyle &style);
    /// Of a list item with its suffix; empty for none, and for what is drawn (isDrawn).
    QString marker(const ComputedStyle &style);
    static bool isDrawn(const QString &listStyleType);

private:
    struct Counter
    {
        int value = 0;
        int depth = 0; // of the element that made it
    };

    void reset(const QString &name, int value);
    void increment(const QString &name, int by);
    void set(const QString &name, int value);
    int value(const QString &name) const;
    void applyList(NodeId element, const ComputedStyle &style);
    QString quote(const ComputedStyle &style, bool isOpening);

    const Document *m_document;
    std::shared_ptr<const CounterStyles> m_styles;
    QHash<QString, std::vector<Counter>> m_counters;
    std::vector<std::vector<QString>> m_made; // by depth: names of counters to forget
    int m_depth = 0;
    int m_quotes = 0;
};

} // namespace bulkhead::engine
