// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/page_menu.h"

#include "browser/pages/shown/shown_address.h"
#include "browser/widgets/icons.h"

#include <QClipboard>
#include <QGuiApplication>

namespace bulkhead {

namespace {

void copyUrl(const QUrl &url)
{
    QGuiApplication::clipboard()->setText(editableAddress(url));
}

} // namespace

void copySelection(Tab &tab)
{
    tab.requestSelectedText([](const QString &text) {
        if (!text.isEmpty())
            QGuiApplication::clipboard()->setText(text);
    });
}

PageMenu::PageMenu(Tab &tab, const Tab::Hit &hit, QWidget *parent) : QMenu(parent), m_tab(&tab)
{
    setAccessibleName(tr("Page menu"));
    if (!hit.link.isEmpty() && hit.asker)
        addLinkActions(hit.link, *hit.asker);
    if (!hit.image.isEmpty() && hit.asker)
        addImageActions(hit.image, *hit.asker);
    addPageActions(hit.hasSelection || tab.hasSelection());
}

void PageMenu::addLinkActions(const QUrl &link, const Initiator &asker)
{
    addAction(standardIcon(QStringLiteral("tab-new")), tr("Open Link in &New Tab"), this, [this, link, asker] {
        Q_EMIT openRequested({link, asker, LinkTarget::NewForegroundTab});
    });
    addAction(tr("Open Link in &Background Tab"), this, [this, link, asker] {
        Q_EMIT openRequested({link, asker, LinkTarget::NewBackgroundTab});
    });
    addAction(standardIcon(QStringLiteral("document-save")), tr("&Save Link"), this,
              [this, link, asker] { Q_EMIT saveRequested(link, asker); });
    addAction(standardIcon(QStringLiteral("edit-copy")), tr("Copy &Link Address"), this, [link] { copyUrl(link); });
    addSeparator();
}

void PageMenu::addImageActions(const QUrl &image, const Initiator &asker)
{
    addAction(tr("Open &Image in New Tab"), this, [this, image, asker] {
        Q_EMIT openRequested({image, asker, LinkTarget::NewForegroundTab});
    });
    addAction(tr("Save Ima&ge"), this, [this, image, asker] { Q_EMIT saveRequested(image, asker); });
    addAction(tr("Copy I&mage Address"), this, [image] { copyUrl(image); });
    addSeparator();
}

void PageMenu::addPageActions(bool hasSelection)
{
    auto add = [this](const char *icon, const QString &text, bool enabled, auto &&command) {
        QAction *action = addAction(icon ? standardIcon(QLatin1String(icon)) : QIcon(), text, this, [this, command] {
            if (m_tab)
                command(*m_tab);
        });
        action->setEnabled(enabled);
    };
    const bool alive = m_tab->rendererPid() > 0;
    if (hasSelection) {
        add("edit-copy", tr("&Copy"), true, [](Tab &tab) { copySelection(tab); });
        addSeparator();
    }
    add("go-previous", tr("B&ack"), m_tab->canGoBack(), [](Tab &tab) { tab.goBack(); });
    add("go-next", tr("&Forward"), m_tab->canGoForward(), [](Tab &tab) { tab.goForward(); });
    add("view-refresh", tr("&Reload"), true, [](Tab &tab) { tab.reload(); });
    addSeparator();
    add("edit-select-all", tr("Select &All"), alive, [](Tab &tab) { tab.selectAll(); });
    add("document-save", tr("Save &Page"), m_tab->initiator().has_value(), [this](Tab &tab) {
        if (const auto initiator = tab.initiator())
            Q_EMIT saveRequested(tab.url(), *initiator);
    });
    addSeparator();
    add("system-run", alive ? tr("&End Process %1").arg(m_tab->rendererPid()) : tr("&End Process"), alive,
        [](Tab &tab) { tab.endProcess(); });
}

} // namespace bulkhead
