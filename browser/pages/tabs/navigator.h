// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetcher.h"
#include "browser/pages/page_processes/view_settings.h"
#include "browser/pages/shown/outside_text.h"
#include "browser/pages/tabs/link_request.h"
#include "browser/pages/tabs/navigation_history.h"
#include "browser/pages/tabs/unasked_moves.h"

#include <QObject>

#include <memory>
#include <optional>

namespace bulkhead {

class FolderQuestion;
class HostRequest;
class PageSlot;
class RemotePage;
class PageProcess;
class PageProcessPool;
struct PageDocument;

enum class LoadState {
    Idle,    ///< nothing is loading
    Waiting, ///< asked, no answer yet
    Loading, ///< the document or its subresources are arriving
};

enum class ReloadMode { Normal, BypassCache };

/// A tab's way: from an address to its answer, to a process, to the coming page of the slot, and into the history once
/// that is on screen; back and forward on it. Every request carries whose right it uses; what a page leads to is told
/// only once it is on screen, for until then one sees the page that leads there. Main thread. Owned by a Tab.
class Navigator : public QObject
{
    Q_OBJECT
public:
    /// All outlive it. @p view is what coming pages are shown in.
    Navigator(Fetcher &fetcher, PageProcessPool &renderers, PageSlot &slot, const FolderQuestion &folders,
              const ViewSettings &view);
    ~Navigator() override;

    // ---- where one is; each as Tab's of the same name
    QUrl url() const;
    OutsideText title() const;
    std::optional<NavigationEntry> wanted() const;
    std::optional<Initiator> initiator() const;
    /// url() is of something that is not on screen yet.
    bool showsComing() const;
    bool isOpening() const;
    LoadState loadState() const { return m_loadState; }
    int loadPercent() const { return m_loadPercent; }
    QString processWait() const;
    const NavigationHistory &history() const { return m_history; }
    /// Where in the history one is, or is on the way to.
    int position() const;

    // ---- where one wants to go
    void open(const LinkRequest &request);
    void reload(ReloadMode mode);
    void stop();
    void goTo(int index);
    void restore(NavigationHistory history);
    /// A link of @p page, which is one of the slot's, or the plugin's in a box. What it wants it wants by its own
    /// site's right, whatever else is on screen. @p disposition as in wire::LinkActivated.
    void follow(RemotePage *page, const QUrl &url, int disposition);

    // ---- what pages say of themselves: kept where they stand, or are to stand, in the history
    void noteTitle(const RemotePage *page, const QString &title);
    void noteState(const RemotePage *page, const QByteArray &state);
    void noteScroll();
    void noteProgress(const RemotePage *page, int percent);
    /// Whether @p page is complete as far as the person is concerned: nothing else is on its way.
    bool isAwaited(const RemotePage *page) const;
    void noteFinished();
    /// The process of the page on screen is gone.
    void noteGone();
    /// The slot's coming page is on screen.
    void arrived();

Q_SIGNALS:
    /// A new one begins: what was said of the page before is over.
    void started();
    void urlChanged();
    void titleChanged();
    void historyChanged();
    void loadStateChanged();
    void loadPercentChanged();
    void processWaitChanged();
    void loadFailed(const bulkhead::FetchError &error);
    void privateNetworkDenied(const bulkhead::PrivateNetworkQuestion &question);
    void newTabRequested(const bulkhead::LinkRequest &request);
    void downloadRequested(std::shared_ptr<bulkhead::Fetch> fetch, const bulkhead::ResponseHead &head,
                           const bulkhead::Initiator &initiator);
    void downloadOffered(std::shared_ptr<bulkhead::Fetch> fetch, const bulkhead::ResponseHead &head,
                         const bulkhead::Initiator &initiator);
    void refused(const QString &sentence);

private:
    /// What has been asked for and not answered yet.
    struct Navigation
    {
        LinkRequest request;
        std::optional<int> entry = {}; ///< the history entry to go to; nothing for a new one
        std::optional<QPoint> scroll = {};
        UserActivation activation = UserActivation::None; ///< of the page whose link it was
        CacheUse cache = CacheUse::Normal;
        std::shared_ptr<Fetch> fetch = {};
        std::optional<Site> unaskedFrom = {}; ///< of files: a page of this site leads there without being asked to
    };
    /// What the coming page becomes in the history once it is on screen.
    struct Visit
    {
        NavigationEntry entry;
        std::optional<int> index; ///< where it stands there already
        bool showsAtOnce = false; ///< LinkRequest::showsAtOnce()
    };

    void start(Navigation navigation);
    void answered(const ResponseHead &head);
    void unanswered(const FetchError &error);
    bool mayLeadTo(const Site &site, const Navigation &navigation);
    void handOver(const Navigation &navigation, const ResponseHead &head);
    void openPage(const Site &site, PageDocument document, Visit visit);
    void openPageIn(PageProcess &host, const Site &site, PageDocument document);
    void openErrorPage(const FetchError &error, const Visit &visit);
    void dropHostRequest();
    bool isTryAgain(const RemotePage *page, const QUrl &url) const;
    bool isHere(const QUrl &url) const;
    bool mayMove(RemotePage *page, const QUrl &url, std::optional<Site> *unaskedFrom);
    void record(Visit visit);
    void setLoadState(LoadState state);
    void setLoadPercent(int percent);
    void refuse(const QString &sentence);
    NavigationEntry *entryOf(const RemotePage *page);
    static void pay(NavigationEntry &entry, const RemotePage *page);

    Fetcher &m_fetcher;
    PageProcessPool &m_renderers;
    PageSlot &m_slot;
    const FolderQuestion &m_folders;
    const ViewSettings &m_view;
    NavigationHistory m_history;
    std::optional<Navigation> m_navigation;
    std::optional<Visit> m_coming;              ///< of the slot's coming page, from the answer on
    std::unique_ptr<HostRequest> m_hostRequest; ///< of the page that will be the coming one
    UnaskedMoves m_unasked;
    LoadState m_loadState = LoadState::Idle;
    int m_loadPercent = 0;
};

} // namespace bulkhead
