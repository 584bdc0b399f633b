// SPDX-License-Identifier: BSD-3-Clause
// `bulkhead ctl` and its protocol, against the whole program: every command, wrong use, garbage, strangers, crowds.
#include "tests/support/remote_browser.h"
#include "tests/support/wait_for.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QProcess>
#include <QtTest>

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

struct Ctl
{
    int exitCode = -1;
    QString output;
    QString error;
};

Ctl ctl(const QString &socket, const QStringList &words)
{
    ScopedProcess process(QStringLiteral(BULKHEAD_PROGRAM),
                          QStringList{QStringLiteral("ctl"), QStringLiteral("--socket"), socket} + words);
    if (!process.waitForEnd(std::chrono::seconds(60)))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.output()), QString::fromUtf8(process.errorOutput())};
}

Ctl ctl(const RemoteBrowser &browser, const char *words)
{
    return ctl(browser.socketPath(), QString::fromLatin1(words).split(u' '));
}

/// A client that says what it likes.
class RawClient
{
public:
    explicit RawClient(const RemoteBrowser &browser)
    {
        m_socket.connectToServer(browser.socketPath());
        m_socket.waitForConnected(10'000);
    }
    bool isConnected() const { return m_socket.state() == QLocalSocket::ConnectedState; }
    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.waitForBytesWritten(10'000);
    }
    QByteArray line()
    {
        while (!m_socket.canReadLine() && m_socket.waitForReadyRead(10'000)) {
        }
        return m_socket.readLine().trimmed();
    }
    bool isClosedByTheApp()
    {
        return m_socket.state() == QLocalSocket::UnconnectedState || m_socket.waitForDisconnected(10'000);
    }

private:
    QLocalSocket m_socket;
};

int errorCode(const QByteArray &line)
{
    return QJsonDocument::fromJson(line)[QStringLiteral("error")][QStringLiteral("code")].toInt();
}

} // namespace

class RemoteControlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommandDoesWhatItSays()
    {
        QTemporaryDir folder;
        QFile page(folder.filePath(QStringLiteral("long.html")));
        QVERIFY(page.open(QIODevice::WriteOnly));
        page.write("<!doctype html><title>A long page</title><h1>Heading</h1><p style='height:5000px'>tall</p><a "
                   "href='#x'>end</a>");
        page.close();
        RemoteBrowser browser({});
        QVERIFY(browser.isReady());
        QCOMPARE(ctl(browser.socketPath(), {QStringLiteral("open"), page.fileName()}).output,
                 QStringLiteral("tabs 1\n"));
        QCOMPARE(ctl(browser, "wait 1 --for loaded").exitCode, 0);
        const Ctl tabs = ctl(browser, "tabs");
        QVERIFY2(tabs.output.contains(QStringLiteral("A long page")), qPrintable(tabs.output));
        QCOMPARE(ctl(browser, "text 1").output.section(u'\n', 0, 0), QStringLiteral("Heading"));

        QVERIFY(ctl(browser, "input 1 wheel 400").exitCode == 0);
        QTRY_VERIFY(browser.tab(1)[QStringLiteral("scroll")][QStringLiteral("y")].toInt() == 400);
        QCOMPARE(ctl(browser, "input 1 key End").exitCode, 0);
        QTRY_VERIFY(browser.tab(1)[QStringLiteral("scroll")][QStringLiteral("y")].toInt() > 4000);
        QCOMPARE(ctl(browser, "input 1 click 10 10").exitCode, 0);

        const QString picture = folder.filePath(QStringLiteral("shot.png"));
        QCOMPARE(ctl(browser.socketPath(), {QStringLiteral("screenshot"), QStringLiteral("1"), picture}).exitCode, 0);
        QCOMPARE(QImage(picture).size(), QSize(1280, 800));

        QCOMPARE(ctl(browser, "navigate 1 about:version").exitCode, 0);
        QCOMPARE(ctl(browser, "wait 1 --for text:Protocol").exitCode, 0);
        QCOMPARE(ctl(browser, "back 1").exitCode, 0);
        QCOMPARE(ctl(browser, "wait 1 --for text:Heading").exitCode, 0);
        QCOMPARE(ctl(browser, "forward 1").exitCode, 0);
        QCOMPARE(ctl(browser, "wait 1 --for text:Protocol").exitCode, 0);
        QCOMPARE(ctl(browser, "reload 1").exitCode, 0);
        QCOMPARE(ctl(browser, "wait 1 --for loaded").exitCode, 0);
        const Ctl processes = ctl(browser, "processes --json");
        QVERIFY(QJsonDocument::fromJson(processes.output.toUtf8())[QStringLiteral("processes")].toArray().size() >= 2);

        QCOMPARE(ctl(browser, "open --background about:blank").output, QStringLiteral("tabs 2\n"));
        QCOMPARE(browser.tab(2)[QStringLiteral("active")].toBool(), false);
        QCOMPARE(ctl(browser, "activate 2").exitCode, 0);
        QCOMPARE(browser.tab(2)[QStringLiteral("active")].toBool(), true);
        QCOMPARE(ctl(browser, "close 2").exitCode, 0);
        QVERIFY(browser.tab(2).isEmpty());
        QCOMPARE(ctl(browser, "quit").exitCode, 0);
        QVERIFY(browser.process().waitForEnd());
        QCOMPARE(browser.process().exitCode(), 0);
        QVERIFY(!QFile::exists(browser.socketPath()));
    }

    void aPluginsProcessIsListedAsOneWithTheTabOfItsBox()
    {
        QTemporaryDir folder;
        for (const auto &[name, text] :
             {std::pair("world.hello", "World"),
              std::pair("page.html", "<embed src='world.hello' width='300' height='100'>")}) {
            QFile file(folder.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        }
        RemoteBrowser browser({});
        const int tab =
            browser.openAndWait(QUrl::fromLocalFile(folder.filePath(QStringLiteral("page.html"))).toString());
        QVERIFY(tab > 0);
        const auto plugin = [&] {
            for (const QJsonValue &process :
                 browser.call(QStringLiteral("processes"))[QStringLiteral("processes")].toArray()) {
                if (process[QStringLiteral("type")] == QLatin1String("plugin"))
                    return process.toObject();
            }
            return QJsonObject();
        };
        QTRY_COMPARE_WITH_TIMEOUT(plugin()[QStringLiteral("tabs")].toArray(), QJsonArray{tab}, 30'000);
        QVERIFY(plugin()[QStringLiteral("pid")].toInt() != browser.tab(tab)[QStringLiteral("pid")].toInt());
    }

    void wrongUseNamesTheMistake_data()
    {
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *words, int code, const char *says) {
            QTest::newRow(words) << code << QString::fromLatin1(says);
        };
        row("explode", 2, "explode");
        row("tabs extra", 2, "tabs");
        row("close tab", 2, "\"tab\"");
        row("close --hard 1", 2, "--hard");
        row("input 1 dance", 2, "dance");
        row("input 1 click 10 ten", 2, "ten");
        row("kill many", 2, "many");
        row("kill", 2, "kill ID|PID");
        row("screenshot 1 /no/such/folder/x.png", 2, "/no/such/folder");
        row("trace begin", 2, "start, stop");
        row("trace start", 2, "start FILE");
        row("navigate 1 nonsense://x", 2, "nonsense");
        row("close 77", 1, "77");
        row("kill 999999", 1, "process");
        row("wait 1 --for sunrise", 1, "loaded");
        row("wait 1 --for text:never --timeout 0.2", 1, "never");
        row("kill 1 --signal NONSENSE", 1, "KILL");
    }
    void wrongUseNamesTheMistake()
    {
        static QTemporaryDir profile;
        static RemoteBrowser browser({}, {QStringLiteral("about:blank")});
        QVERIFY(browser.isReady());
        QFETCH(int, exitCode);
        QFETCH(QString, says);
        const Ctl answer = ctl(browser, QTest::currentDataTag());
        QCOMPARE(answer.exitCode, exitCode);
        QVERIFY2(answer.error.contains(says), qPrintable(answer.error));
        QVERIFY(answer.output.isEmpty());
    }

    void withoutAnAppTheExitCodeSaysSo()
    {
        const Ctl answer = ctl(QStringLiteral("/no/such/socket"), {QStringLiteral("tabs")});
        QCOMPARE(answer.exitCode, 3);
        QVERIFY(answer.error.contains(QStringLiteral("/no/such/socket")));
    }

    void garbageIsAnsweredAndHarmsNobody()
    {
        RemoteBrowser browser({});
        QVERIFY(browser.isReady());
        RawClient client(browser);
        for (const auto &[sent, code] : QList<std::pair<QByteArray, int>>{
                 {"hello", -32700},
                 {"\xff\xfe\x00\x01", -32700},
                 {"{", -32700},
                 {"[]", -32600},
                 {"[1]", -32600},
                 {"{}", -32600},
                 {R"({"jsonrpc":"1.0","id":1,"method":"tabs"})", -32600},
                 {R"({"jsonrpc":"2.0","id":{},"method":"tabs"})", -32600},
                 {R"({"jsonrpc":"2.0","id":1,"method":7})", -32600},
                 {R"({"jsonrpc":"2.0","id":1,"method":"tabs","params":[1]})", -32602},
                 {R"({"jsonrpc":"2.0","id":1,"method":"toString"})", -32601},
                 {R"({"jsonrpc":"2.0","id":1,"method":"close","params":{"tab":-1}})", -32000},
                 {R"({"jsonrpc":"2.0","id":1,"method":"close","params":{"tab":1e300}})", -32000},
                 {R"({"jsonrpc":"2.0","id":1,"method":"open","params":{"url":"not absolute"}})", -32602},
                 {R"({"jsonrpc":"2.0","id":1,"method":"kill","params":{"pid":1,"signal":9}})", -32001},
             }) {
            client.send(sent + '\n');
            const QByteArray answer = client.line();
            const int got = answer.startsWith('[') ? errorCode(answer.mid(1, answer.size() - 2)) : errorCode(answer);
            QVERIFY2(got == code, (sent + " -> " + answer).constData());
        }
        // A notification gets no answer; what follows is answered.
        client.send(
            "{\"jsonrpc\":\"2.0\",\"method\":\"tabs\"}\n{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"tabs\"}\n");
        QCOMPARE(QJsonDocument::fromJson(client.line())[QStringLiteral("id")].toString(), QStringLiteral("x"));
        // A batch is answered as one.
        client.send("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tabs\"},{\"jsonrpc\":\"2.0\",\"method\":\"tabs\"},3,"
                    "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"nothing\"}]\n");
        QCOMPARE(QJsonDocument::fromJson(client.line()).array().size(), 3);
        // A line without end is cut off, and so is its sender.
        RawClient endless(browser);
        endless.send(QByteArray(3 << 20, 'x'));
        QVERIFY(endless.isClosedByTheApp() || !endless.line().isEmpty());
        QVERIFY(!browser.call(QStringLiteral("tabs")).isEmpty());
    }

    void aClientThatNeverReadsIsGivenUp()
    {
        RemoteBrowser browser({}, {QStringLiteral("about:start")});
        QVERIFY(browser.isReady());
        QVERIFY(browser.wait(1, QStringLiteral("loaded")));
        RawClient client(browser);
        // Each answer is a picture; none is read.
        for (int i = 0; i < 300 && client.isConnected(); ++i)
            client.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"screenshot\"}\n");
        QVERIFY(!browser.call(QStringLiteral("tabs")).isEmpty());
    }

    void fiftyClientsAtOnceAreAllServed()
    {
        RemoteBrowser browser({}, {QStringLiteral("about:start")});
        QVERIFY(browser.isReady());
        QVERIFY(browser.wait(1, QStringLiteral("loaded")));
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 50; ++i)
            clients.push_back(std::make_unique<RawClient>(browser));
        for (int round = 0; round < 20; ++round) {
            for (std::size_t i = 0; i < clients.size(); ++i) {
                const char *method = i % 3 == 0 ? "tabs" : i % 3 == 1 ? "text" : "processes";
                clients[i]->send(QByteArray("{\"jsonrpc\":\"2.0\",\"id\":") + QByteArray::number(round * 50 + int(i)) +
                                 ",\"method\":\"" + method + "\"}\n");
            }
            for (std::size_t i = 0; i < clients.size(); ++i) {
                const QJsonDocument answer = QJsonDocument::fromJson(clients[i]->line());
                QCOMPARE(answer[QStringLiteral("id")].toInt(), round * 50 + int(i));
                QVERIFY(answer[QStringLiteral("result")].isObject());
            }
        }
    }

