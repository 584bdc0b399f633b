// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/page_factory.h"

#include "renderer/documents/directory_listing.h"
#include "renderer/documents/document_style.h"
#include "renderer/documents/image_page.h"
#include "renderer/documents/markdown.h"
#include "renderer/documents/text_page.h"
#include "renderer/engine/page/engine_page.h"
#include "renderer/html/html_page.h"

#include <QSet>

#include <functional>
#include <utility>

namespace bulkhead {

namespace {

const QSet<QString> &textualApplications()
{
    static const QSet<QString> types{
        QStringLiteral("application/json"),         QStringLiteral("application/xml"),
        QStringLiteral("application/javascript"),   QStringLiteral("application/ecmascript"),
        QStringLiteral("application/x-javascript"), QStringLiteral("application/x-shellscript"),
        QStringLiteral("application/x-sh"),         QStringLiteral("application/x-perl"),
        QStringLiteral("application/x-python"),     QStringLiteral("application/x-ruby"),
        QStringLiteral("application/x-php"),        QStringLiteral("application/x-desktop"),
        QStringLiteral("application/x-yaml"),       QStringLiteral("application/yaml"),
        QStringLiteral("application/toml"),         QStringLiteral("application/sql"),
    };
    return types;
}

using ToHtml = std::function<QByteArray(QByteArrayView)>;

std::unique_ptr<Page> createHtmlPage(const DocumentHead &head, PageClient &client, HtmlEngine engine, ToHtml toHtml)
{
    if (engine == HtmlEngine::Own)
        return engine::EnginePage::createFromGenerated(head, client, std::move(toHtml));
    return HtmlPage::createFromGenerated(head, client, std::move(toHtml));
}

} // namespace

std::unique_ptr<Page> createPage(const DocumentHead &head, PageClient &client, HtmlEngine engine)
{
    const QString &type = head.mimeType;
    if (type == u"text/html" || type == u"application/xhtml+xml") {
        return createHtmlPage(head, client, engine, {});
    }
    if (type == u"text/markdown" || type == u"text/x-markdown") {
        return createHtmlPage(head, client, engine,
                              [head](QByteArrayView bytes) { return markdownToHtml(bytes, head); });
    }
    if (type == u"application/vnd.bulkhead.listing+json") {
        return createHtmlPage(head, client, engine,
                              [head](QByteArrayView bytes) { return directoryListingToHtml(bytes, head); });
    }
    if (type.startsWith(u"image/")) {
        return std::make_unique<ImagePage>(head, client);
    }
    return std::make_unique<TextPage>(head, client);
}

bool canShow(const QString &mimeType)
{
    return mimeType.startsWith(u"text/") || mimeType.startsWith(u"image/") ||
           (mimeType.startsWith(u"application/") && (mimeType.endsWith(u"+xml") || mimeType.endsWith(u"+json"))) ||
           textualApplications().contains(mimeType);
}

} // namespace bulkhead
