// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/typed_url.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace bulkhead {

class DiskQueue;
class Postbox;

/// Finds out what a person means by what they typed, without the window waiting for the disk. One question at a time.
/// Main thread.
class TypedLookup : public QObject
{
    Q_OBJECT
public:
    /// How long a disk may take before what it would say is done without.
    static constexpr std::chrono::milliseconds Patience{700};

    explicit TypedLookup(QObject *parent = nullptr);
    ~TypedLookup() override;

    /// @p done gets the answer, at once where no file can be meant. A question that was still open is dropped.
    void ask(const TypedAddress &address, std::function<void(const Result<QUrl> &)> done);
    /// The open question is not to be answered any more.
    void cancel();

private:
    void answer(const Result<QUrl> &found);

    std::shared_ptr<DiskQueue> m_disk;
    std::shared_ptr<Postbox> m_postbox;
    std::function<void(const Result<QUrl> &)> m_done;
    std::optional<TypedAddress> m_address;
    quint64 m_question = 0; ///< number of the open one
    QTimer m_patience;
};

} // namespace bulkhead
