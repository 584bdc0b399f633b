// SPDX-License-Identifier: BSD-3-Clause
// A document for a plugin is kept whole or not at all, and what its site's documents take up has an end.
#include "browser/pages/page_processes/content_buffer.h"

#include <QSignalSpy>
#include <QtTest>

using namespace bulkhead;

namespace {

/// A body of so many bytes, all of which are there.
class ReadyFetch : public Fetch
{
public:
    explicit ReadyFetch(qint64 bytes) : m_left(bytes) {}
    QByteArray read(qint64 maximum) override
    {
        const QByteArray piece(std::min(maximum, m_left), 'x');
        m_left -= piece.size();
        taken += piece.size();
        return piece;
    }
    bool atEnd() const override { return m_left == 0; }

    qint64 taken = 0;

private:
    qint64 m_left;
};

constexpr qint64 Megabyte = 1 << 20;

struct Kept
{
    Kept(const std::shared_ptr<SiteAccount> &account, qint64 bytes, qint64 most, qint64 length = -1)
        : fetch(std::make_shared<ReadyFetch>(bytes)), buffer(fetch, most, account->charge(Holding::Content, 0)),
          ended(&buffer, &ContentBuffer::ended)
    {
        buffer.start(length);
    }
    bool wait()
    {
        return QTest::qWaitFor([this] { return ended.count() == 1; }, 20'000);
    }

    std::shared_ptr<ReadyFetch> fetch;
    ContentBuffer buffer;
    QSignalSpy ended;
};

} // namespace

class ContentBufferTest : public QObject
{
    Q_OBJECT

    SiteBudget m_budget;
    std::shared_ptr<SiteAccount> m_account;

private Q_SLOTS:
    void init() { m_account = m_budget.accountOf(Site::forUrl(QUrl(QStringLiteral("http://example.org/")))); }

    void whatFitsIsKeptWholeAndPaidFor()
    {
        {
            Kept kept(m_account, 3 * Megabyte + 1, 4 * Megabyte);
            QVERIFY(kept.wait());
            QVERIFY(kept.buffer.isComplete());
            QCOMPARE(kept.buffer.size(), 3 * Megabyte + 1);
            QCOMPARE(m_account->held(Holding::Content), 3 * Megabyte + 1);
            QCOMPARE(m_account->total(), 0); // it would leave nothing for anything else
            QCOMPARE(kept.buffer.read(3 * Megabyte, 100), QByteArray("x"));
            QVERIFY(kept.buffer.sealed());
        }
        QCOMPARE(m_account->held(Holding::Content), 0);
    }

    void whatIsTooLargeLeavesNothingThatPassesForIt()
    {
        Kept kept(m_account, 5 * Megabyte, 4 * Megabyte);
        QVERIFY(kept.wait());
        QVERIFY(kept.buffer.isTooLarge() && !kept.buffer.isWithoutRoom() && !kept.buffer.isComplete());
        QCOMPARE(kept.buffer.read(0, 100), QByteArray());
        QCOMPARE(kept.buffer.read(2 * Megabyte, 100), QByteArray());
        QVERIFY(!kept.buffer.sealed());
        QCOMPARE(m_account->held(Holding::Content), 0);
    }

    void whatSaysThatItIsTooLargeIsNotReadAtAll()
    {
        Kept kept(m_account, 5 * Megabyte, 4 * Megabyte, 5 * Megabyte);
        QCOMPARE(kept.ended.count(), 1);
        QVERIFY(kept.buffer.isTooLarge());
        QCOMPARE(kept.fetch->taken, 0);
    }

    void theDocumentsOfOneSiteHaveAnEndTogether()
    {
        auto others =
            std::make_unique<Charge>(m_account->charge(Holding::Content, SiteAccount::ContentRoom - 2 * Megabyte));
        Kept refused(m_account, 3 * Megabyte, 4 * Megabyte);
        QVERIFY(refused.wait());
        QVERIFY(refused.buffer.isWithoutRoom() && !refused.buffer.isTooLarge());
        QCOMPARE(refused.buffer.size(), 0);
        Kept fits(m_account, 2 * Megabyte, 4 * Megabyte);
        QVERIFY(fits.wait() && fits.buffer.isComplete());
        // Another site's are its own business.
        const auto other = m_budget.accountOf(Site::forUrl(QUrl(QStringLiteral("http://example.com/"))));
        Kept elsewhere(other, 3 * Megabyte, 4 * Megabyte);
        QVERIFY(elsewhere.wait() && elsewhere.buffer.isComplete());
        others.reset();
        Kept again(m_account, 3 * Megabyte, 4 * Megabyte);
        QVERIFY(again.wait() && again.buffer.isComplete());
    }
};

QTEST_GUILESS_MAIN(ContentBufferTest)
#include "content_buffer_test.moc"

#include <algorithm>
