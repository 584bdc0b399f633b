// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/page_slot.h"

#include "browser/pages/page_processes/remote_page.h"

namespace bulkhead {

namespace {
/// How long the page before stays on screen while a new one has no frame yet.
constexpr std::chrono::milliseconds Patience{1000};
} // namespace

PageSlot::PageSlot()
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &PageSlot::commit);
}

PageSlot::~PageSlot() = default;

void PageSlot::setComing(std::unique_ptr<RemotePage> coming)
{
    m_coming = std::move(coming);
    RemotePage *page = m_coming.get();
    connect(page, &RemotePage::framePresented, this, [this, page](const QRegion &damage) {
        if (page == m_coming.get())
            commit();
        else if (page == m_current.get())
            Q_EMIT presented(damage);
    });
    connect(page, &RemotePage::gone, this, [this, page](const ExitReason &reason) {
        if (page == m_current.get()) {
            Q_EMIT gone(reason, Was::Current);
        } else if (page == m_coming.get()) {
            m_patience.stop();
            replaceCurrent();
            Q_EMIT gone(reason, Was::Coming);
        }
    });
    Q_EMIT added(page);
}

void PageSlot::awaitFrame(Seen seen)
{
    // A tab that is not seen gets no frames.
    if (seen == Seen::Yes)
        m_patience.start(Patience);
    else
        commit();
}

void PageSlot::dropComing()
{
    m_patience.stop();
    m_coming.reset();
}

void PageSlot::commit()
{
    m_patience.stop();
    if (!m_coming)
        return;
    replaceCurrent();
    Q_EMIT committed();
}

void PageSlot::close()
{
    if (!m_current)
        return;
    m_current->disconnect(this);
    Q_EMIT removed(m_current.get());
    m_current.release()->deleteLater();
}

void PageSlot::replaceCurrent()
{
    close();
    m_current = std::move(m_coming);
}

} // namespace bulkhead
