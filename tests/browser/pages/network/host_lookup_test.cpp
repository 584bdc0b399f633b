// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/host_lookup.h"

#include <QCoreApplication>
#include <QObject>
#include <QSemaphore>
#include <QThread>
#include <QtTest>

#include <atomic>
#include <memory>

using namespace bulkhead;

/// The system's own resolver, asked on a thread, as the network does.
class HostLookupTest : public QObject
{
    Q_OBJECT
private:
    /// Asks for @p host on a thread; @p found runs there.
    template <typename Found>
    QObject *ask(const QString &host, Found found)
    {
        auto *context = new QObject;
        context->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, context, &QObject::deleteLater);
        QMetaObject::invokeMethod(context, [=] {
            HostLookup::systemResolve(host, context, [=](const QList<QHostAddress> &addresses, const QString &error) {
                found(context, addresses, error);
            });
        });
        return context;
    }

    QThread m_thread;

private Q_SLOTS:
    void init() { m_thread.start(); }
    void cleanup()
    {
        m_thread.quit();
        m_thread.wait();
    }

    void anAddressIsItsOwnAnswer()
    {
        QSemaphore answered;
        QList<QHostAddress> addresses;
        ask(QStringLiteral("127.0.0.1"), [&](QObject *, const QList<QHostAddress> &found, const QString &) {
            addresses = found;
            answered.release();
        });
        QVERIFY(answered.tryAcquire(1, 20'000));
        QCOMPARE(addresses, QList<QHostAddress>{QHostAddress(QHostAddress::LocalHost)});
    }

    void aNameThatNobodyHasIsAnError()
    {
        QSemaphore answered;
        QString sentence;
        ask(QStringLiteral("no-such-host.invalid"),
            [&](QObject *, const QList<QHostAddress> &addresses, const QString &error) {
                sentence = addresses.isEmpty() ? error : QString();
                answered.release();
            });
        QVERIFY(answered.tryAcquire(1, 20'000));
        QVERIFY(!sentence.isEmpty());
    }

    void anApplicationThatEndsWithTheAnswerHearsItOnce()
    {
        QSemaphore answered, ended;
        std::atomic<int> answers = 0;
        const auto found = [&](QObject *, const QList<QHostAddress> &, const QString &) {
            ++answers;
            answered.release();
            ended.tryAcquire(1, 20'000); // while the object that brought the answer is still there
        };
        QObject *context = ask(QStringLiteral("127.0.0.1"), found);
        QVERIFY(answered.tryAcquire(1, 20'000));
        QVERIFY(QMetaObject::invokeMethod(QCoreApplication::instance(), "aboutToQuit", Qt::DirectConnection));
        ended.release();
        QMetaObject::invokeMethod(
            context, [] {}, Qt::BlockingQueuedConnection); // what was said before this was heard
        QCOMPARE(int(answers), 1);
    }

    void anAnswerThatEndsItsContextIsTheLast()
    {
        QSemaphore answered;
        ask(QStringLiteral("127.0.0.1"), [&](QObject *context, const QList<QHostAddress> &, const QString &) {
            delete context;
            answered.release();
        });
        QVERIFY(answered.tryAcquire(1, 20'000));
    }
};

QTEST_GUILESS_MAIN(HostLookupTest)
#include "host_lookup_test.moc"
