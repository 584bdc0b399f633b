// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"
#include "tests/support/initiators.h"

#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace bulkhead::test {

enum class Reading { Eager, ByHand };

/// Runs a fetch to its end and keeps what it said, in the order a page would see it.
class FetchProbe : public QObject
{
public:
    explicit FetchProbe(std::unique_ptr<Fetch> started, Reading reading = Reading::Eager) : fetch(std::move(started))
    {
        connect(fetch.get(), &Fetch::responded, this, [this](const ResponseHead &newHead) {
            QVERIFY(!head && !error && !finished);
            head = newHead;
        });
        connect(fetch.get(), &Fetch::readyRead, this, [this, reading] {
            QVERIFY(head);
            if (reading == Reading::Eager)
                readAll();
        });
        connect(fetch.get(), &Fetch::finished, this, [this] {
            QVERIFY(head && !error && !finished);
            finished = true;
        });
        connect(fetch.get(), &Fetch::failed, this, [this](const FetchError &newError) {
            QVERIFY(!error && !finished);
            error = newError;
        });
    }

    /// One that has come to its end; or has not, in time, which is said.
    static std::unique_ptr<FetchProbe> toTheEnd(std::unique_ptr<Fetch> started)
    {
        auto probe = std::make_unique<FetchProbe>(std::move(started));
        if (!probe->wait())
            qWarning("timed out");
        return probe;
    }

    void readAll()
    {
        while (true) {
            const QByteArray bytes = fetch->read(64 * 1024);
            if (bytes.isEmpty())
                return;
            body += bytes;
        }
    }
    bool isDone() const { return finished || error; }
    /// Until the end, without polling; false after @p limit.
    bool wait(std::chrono::milliseconds limit = std::chrono::seconds(30))
    {
        if (isDone())
            return true;
        QEventLoop loop;
        connect(fetch.get(), &Fetch::finished, &loop, &QEventLoop::quit);
        connect(fetch.get(), &Fetch::failed, &loop, &QEventLoop::quit);
        QTimer::singleShot(limit, &loop, &QEventLoop::quit);
        loop.exec();
        return isDone();
    }

    std::unique_ptr<Fetch> fetch;
    std::optional<ResponseHead> head;
    QByteArray body;
    bool finished = false;
    std::optional<FetchError> error;
};

/// Of a page of @p site, which came from this computer as the tests' servers do, or of the person.
inline FetchRequest request(const QUrl &url, Destination destination = Destination::Navigation,
                            const std::optional<Site> &site = std::nullopt)
{
    return {url, destination, site ? Initiator::page(*site, AddressSpace::Loopback) : person()};
}

} // namespace bulkhead::test