    void aForeignUserIsRefused()
    {
        if (::geteuid() != 0)
            QSKIP("only root can become somebody else");
        RemoteBrowser browser({});
        QVERIFY(browser.isReady());
        const QByteArray path = QFile::encodeName(browser.socketPath());
        const QByteArray folder = QFile::encodeName(QFileInfo(browser.socketPath()).absolutePath());
        struct stat info = {};
        // Its owner's alone from the start (0700, by Qt), and 0600 a moment later.
        QVERIFY(::stat(path.constData(), &info) == 0);
        QCOMPARE(int(info.st_mode & 0077), 0);
        QVERIFY(waitFor([&] { return ::stat(path.constData(), &info) == 0 && int(info.st_mode & 0777) == 0600; }));
        // Somebody opens the socket to all: the peer's identity is still looked at.
        QVERIFY(::chmod(folder.constData(), 0755) == 0 && ::chmod(path.constData(), 0666) == 0);
        const pid_t stranger = ::fork();
        if (stranger == 0) {
            if (::setgid(65534) != 0 || ::setuid(65534) != 0)
                ::_exit(9);
            Result<ControlClient> client = ControlClient::connect(browser.socketPath());
            if (!client)
                ::_exit(8); // could not even reach it
            const auto answer = client->call(QStringLiteral("tabs"), {}, std::chrono::seconds(10));
            ::_exit(answer ? 1 : 0);
        }
        int status = 0;
        QCOMPARE(::waitpid(stranger, &status, 0), stranger);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 0);
        QVERIFY(!browser.call(QStringLiteral("tabs")).isEmpty());
    }

    void aSecondStartHandsItsAddressesOver()
    {
        QTemporaryDir profile;
        RemoteBrowser browser(profile.path(), {QStringLiteral("about:blank")});
        QVERIFY(browser.isReady());
        ScopedProcess second(QStringLiteral(BULKHEAD_PROGRAM),
                             {QStringLiteral("--serve"), QStringLiteral("--control-socket"), browser.socketPath(),
                              QStringLiteral("about:version"), QStringLiteral("about:start")});
        QVERIFY(second.waitForEnd());
        QCOMPARE(second.exitCode(), 0);
        QCOMPARE(browser.call(QStringLiteral("tabs"))[QStringLiteral("tabs")].toArray().size(), 3);
        QVERIFY(browser.wait(2, QStringLiteral("text:Protocol")));
    }

    void oneWindowRunsPerProfileAndASecondStartOpensATabThere()
    {
        QTemporaryDir profile, runtime;
        const ScopedProcess::Environment environment{{QStringLiteral("XDG_RUNTIME_DIR"), runtime.path()},
                                                     {QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen")}};
        const QStringList inProfile{QStringLiteral("--profile"), profile.path()};
        const auto run = [&](const QStringList &arguments) {
            ScopedProcess process(QStringLiteral(BULKHEAD_PROGRAM), arguments, environment);
            return process.waitForEnd() ? process.exitCode() : -1;
        };
        const auto ask = [&](const QStringList &words) {
            ScopedProcess process(QStringLiteral(BULKHEAD_PROGRAM),
                                  QStringList{QStringLiteral("ctl")} + inProfile + words, environment);
            return process.waitForEnd() ? QString::fromUtf8(process.output()) : QString();
        };
        ScopedProcess window(QStringLiteral(BULKHEAD_PROGRAM), inProfile + QStringList{QStringLiteral("about:version")},
                             environment);
        QTRY_VERIFY_WITH_TIMEOUT(ask({QStringLiteral("protocol")}).contains(QStringLiteral("mode window")), 30'000);
        QCOMPARE(run(inProfile + QStringList{QStringLiteral("about:playground/text.txt")}), 0);
        QVERIFY(ask({QStringLiteral("tabs")}).contains(QStringLiteral("text.txt")));
        const QString picture = profile.filePath(QStringLiteral("window.png"));
        ask({QStringLiteral("screenshot"), QStringLiteral("--window"), picture});
        QVERIFY(QImage(picture).width() > 400);
        // Another profile is another app.
        QTemporaryDir other;
        ScopedProcess second(QStringLiteral(BULKHEAD_PROGRAM), {QStringLiteral("--profile"), other.path()},
                             environment);
        QTRY_COMPARE_WITH_TIMEOUT(QDir(runtime.path() + QStringLiteral("/bulkhead"))
                                      .entryList({QStringLiteral("*.sock")}, QDir::System)
                                      .size(),
                                  2, 30'000);
        // One that is stopped does not keep a second start waiting for ever.
        QVERIFY(window.signal(SIGSTOP));
        QCOMPARE(run(inProfile + QStringList{QStringLiteral("about:blank")}), 1);
        QVERIFY(window.signal(SIGCONT));
        ask({QStringLiteral("quit")});
        QVERIFY(window.waitForEnd());
        QCOMPARE(window.exitCode(), 0);
    }

    void theSocketOfAKilledAppIsTakenOver()
    {
        QTemporaryDir folder;
        const QString socket = folder.filePath(QStringLiteral("s"));
        const QStringList arguments{QStringLiteral("--serve"), QStringLiteral("--control-socket"), socket};
        ScopedProcess first(QStringLiteral(BULKHEAD_PROGRAM), arguments);
        QTRY_VERIFY_WITH_TIMEOUT(ctl(socket, {QStringLiteral("tabs")}).exitCode == 0, 30'000);
        first.signal(SIGKILL);
        QVERIFY(first.waitForEnd());
        QVERIFY(QFile::exists(socket));
        ScopedProcess second(QStringLiteral(BULKHEAD_PROGRAM), arguments);
        QTRY_VERIFY_WITH_TIMEOUT(ctl(socket, {QStringLiteral("tabs")}).exitCode == 0, 30'000);
    }

    void aPictureOfABackgroundTabIsThatTabs()
    {
        RemoteBrowser browser({}, {QStringLiteral("about:version"), QStringLiteral("about:start")});
        QVERIFY(browser.wait(1, QStringLiteral("loaded")));
        const QJsonObject picture = browser.call(QStringLiteral("screenshot"), {{QStringLiteral("tab"), 2}});
        const QImage image =
            QImage::fromData(QByteArray::fromBase64(picture[QStringLiteral("png")].toString().toLatin1()));
        QCOMPARE(image.size(), QSize(1280, 800));
        QVERIFY(!browser.tab(2)[QStringLiteral("active")].toBool());
    }
};

QTEST_GUILESS_MAIN(RemoteControlTest)
#include "remote_control_test.moc"
