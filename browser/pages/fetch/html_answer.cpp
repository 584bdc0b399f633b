// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/html_answer.h"

#include "browser/pages/fetch/body_channel.h"
#include "browser/pages/fetch/stream_fetch.h"

#include <utility>

namespace bulkhead {

ResponseHead htmlHead(const QUrl &url, const QString &fileName)
{
    ResponseHead head;
    head.url = url;
    head.mimeType = QStringLiteral("text/html");
    head.charset = QStringLiteral("utf-8");
    head.suggestedName = fileName;
    return head;
}

HtmlAnswer htmlLater(const QUrl &url, const QString &fileName)
{
    auto fetch = std::make_unique<StreamFetch>();
    // Shared: what makes the page may hold copies in several places, of which more than one comes to its end.
    auto unanswered = std::make_shared<std::shared_ptr<BodyChannel>>(fetch->channel());
    return {std::move(fetch), [unanswered, head = htmlHead(url, fileName)](const QByteArray &html) {
                if (const auto channel = std::exchange(*unanswered, nullptr))
                    answer(*channel, head, html);
            }};
}

} // namespace bulkhead
