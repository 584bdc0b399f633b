// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/exit_reason.h"

#include <QObject>
#include <QRegion>
#include <QTimer>

#include <memory>

namespace bulkhead {

class RemotePage;

/// The page on screen and the one that is to take its place. The coming one does so with its first frame, at once where
/// nobody looks, or when it has shown nothing for a moment; a page whose process is gone stays, with its last frame,
/// until another comes. Pages that go are deleted later: it may happen inside of their signals. Main thread.
class PageSlot : public QObject
{
    Q_OBJECT
public:
    enum class Seen { No, Yes };
    /// What a page is to the slot.
    enum class Was { Current, Coming };

    PageSlot();
    ~PageSlot() override;

    RemotePage *current() const { return m_current.get(); }
    RemotePage *coming() const { return m_coming.get(); }
    /// The page that is being waited for: the coming one, or the one on screen.
    RemotePage *awaited() const { return m_coming ? m_coming.get() : m_current.get(); }
    bool holds(const RemotePage *page) const { return page && (page == m_current.get() || page == m_coming.get()); }

    /// For @p page to come; awaitFrame() follows.
    void setComing(std::unique_ptr<RemotePage> page);
    void awaitFrame(Seen seen);
    void dropComing();
    /// The coming page takes its place now, if there is one.
    void commit();
    /// Closes the page on screen.
    void close();

Q_SIGNALS:
    /// There is a coming page: for whoever listens to pages. Nothing was heard of it yet.
    void added(bulkhead::RemotePage *page);
    /// A page leaves the screen; what it says from now on is nobody's business.
    void removed(bulkhead::RemotePage *page);
    /// current() is another page.
    void committed();
    /// New pixels of current(), which is on screen already.
    void presented(const QRegion &damage);
    /// The process of current() is gone; @p was is what it was until now.
    void gone(const bulkhead::ExitReason &reason, bulkhead::PageSlot::Was was);

private:
    void replaceCurrent();

    std::unique_ptr<RemotePage> m_current;
    std::unique_ptr<RemotePage> m_coming;
    QTimer m_patience;
};

} // namespace bulkhead
