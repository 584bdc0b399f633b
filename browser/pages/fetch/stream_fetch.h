// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"

#include <memory>

namespace bulkhead {

class BodyChannel;

/// The main-thread end of a BodyChannel, whoever produces the body behind it: network, disk or memory.
class StreamFetch : public Fetch
{
    Q_OBJECT
public:
    explicit StreamFetch(QObject *parent = nullptr);
    ~StreamFetch() override;

    /// For the producer.
    const std::shared_ptr<BodyChannel> &channel() const { return m_channel; }

    QByteArray read(qint64 maximum) override;
    bool atEnd() const override;

private:
    void deliver();

    std::shared_ptr<BodyChannel> m_channel;
};

/// All of an answer at once, its length in the head.
void answer(BodyChannel &channel, ResponseHead head, const QByteArray &body);
/// An answer that is there already, or an error: both are told later, as every Fetch does.
std::unique_ptr<Fetch> answerFromMemory(const ResponseHead &head, const QByteArray &body);
std::unique_ptr<Fetch> failedFetch(const FetchError &error);

} // namespace bulkhead
