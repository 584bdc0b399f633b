// SPDX-License-Identifier: BSD-3-Clause
#include "tests/support/loopback_server.h"
#include "tests/support/wait_for.h"

#include <QDir>
#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace bulkhead;

class LoopbackServerTest : public QObject
{
    Q_OBJECT

    QNetworkAccessManager m_network;

    std::unique_ptr<QNetworkReply> get(const QUrl &url)
    {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        return std::unique_ptr<QNetworkReply>(m_network.get(request));
    }

private Q_SLOTS:
    void filesAreServedWithTheirType()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("sub dir")));
        for (const char *name : {"index.html", "sub dir/style.css", "a.png"}) {
            QFile file(folder.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(name);
        }
        LoopbackServer server(folder.path());
        QVERIFY(server.isListening());
        const struct
        {
            QString path, type;
            QByteArray body;
        } expected[] = {{QStringLiteral("/"), QStringLiteral("text/html"), "index.html"},
                        {QStringLiteral("/sub%20dir/style.css?v=1"), QStringLiteral("text/css"), "sub dir/style.css"},
                        {QStringLiteral("/a.png"), QStringLiteral("image/png"), "a.png"}};
        for (const auto &[path, type, body] : expected) {
            const auto reply = get(server.url(path));
            QVERIFY(waitFor([&] { return reply->isFinished(); }));
            QCOMPARE(reply->error(), QNetworkReply::NoError);
            QCOMPARE(reply->header(QNetworkRequest::ContentTypeHeader).toString(), type);
            QCOMPARE(reply->readAll(), body);
        }
        QCOMPARE(server.requestCount(QStringLiteral("/sub dir/style.css")), 1);
        QTRY_COMPARE(server.bytesSent(QStringLiteral("/a.png")), 5); // counted when the client may have it already
    }

    void nothingAboveTheFolderIsServed()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("root")));
        QFile secret(folder.filePath(QStringLiteral("secret")));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.write("secret");
        secret.close();
        LoopbackServer server(folder.filePath(QStringLiteral("root")));
        for (const char *path : {"/../secret", "/%2e%2e/secret", "//../secret", "/root/../../secret"}) {
            QTcpSocket socket;
            socket.connectToHost(QStringLiteral("127.0.0.1"), server.port());
            socket.write(QByteArray("GET ") + path + " HTTP/1.1\r\nConnection: close\r\n\r\n");
            QVERIFY(waitFor([&] { return socket.state() == QTcpSocket::UnconnectedState; }));
            const QByteArray answer = socket.readAll();
            QVERIFY2(answer.startsWith("HTTP/1.1 404"), answer.constData());
            QVERIFY(!answer.contains("secret"));
        }
    }

    void answersComeAsProgrammed()
    {
        LoopbackServer server;
        server.set(QStringLiteral("/page"), LoopbackAnswer::page("<p>hello"));
        server.set(QStringLiteral("/moved"), LoopbackAnswer::redirect("/page", 308));
        server.set(QStringLiteral("/broken"), LoopbackAnswer::error(503, "later"));

        auto reply = get(server.url(QStringLiteral("/page")));
        QVERIFY(waitFor([&] { return reply->isFinished(); }));
        QCOMPARE(reply->readAll(), "<p>hello");
        reply = get(server.url(QStringLiteral("/moved")));
        QVERIFY(waitFor([&] { return reply->isFinished(); }));
        QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 308);
        QCOMPARE(reply->rawHeader("Location"), "/page");
        reply = get(server.url(QStringLiteral("/broken")));
        QVERIFY(waitFor([&] { return reply->isFinished(); }));
        QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 503);
        QCOMPARE(reply->readAll(), "later");
        reply = get(server.url(QStringLiteral("/unknown")));
        QVERIFY(waitFor([&] { return reply->isFinished(); }));
        QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 404);
    }

    void aConnectionIsUsedAgain()
    {
        LoopbackServer server;
        server.set(QStringLiteral("/"), LoopbackAnswer::page("again"));
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), server.port());
        QByteArray answers;
        for (int i = 1; i <= 3; ++i) {
            socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            QVERIFY(waitFor([&] {
                answers += socket.readAll();
                return answers.count("again") == i;
            }));
        }
        // Two at once, the first with a body that looks like a request.
        socket.write("POST / HTTP/1.1\r\nContent-Length: 19\r\n\r\nGET /b HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
        QVERIFY(waitFor([&] {
            answers += socket.readAll();
            return answers.count("again") == 5;
        }));
        QCOMPARE(server.requestCount(QStringLiteral("/b")), 0);
        QCOMPARE(server.openConnections(), 1);
        socket.abort();
        QVERIFY(waitFor([&] { return server.openConnections() == 0; }));
    }

    void silenceLastsUntilTheClientLeaves()
    {
        LoopbackServer server;
        server.set(QStringLiteral("/"), LoopbackAnswer::never());
        auto reply = get(server.url());
        QVERIFY(waitFor([&] { return server.requestCount(QStringLiteral("/")) == 1; }));
        QVERIFY(!reply->isFinished());
        reply->abort();
        QVERIFY(waitFor([&] { return server.openConnections() == 0; }));
    }

    void aStalledAnswerShowsItsStartOnly()
    {
        LoopbackServer server;
        server.set(QStringLiteral("/"), LoopbackAnswer::stalled("half"));
        auto reply = get(server.url());
        QVERIFY(waitFor([&] { return reply->bytesAvailable() == 4; }));
        QVERIFY(!reply->isFinished());
    }

    void anAbortedAnswerIsAnError()
    {
        LoopbackServer server;
        server.set(QStringLiteral("/"), LoopbackAnswer::aborted("half"));
        auto reply = get(server.url());
        QVERIFY(waitFor([&] { return reply->isFinished(); }));
        QVERIFY(reply->error() != QNetworkReply::NoError);
    }

    void rawBytesAreSentAsTheyAre()
    {
        LoopbackServer server;
        LoopbackAnswer rubbish = LoopbackAnswer::page("\xff\xfe this is no HTTP\r\n\r\n");
        rubbish.raw = true;
        server.set(QStringLiteral("/"), rubbish);
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), server.port());
        socket.write("GET / HTTP/1.1\r\n\r\n");
        QVERIFY(waitFor([&] { return socket.state() == QTcpSocket::UnconnectedState; }));
        QCOMPARE(socket.readAll(), rubbish.body);
    }

    void aDelayedAnswerComesAfterAQuickOne()
    {
        LoopbackServer server;
        LoopbackAnswer slow = LoopbackAnswer::page("slow");
        slow.delay = std::chrono::milliseconds(300);
        server.set(QStringLiteral("/slow"), slow);
        server.set(QStringLiteral("/quick"), LoopbackAnswer::page("quick"));
        QStringList order;
        auto first = get(server.url(QStringLiteral("/slow")));
        connect(first.get(), &QNetworkReply::finished, this, [&] { order.append(QStringLiteral("slow")); });
        QVERIFY(waitFor([&] { return server.requestCount(QStringLiteral("/slow")) == 1; }));
        auto second = get(server.url(QStringLiteral("/quick")));
        connect(second.get(), &QNetworkReply::finished, this, [&] { order.append(QStringLiteral("quick")); });
        QVERIFY(waitFor([&] { return order.size() == 2; }));
        QCOMPARE(order, QStringList({QStringLiteral("quick"), QStringLiteral("slow")}));
    }

    void aStreamStopsWhereTheClientStopsReading()
    {
        constexpr qint64 GiB = qint64(1) << 30;
        LoopbackServer server;
        server.set(QStringLiteral("/big"), LoopbackAnswer::stream(GiB));
        QTcpSocket socket;
        socket.setReadBufferSize(4096);
        socket.connectToHost(QStringLiteral("127.0.0.1"), server.port());
        socket.write("GET /big HTTP/1.1\r\n\r\n");
        // Buffers of the kernel fill up, then no more is sent: twice the same count with a good while between.
        qint64 before = -1;
        QVERIFY(waitFor([&] {
            const qint64 now = server.bytesSent(QStringLiteral("/big"));
            QTest::qWait(200);
            return now > 0 && std::exchange(before, now) == now;
        }));
        QVERIFY2(before < GiB / 10, qPrintable(QString::number(before)));
    }

    void aStreamIsCompleteWhenTheClientReads()
    {
        constexpr qint64 Size = (qint64(20) << 20) + 7;
        LoopbackServer server;
        server.set(QStringLiteral("/big"), LoopbackAnswer::stream(Size));
        auto reply = get(server.url(QStringLiteral("/big")));
        qint64 got = 0;
        connect(reply.get(), &QNetworkReply::readyRead, this, [&] { got += reply->readAll().size(); });
        QVERIFY(waitFor([&] { return reply->isFinished(); }));
        got += reply->readAll().size();
        QCOMPARE(got, Size);
        QCOMPARE(server.bytesSent(QStringLiteral("/big")), Size);
    }

    void theDestructorDropsConnections()
    {
        auto server = std::make_unique<LoopbackServer>();
        server->set(QStringLiteral("/"), LoopbackAnswer::never());
        auto reply = get(server->url());
        QVERIFY(waitFor([&] { return server->requestCount(QStringLiteral("/")) == 1; }));
        server.reset();
        QVERIFY(waitFor([&] { return reply->isFinished(); }));
        QVERIFY(reply->error() != QNetworkReply::NoError);
    }
};

QTEST_GUILESS_MAIN(LoopbackServerTest)
#include "loopback_server_test.moc"

#include <utility>
