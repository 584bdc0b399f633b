// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/display_types.h"

#include "browser/pages/fetch/folder_listing.h"
#include "browser/pages/fetch/internal_pages.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace bulkhead {
namespace {

constexpr std::string_view Types[] = {
    // Documents
    "application/xhtml+xml", ListingMimeType, MisbehaviourMimeType,
    // Text under other names
    "application/json", "application/xml", "application/javascript", "application/x-javascript",
    "application/ecmascript", "application/yaml", "application/x-yaml", "application/toml", "application/sql",
    "application/x-sh", "application/x-shellscript", "application/x-perl", "application/x-php", "application/x-ruby",
    "application/x-python", "application/x-desktop", "application/x-awk", "application/x-m4",
    // Pictures
    "image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "image/bmp", "image/x-icon",
    "image/vnd.microsoft.icon", "image/x-ms-bmp"};

} // namespace

bool canDisplay(const QString &mimeType)
{
    if (mimeType.startsWith(QLatin1String("text/")))
        return true;
    const QByteArray name = mimeType.toLatin1();
    if (std::find(std::begin(Types), std::end(Types), std::string_view(name.constData(), size_t(name.size()))) !=
        std::end(Types))
        return true;
    return mimeType.startsWith(QLatin1String("application/")) &&
           (mimeType.endsWith(QLatin1String("+json")) || mimeType.endsWith(QLatin1String("+xml")));
}

} // namespace bulkhead
