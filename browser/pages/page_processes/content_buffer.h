// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"
#include "browser/pages/page_processes/site_budget.h"
#include "ipc/core/unique_fd.h"

#include <QByteArray>
#include <QObject>

#include <memory>
#include <optional>

namespace bulkhead {

/// A document's body in anonymous memory: for a plugin that wants it whole, or piece by piece in any order. Main
/// thread.
class ContentBuffer : public QObject
{
    Q_OBJECT
public:
    /// Reads @p fetch, which has responded, as fast as it delivers. @p held is charged with what is kept here. Beyond
    /// @p most bytes, or where the site has no room for more, it is given up, and nothing of it stays: a part must not
    /// pass for the whole.
    ContentBuffer(std::shared_ptr<Fetch> fetch, qint64 most, Charge held, QObject *parent = nullptr);
    ~ContentBuffer() override;

    /// @p length is what the server says, or -1: what cannot fit is not read at all.
    void start(qint64 length);
    /// As when loading is stopped: what is there is all there will be.
    void stop() { end(false); }

    qint64 size() const { return m_size; }
    qint64 mostBytes() const { return m_most; }
    bool hasEnded() const { return m_ended; }
    bool isComplete() const { return m_complete; }
    /// It is larger than it may be.
    bool isTooLarge() const { return m_refused == Refused::TooLarge; }
    /// The site's documents take up all that they may.
    bool isWithoutRoom() const { return m_refused == Refused::NoRoom; }

    /// Nothing while it has not arrived; fewer bytes than asked for only where the content ends.
    std::optional<QByteArray> read(qint64 offset, qint64 count) const;
    /// A descriptor of the memory, sealed against every change; empty when there is no content. After the end.
    UniqueFd sealed();

Q_SIGNALS:
    void grown();
    /// Once.
    void ended();

private:
    void pump();
    void end(bool complete);
    enum class Refused { No, TooLarge, NoRoom };
    void refuse(Refused why);

    std::shared_ptr<Fetch> m_fetch;
    const qint64 m_most;
    Charge m_held;
    UniqueFd m_memory;
    qint64 m_size = 0;
    bool m_finished = false; ///< the fetch has all it will get
    bool m_ended = false;
    bool m_complete = false;
    Refused m_refused = Refused::No;
};

} // namespace bulkhead
