// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/loading/fetch.h"
#include "ipc/core/unique_fd.h"

#include <QByteArray>
#include <QObject>

#include <memory>
#include <optional>

namespace bulkhead {

/// A document's body in anonymous memory: for a plugin that wants it whole, or piece by piece in any order. Main thread.
class ContentBuffer : public QObject
{
    Q_OBJECT
public:
    /// Reads @p fetch, which has responded, as fast as it delivers; beyond @p most bytes it is given up.
    ContentBuffer(std::shared_ptr<Fetch> fetch, qint64 most, QObject *parent = nullptr);
    ~ContentBuffer() override;

    void start();
    /// As when loading is stopped: what is there is all there will be.
    void stop() { end(false); }

    qint64 size() const { return m_size; }
    bool hasEnded() const { return m_ended; }
    bool isComplete() const { return m_complete; }
    bool isTooLarge() const { return m_tooLarge; }

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

    std::shared_ptr<Fetch> m_fetch;
    const qint64 m_most;
    UniqueFd m_memory;
    qint64 m_size = 0;
    bool m_finished = false; ///< the fetch has all it will get
    bool m_ended = false;
    bool m_complete = false;
    bool m_tooLarge = false;
};

} // namespace bulkhead
