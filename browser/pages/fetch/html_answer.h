// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"

#include <functional>
#include <memory>

namespace bulkhead {

/// The head of a page that the app makes itself: HTML in UTF-8.
ResponseHead htmlHead(const QUrl &url, const QString &fileName);

/// A page that takes its time to be made: @p fetch is for whoever asked, and @p answer, which may be copied and called
/// whenever the page is ready, fills it. The first call counts. Main thread.
struct HtmlAnswer
{
    std::unique_ptr<Fetch> fetch;
    std::function<void(const QByteArray &html)> answer;
};
HtmlAnswer htmlLater(const QUrl &url, const QString &fileName);

} // namespace bulkhead
