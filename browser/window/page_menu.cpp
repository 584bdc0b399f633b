// SPDX-License-Identifier: BSD-3-Clause
#include "browser/window/page_menu.h"

#include "browser/window/icons.h"

#include <QClipboard>
#include <QGuiApplication>

namespace bulkhead {

namespace {

void copyUrl(const QUrl &url)
{
    QGuiApplication::clipboard()->setText(url.toString(QUrl::FullyEncoded));
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
    if (!hit.link.isEmpty())
        addLinkActions(hit.link);
    if (!hit.image.isEmpty())
        addImageActions(hit.image);
    addPageActions(hit.hasSelection || tab.hasSelection());
}

void PageMenu::addLinkActions(const QUrl &link)
{
    addAction(standardIcon(QStringLiteral("tab-new")), tr("Open Link in &New Tab"), this,
              [this, link] { Q_EMIT openRequested(link, LinkTarget::NewForegroundTab); });
    addAction(tr("Open Link in &Background Tab"), this,
              [this, link] { Q_EMIT openRequested(link, LinkTarget::NewBackgroundTab); });
    addAction(standardIcon(QStringLiteral("document-save")), tr("&Save Link"), this,
              [this, link] { Q_EMIT saveRequested(link); });
    addAction(standardIcon(QStringLiteral("edit-copy")), tr("Copy &Link Address"), this, [link] { copyUrl(link); });
    addSeparator();
}

void PageMenu::addImageActions(const QUrl &image)
{
    addAction(tr("Open &Image in New Tab"), this,
              [this, image] { Q_EMIT openRequested(image, LinkTarget::NewForegroundTab); });
    addAction(tr("Save Ima&ge"), this, [this, image] { Q_EMIT saveRequested(image); });
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
    add("document-save", tr("Save &Page"), !m_tab->url().isEmpty(),
        [this](Tab &tab) { Q_EMIT saveRequested(tab.url()); });
    addSeparator();
    add("system-run", alive ? tr("&End Process %1").arg(m_tab->rendererPid()) : tr("&End Process"), alive,
        [](Tab &tab) { tab.endProcess(); });
}

} // namespace bulkhead
