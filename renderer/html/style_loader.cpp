// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/style_loader.h"

#include "renderer/html/css_media.h"
#include "renderer/page/text_decoder.h"
#include "renderer/resources/inline_data.h"

#include <algorithm>

namespace bulkhead {

StyleLoader::StyleLoader(PageClient &client, std::function<void()> changed)
    : m_client(client), m_changed(std::move(changed))
{
}

StyleLoader::~StyleLoader()
{
    for (FetchId id : m_pending)
        m_client.cancel(id);
}

void StyleLoader::start(const std::vector<StyleSource> &sources, const QUrl &base, const QString &documentCharset,
                        PreferredColors colors)
{
    m_charset = documentCharset;
    m_colors = colors;
    for (const StyleSource &source : sources) {
        auto &sheet = *m_sheets.emplace_back(std::make_unique<Sheet>());
        sheet.media = engineMedia(source.media.toUtf8(), m_colors);
        if (sheet.media.isEmpty())
            continue;
        if (source.href.isEmpty()) {
            take(sheet, source.text, base);
        } else {
            sheet.url = base.resolved(QUrl(source.href));
            fetch(sheet);
        }
    }
}

void StyleLoader::fetch(Sheet &sheet)
{
    if (!sheet.url.isValid() || m_started >= m_limits.sheets || depthOf(sheet) > m_limits.importDepth ||
        importsItself(sheet))
        return;
    if (sheet.url.scheme() == u"data") {
        if (const auto data = decodeInlineData(sheet.url.toEncoded()))
            take(sheet, decodeText(data->data, data->charset, MetaCharset::Ignore).toUtf8(), sheet.url);
        return;
    }
    ++m_started;
    // The identifier is known only after fetch() returned, which is before its answer comes.
    auto id = std::make_shared<FetchId>();
    *id = m_client.fetch(sheet.url, ResourceKind::Style, [this, &sheet, id](std::optional<Resource> resource) {
        m_pending.erase(*id);
        if (resource) {
            // Without a charset of its own a sheet is in its document's.
            const QString charset = resource->charset.isEmpty() ? m_charset : resource->charset;
            take(sheet,
                 decodeText(resource->data.first(qMin(resource->data.size(), m_limits.sheetBytes)), charset,
                            MetaCharset::Ignore)
                     .toUtf8(),
                 resource->url.isValid() ? resource->url : sheet.url);
        }
        m_changed();
    });
    m_pending.insert(*id);
}

void StyleLoader::take(Sheet &sheet, const QByteArray &utf8, const QUrl &base)
{
    m_bytes += utf8.size();
    if (m_bytes > m_limits.totalBytes)
        return;
    sheet.css = guardStyleSheet(utf8, base, m_limits, m_colors);
    for (const CssImport &import : sheet.css.imports) {
        auto &imported = *sheet.imports.emplace_back(std::make_unique<Sheet>());
        imported.url = import.url.adjusted(QUrl::RemoveFragment);
        imported.media = engineMedia(import.media, m_colors);
        imported.importer = &sheet;
        if (!imported.media.isEmpty())
            fetch(imported);
    }
}

int StyleLoader::depthOf(const Sheet &sheet)
{
    int depth = 0;
    for (const Sheet *s = sheet.importer; s; s = s->importer)
        ++depth;
    return depth;
}

bool StyleLoader::importsItself(const Sheet &sheet)
{
    for (const Sheet *s = sheet.importer; s; s = s->importer) {
        if (s->url == sheet.url)
            return true;
    }
    return false;
}

std::vector<QByteArray> StyleLoader::sheets() const
{
    QHash<QByteArray, QByteArray> variables;
    const std::function<void(const Sheet &)> collect = [&](const Sheet &sheet) {
        for (const auto &imported : sheet.imports)
            collect(*imported);
        variables.insert(sheet.css.variables);
    };
    for (const auto &sheet : m_sheets)
        collect(*sheet);

    const std::function<QByteArray(const Sheet &)> flatten = [&](const Sheet &sheet) {
        QByteArray text;
        for (const auto &imported : sheet.imports)
            text += flatten(*imported);
        text += resolveCssVariables(sheet.css.text, variables, m_limits);
        if (!text.isEmpty() && sheet.media != allMedia)
            text = "@media " + sheet.media + " {\n" + text + "}\n";
        return text;
    };
    std::vector<QByteArray> texts;
    for (const auto &sheet : m_sheets)
        texts.push_back(flatten(*sheet));
    return texts;
}

bool StyleLoader::hasHover() const
{
    const std::function<bool(const Sheet &)> has = [&](const Sheet &sheet) {
        return sheet.css.hasHover ||
               std::any_of(sheet.imports.begin(), sheet.imports.end(), [&](const auto &s) { return has(*s); });
    };
    return std::any_of(m_sheets.begin(), m_sheets.end(), [&](const auto &s) { return has(*s); });
}

} // namespace bulkhead
