// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/initiator.h"

#include <QMetaType>
#include <QUrl>

namespace bulkhead {

enum class LinkTarget { CurrentTab, NewForegroundTab, NewBackgroundTab };

/// What happens when the answer to a navigation is not shown but saved.
enum class Downloads {
    Ask,     ///< nobody asked for anything: the person decides
    Allowed, ///< the person asked, or the page has a gesture to spend on it
};

/// Who set it going, whoever's right it uses: a link chosen from a menu is opened by the page's right and begun by the
/// person.
enum class Begun { ByPage, ByPerson };

/// An address to be opened, with the right it is opened by. What every link, menu entry and drop becomes.
struct LinkRequest
{
    QUrl url;
    Initiator initiator;
    LinkTarget target = LinkTarget::CurrentTab;
    QUrl referrer = {}; ///< of the page whose link it is
    Downloads downloads = Downloads::Allowed;
    Begun begun = Begun::ByPage;

    /// Its address may be shown before its page is: a page's own may not, since until then one sees who leads there.
    bool showsAtOnce() const { return initiator.isPerson() || begun == Begun::ByPerson; }
};

} // namespace bulkhead
