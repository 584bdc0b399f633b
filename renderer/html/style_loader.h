// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/css_guard.h"
#include "renderer/html/html_guard.h"
#include "renderer/page/page_client.h"

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace bulkhead {

/// Fetches the style sheets of one document and what they import, guards them, and puts them together.
///
/// The engine asks for sheets while it parses and cannot wait, so all of them are here before it starts. Sheets that
/// fail, repeat one of their importers, or are beyond the limits are empty. Lives on the page's thread; its fetches end
/// with it.
class StyleLoader
{
public:
    /// @p changed is called whenever a sheet arrives or fails, never from inside start().
    StyleLoader(PageClient &client, std::function<void()> changed);
    ~StyleLoader();

    void start(const std::vector<StyleSource> &sources, const QUrl &base, const QString &documentCharset,
               PreferredColors colors);

    bool isDone() const { return m_pending.empty(); }
    int started() const { return m_started; }
    int finished() const { return m_started - int(m_pending.size()); }

    /// Number N of the sources as one text without imports and variables; what has not arrived is missing from it.
    std::vector<QByteArray> sheets() const;
    bool hasHover() const;

private:
    struct Sheet
    {
        QUrl url;
        QByteArray media;
        Sheet *importer = nullptr;
        GuardedCss css;
        std::vector<std::unique_ptr<Sheet>> imports;
    };

    void fetch(Sheet &sheet);
    void take(Sheet &sheet, const QByteArray &utf8, const QUrl &base);
    static int depthOf(const Sheet &sheet);
    static bool importsItself(const Sheet &sheet);

    PageClient &m_client;
    const std::function<void()> m_changed;
    const CssLimits m_limits;
    QString m_charset;
    PreferredColors m_colors = PreferredColors::Light;
    std::vector<std::unique_ptr<Sheet>> m_sheets;
    std::set<FetchId> m_pending;
    int m_started = 0;
    qsizetype m_bytes = 0;
};

} // namespace bulkhead
