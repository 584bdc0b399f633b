// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/sheet_parser.h"
#include "renderer/engine/page/document_facts.h"
#include "renderer/page/page_client.h"

#include <QHash>
#include <QUrl>

#include <functional>
#include <memory>
#include <set>
#include <vector>

namespace bulkhead::engine {

/// The style sheets of one page and what they import. Each address is fetched once, also when the document is parsed
/// again while it arrives. What fails, imports itself or is beyond the limits is empty.
class SheetLoader
{
public:
    /// @p changed is called whenever something arrived or failed, never from inside start() and update().
    SheetLoader(PageClient &client, std::function<void()> changed);
    ~SheetLoader();
    Q_DISABLE_COPY_MOVE(SheetLoader)

    /// A document's sheets, instead of those before.
    void start(const std::vector<StyleSource> &sources, const QUrl &base, const css::SheetContext &context,
               const css::MediaEnvironment &environment, const QString &documentCharset);
    /// Asks also for those that apply now.
    void update(const css::MediaEnvironment &environment);

    bool isDone() const { return m_pending.empty(); }
    int started() const { return m_started; }
    int finished() const { return m_started - int(m_pending.size()); }

    struct Loaded
    {
        std::shared_ptr<const css::Sheet> sheet;
        css::MediaQueryList media;
    };
    /// Those that are here, in order.
    std::vector<Loaded> sheets() const;

private:
    struct File
    {
        bool isHere = false;
        bool wasAsked = false;
        QUrl url; ///< after redirects
        QString text;
    };
    struct Entry
    {
        QUrl url;
        QUrl base; ///< of one without an address
        QString text;
        css::MediaQueryList media;
        Entry *importer = nullptr;
        css::ImportRule *rule = nullptr; // in the importer's sheet
        std::shared_ptr<css::Sheet> sheet;
        std::vector<std::unique_ptr<Entry>> imports;
    };

    void ask(Entry &entry, const css::MediaEnvironment &environment);
    void fetch(const QUrl &url);
    void parse(Entry &entry, const QString &text, const QUrl &base);
    static bool importsItself(const Entry &entry);

    PageClient &m_client;
    const std::function<void()> m_changed;
    css::SheetContext m_context;
    css::MediaEnvironment m_environment;
    QString m_charset;
    QHash<QUrl, File> m_files;
    std::vector<std::unique_ptr<Entry>> m_entries;
    std::set<FetchId> m_pending;
    int m_started = 0;
    int m_count = 0;
    qsizetype m_characters = 0;
};

} // namespace bulkhead::engine
