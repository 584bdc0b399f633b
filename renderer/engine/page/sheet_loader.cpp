// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/sheet_loader.h"

#include "renderer/engine/base/limits.h"
#include "renderer/engine/css/charset.h"
#include "renderer/page/text_decoder.h"
#include "renderer/resources/inline_data.h"

#include <optional>

namespace bulkhead::engine {

SheetLoader::SheetLoader(PageClient &client, std::function<void()> changed)
    : m_client(client), m_changed(std::move(changed))
{
}

SheetLoader::~SheetLoader()
{
    for (const FetchId id : m_pending)
        m_client.cancel(id);
}

void SheetLoader::start(const std::vector<StyleSource> &sources, const QUrl &base, const css::SheetContext &context,
                        const css::MediaEnvironment &environment, const QString &documentCharset)
{
    m_context = context;
    m_charset = documentCharset;
    m_entries.clear();
    m_count = 0;
    m_characters = 0;
    for (const StyleSource &source : sources) {
        if (++m_count > limits::StyleSheets)
            break;
        auto entry = std::make_unique<Entry>();
        entry->url = source.url;
        entry->base = base;
        entry->text = source.text;
        entry->media = css::MediaQueryList::parse(source.media);
        m_entries.push_back(std::move(entry));
    }
    update(environment);
}

void SheetLoader::update(const css::MediaEnvironment &environment)
{
    m_environment = environment;
    for (const auto &entry : m_entries)
        ask(*entry, environment);
}

void SheetLoader::ask(Entry &entry, const css::MediaEnvironment &environment)
{
    if (!entry.media.matches(environment))
        return;
    if (!entry.sheet) {
        if (entry.url.isEmpty() && !entry.importer) {
            parse(entry, entry.text, entry.base);
        } else {
            if (importsItself(entry))
                return;
            fetch(entry.url);
            if (const File file = m_files.value(entry.url); file.isHere)
                parse(entry, file.text, file.url);
        }
    }
    for (const auto &imported : entry.imports)
        ask(*imported, environment);
}

void SheetLoader::fetch(const QUrl &url)
{
    File &file = m_files[url];
    if (file.wasAsked || !url.isValid() || m_started >= limits::StyleSheets)
        return;
    file.wasAsked = true;
    file.url = url;
    if (url.scheme() == u"data") {
        if (const auto data = decodeInlineData(url.toEncoded())) {
            file.text = decodeText(data->data, data->charset, MetaCharset::Ignore);
            file.isHere = true;
        }
        return;
    }
    ++m_started;
    // The identifier is known only after fetch() returned, which is before its answer comes.
    auto id = std::make_shared<FetchId>();
    *id = m_client.fetch(url, ResourceKind::Style, [this, url, id](std::optional<Resource> resource) {
        m_pending.erase(*id);
        if (resource) {
            File &arrived = m_files[url];
            const qsizetype size = qMin(resource->data.size(), limits::SheetBytes);
            // Without a charset of its own a sheet is in its document's.
            QString charset = resource->charset;
            if (charset.isEmpty())
                charset = css::declaredCharset(resource->data);
            if (charset.isEmpty())
                charset = m_charset;
            arrived.text = decodeText(QByteArrayView(resource->data).first(size), charset, MetaCharset::Ignore);
            arrived.url = resource->url.isValid() ? resource->url : url;
            arrived.isHere = true;
        }
        update(m_environment);
        m_changed();
    });
    m_pending.insert(*id);
}

void SheetLoader::parse(Entry &entry, const QString &text, const QUrl &base)
{
    m_characters += text.size();
    if (m_characters > limits::SheetsBytes)
        return;
    css::SheetContext context = m_context;
    context.values.base = base;
    entry.sheet = std::make_shared<css::Sheet>(css::parseSheet(text, context));
    if (entry.rule)
        entry.rule->sheet = entry.sheet;
    for (css::ImportRule *rule : entry.sheet->imports()) {
        if (++m_count > limits::StyleSheets)
            break;
        auto imported = std::make_unique<Entry>();
        imported->url = rule->url.adjusted(QUrl::RemoveFragment);
        imported->media = rule->media;
        imported->importer = &entry;
        imported->rule = rule;
        entry.imports.push_back(std::move(imported));
    }
}

bool SheetLoader::importsItself(const Entry &entry)
{
    int depth = 0;
    for (const Entry *importer = entry.importer; importer; importer = importer->importer) {
        if (importer->url == entry.url || ++depth > limits::ImportDepth)
            return true;
    }
    return false;
}

std::vector<SheetLoader::Loaded> SheetLoader::sheets() const
{
    std::vector<Loaded> loaded;
    for (const auto &entry : m_entries) {
        if (entry->sheet)
            loaded.push_back({entry->sheet, entry->media});
    }
    return loaded;
}

} // namespace bulkhead::engine
