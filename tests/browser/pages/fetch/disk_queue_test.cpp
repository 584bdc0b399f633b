// SPDX-License-Identifier: BSD-3-Clause
// The disk's threads are shared fairly: a folder that hangs holds up only who wants something of it.
#include "browser/pages/fetch/disk_queue.h"

#include "tests/support/real_files.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <climits>
#include <semaphore>

using namespace bulkhead;

namespace {

/// A network folder that does not answer, until it does.
struct Hanging
{
    std::counting_semaphore<1000> answers{0};
    std::atomic<int> begun{0};
};

class HangingJob : public DiskJob
{
public:
    explicit HangingJob(std::shared_ptr<Hanging> folder) : m_folder(std::move(folder)) {}
    void run(const DiskThread &) override
    {
        ++m_folder->begun;
        m_folder->answers.acquire();
    }
    bool isCancelled() const override { return cancelled; }
    std::atomic<bool> cancelled{false};

private:
    std::shared_ptr<Hanging> m_folder;
};

class QuickJob : public DiskJob
{
public:
    void run(const DiskThread &) override { done.release(); }
    bool isCancelled() const override { return false; }
    bool isDone() { return done.try_acquire_for(std::chrono::seconds(5)); }
    std::counting_semaphore<100> done{0};
};

DiskClient page(int number)
{
    return {DiskClient::Urgency::Page, QString::number(number)};
}

} // namespace

class DiskQueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsMountedElsewhereIsAnotherClientOfThePerson()
    {
        const auto key = [](const char *path) { return DiskClient::ofPerson(QString::fromLatin1(path)).key; };
        QCOMPARE(key("/home/me/papers/a/b.html"), key("/home/me/papers/c/d.html"));
        QVERIFY(key("/home/me/papers/a.html") != key("/home/me/other/a.html"));
        // Below a mount, however deep that is, counting begins again: /proc is one everywhere.
        QVERIFY(key("/proc/self/fd/1/a").startsWith(QStringLiteral("/proc/self/fd/1")));
        QVERIFY(!key("/proces/self/fd/1/a/b").startsWith(QStringLiteral("/proces/self/fd/1")));
    }

    void aFolderThatHangsForOneSiteDoesNotHoldUpAnother()
    {
        const auto folder = std::make_shared<Hanging>();
        const auto queue = std::make_shared<DiskQueue>();
        for (int i = 0; i < 200; ++i)
            queue->add(page(1), std::make_shared<HangingJob>(folder));
        QTRY_COMPARE(folder->begun.load(), DiskQueue::ThreadsOfClient);
        const auto other = std::make_shared<QuickJob>();
        queue->add(page(2), other);
        QVERIFY(other->isDone());
        QCOMPARE(folder->begun.load(), DiskQueue::ThreadsOfClient);
        folder->answers.release(200);
        QTRY_COMPARE(folder->begun.load(), 200);
    }

    void allPagesTogetherLeaveThreadsForThePerson()
    {
        const auto folder = std::make_shared<Hanging>();
        const auto queue = std::make_shared<DiskQueue>();
        for (int i = 0; i < 200; ++i)
            queue->add(page(i), std::make_shared<HangingJob>(folder));
        QTRY_COMPARE(folder->begun.load(), DiskQueue::ThreadsForPages);
        const auto opened = std::make_shared<QuickJob>();
        queue->add({DiskClient::Urgency::Person, QStringLiteral("/home/me")}, opened);
        QVERIFY(opened->isDone());
        folder->answers.release(200);
        QTRY_COMPARE(folder->begun.load(), 200);
    }

    void whatIsCancelledWhileItWaitsIsDropped()
    {
        const auto folder = std::make_shared<Hanging>();
        const auto queue = std::make_shared<DiskQueue>();
        std::vector<std::shared_ptr<HangingJob>> jobs;
        for (int i = 0; i < 1000; ++i) {
            jobs.push_back(std::make_shared<HangingJob>(folder));
            queue->add(page(1), jobs.back());
            jobs.back()->cancelled = true;
        }
        QVERIFY2(queue->waiting() <= 2, qPrintable(QString::number(queue->waiting())));
        folder->answers.release(1000);
    }

    void aJobThatHangsHoldsOneThreadHoweverOftenItIsWoken()
    {
        const auto folder = std::make_shared<Hanging>();
        const auto queue = std::make_shared<DiskQueue>();
        const auto job = std::make_shared<HangingJob>(folder);
        for (int i = 0; i < 10; ++i)
            queue->add(page(1), job);
        QTRY_COMPARE(folder->begun.load(), 1);
        const auto other = std::make_shared<QuickJob>();
        queue->add(page(1), other);
        QVERIFY(other->isDone()); // the site's second thread is free
        QCOMPARE(folder->begun.load(), 1);
        folder->answers.release(10);
        QTRY_COMPARE(folder->begun.load(), 2); // woken while it ran: once more
    }

    void theEndOfTheProgramDoesNotWaitForADiskThatHangs()
    {
        const auto folder = std::make_shared<Hanging>();
        auto queue = std::make_shared<DiskQueue>();
        queue->add(page(1), std::make_shared<HangingJob>(folder));
        QTRY_COMPARE(folder->begun.load(), 1);
        QElapsedTimer clock;
        clock.start();
        queue.reset();
        QVERIFY(clock.elapsed() < DiskQueue::EndPatience + 3000);
        folder->answers.release(1);
    }

    void aPathThatNoFileCanHaveIsNone()
    {
        const QString longest = u'/' + QStringLiteral("a/").repeated((PATH_MAX - 2) / 2);
        QVERIFY(
            local_path::fromUrl(QUrl::fromLocalFile(longest + u'b').adjusted(QUrl::StripTrailingSlash)).has_value() ==
            (longest.size() + 1 < PATH_MAX));
        QVERIFY(!local_path::fromUrl(QUrl::fromLocalFile(longest + QStringLiteral("bcd"))));
        QVERIFY(!local_path::fromUrl(QUrl::fromLocalFile(QStringLiteral("/") + QString(100'000, u'x'))));
        QVERIFY(local_path::fromUrl(QUrl::fromLocalFile(QStringLiteral("/usr/share"))));
    }

    void whatDoesNotExistIsResolvedAsFarAsItDoes()
    {
        const DiskThread thread = DiskThreadInTests::token();
        QTemporaryDir folder;
        const QString real = QFileInfo(folder.path()).canonicalFilePath();
        QDir(real).mkpath(QStringLiteral("there"));
        QFile::link(real + QStringLiteral("/there"), real + QStringLiteral("/link"));
        QFile::link(real + QStringLiteral("/nowhere"), real + QStringLiteral("/dangling"));
        QCOMPARE(local_path::real(real + QStringLiteral("/link/a/b"), thread), real + QStringLiteral("/there/a/b"));
        QCOMPARE(local_path::real(real + QStringLiteral("/link"), thread), real + QStringLiteral("/there"));
        QCOMPARE(local_path::real(real + QStringLiteral("/dangling/x"), thread), real + QStringLiteral("/dangling/x"));
        QCOMPARE(local_path::real(QStringLiteral("/nowhere/at/all"), thread), QStringLiteral("/nowhere/at/all"));
        QCOMPARE(local_path::real(QStringLiteral("/"), thread), QStringLiteral("/"));
    }
};

QTEST_GUILESS_MAIN(DiskQueueTest)
#include "disk_queue_test.moc"
