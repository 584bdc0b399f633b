// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab.h"

#include <QMenu>
#include <QPointer>

namespace bulkhead {

/// The context menu of a page, for what lies under the pointer. Acts on the tab itself; what concerns the window it
/// says.
class PageMenu : public QMenu
{
    Q_OBJECT
public:
    /// @p tab may go away while the menu is open: it then does nothing.
    PageMenu(Tab &tab, const Tab::Hit &hit, QWidget *parent);

Q_SIGNALS:
    /// By the right of the page that the menu is about.
    void openRequested(const bulkhead::LinkRequest &request);
    void saveRequested(const QUrl &url, const bulkhead::Initiator &initiator);

private:
    void addLinkActions(const QUrl &link, const Initiator &asker);
    void addImageActions(const QUrl &image, const Initiator &asker);
    void addPageActions(bool hasSelection);

    QPointer<Tab> m_tab;
};

/// Puts what is selected in @p tab's page on the clipboard, once the page has said what that is.
void copySelection(Tab &tab);

} // namespace bulkhead
