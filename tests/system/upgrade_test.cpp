// SPDX-License-Identifier: BSD-3-Clause
// The whole program, with its window, on a profile of the version before settings.json.
#include "browser/desktop/remote/control_client.h"
#include "tests/support/scoped_process.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace bulkhead;

namespace {

constexpr std::chrono::seconds Limit{30};

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void copyFolder(const QString &from, const QString &to)
{
    for (QDirIterator file(from, QDir::Files, QDirIterator::Subdirectories); file.hasNext();) {
        const QString name = file.next(), copy = to + name.mid(from.size());
        QDir().mkpath(QFileInfo(copy).path());
        QVERIFY(QFile::copy(name, copy));
        QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner));
    }
}

/// The program with a window that nobody sees.
class Window
{
public:
    Window(const QString &profile, const QString &socket)
        : m_process(QStringLiteral(BULKHEAD_PROGRAM),
                    {QStringLiteral("--profile"), profile, QStringLiteral("--control-socket"), socket},
                    {{QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen")}})
    {
        const bool answered = waitFor([&] {
            Result<ControlClient> client = ControlClient::connect(socket);
            if (client)
                m_client = std::move(*client);
            return m_client.has_value() || !m_process.isRunning();
        });
        if (!answered)
            qWarning("the program does not listen: %s", m_process.errorOutput().constData());
    }
    bool isReady() const { return m_client.has_value(); }
    QJsonObject call(const QString &method, const QJsonObject &params = {})
    {
        const auto answer = m_client->call(method, params, Limit);
        return answer && *answer ? (*answer)->toObject() : QJsonObject();
    }
    QSize size()
    {
        const QJsonObject picture = call(QStringLiteral("screenshot"), {{QStringLiteral("window"), true}});
        return {picture[QStringLiteral("width")].toInt(), picture[QStringLiteral("height")].toInt()};
    }
    bool quit()
    {
        call(QStringLiteral("quit"));
        return m_process.waitForEnd(Limit) && m_process.exitCode() == 0;
    }
    ScopedProcess &process() { return m_process; }

private:
    ScopedProcess m_process;
    std::optional<ControlClient> m_client;
};

} // namespace

class SystemUpgradeTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_profile;

    QString path(const char *name) const { return m_profile->filePath(QLatin1String(name)); }
    QJsonObject settings() const
    {
        const QJsonObject file = QJsonDocument::fromJson(contentOf(path("settings.json"))).object();
        return file[QStringLiteral("settings")].toObject();
    }

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        copyFolder(QStringLiteral(OLD_PROFILE), m_profile->path());
    }

    void theProfileIsTakenOver()
    {
        const QByteArray ini = contentOf(path("settings.ini"));
        const QByteArray permissions = contentOf(path("data/plugin-permissions.json"));
        QVERIFY(!ini.isEmpty() && !permissions.isEmpty());
        for (int start = 0; start < 2; ++start) {
            Window window(m_profile->path(), path("socket"));
            QVERIFY2(window.isReady(), window.process().errorOutput().constData());
            QCOMPARE(window.size(), QSize(712, 541));
            // Neither taken nor dropped by the first run, so it is offered to the second.
            QCOMPARE(window.call(QStringLiteral("session"))[QStringLiteral("offered")].toInt(), 2);
            if (start == 1)
                QCOMPARE(window.call(QStringLiteral("session.restore"))[QStringLiteral("restored")].toInt(), 2);
            QVERIFY2(window.quit(), window.process().errorOutput().constData());
            QVERIFY2(!window.process().errorOutput().contains("settings"), window.process().errorOutput().constData());
            QVERIFY(settings().contains(QStringLiteral("window.geometry")));
            QCOMPARE(settings()[QStringLiteral("window.panelWidth")].toInt(), 345);
        }
        QCOMPARE(contentOf(path("settings.ini")), ini);
        QCOMPARE(contentOf(path("data/plugin-permissions.json")), permissions); // nothing was decided
        QVERIFY(contentOf(path("data/history.jsonl")).contains("Document 1"));
    }

    void aSignalsEndKeepsTheWindowsPlace()
    {
        QVERIFY(QFile::remove(path("settings.ini"))); // a new profile
        for (const int signal : {SIGTERM, SIGHUP, SIGINT}) {
            QFile::remove(path("settings.json"));
            Window window(m_profile->path(), path("socket"));
            QVERIFY2(window.isReady(), window.process().errorOutput().constData());
            QVERIFY(!settings().contains(QStringLiteral("window.geometry")));
            window.process().signal(signal);
            QVERIFY(window.process().waitForEnd(Limit));
            QCOMPARE(window.process().exitCode(), 128 + signal);
            QVERIFY(settings().contains(QStringLiteral("window.geometry")));
        }
    }

    // One with a control socket of its own takes no notice of the other.
    void twoOfOneProfileLeaveAWholeFile()
    {
        Window one(m_profile->path(), path("one"));
        Window two(m_profile->path(), path("two"));
        QVERIFY(one.isReady() && two.isReady());
        QTRY_COMPARE(settings()[QStringLiteral("window.panelWidth")].toInt(), 345);
        one.process().signal(SIGTERM);
        QVERIFY(two.quit());
        QVERIFY(one.process().waitForEnd(Limit));
        QCOMPARE(settings().size(), 3); // geometry, panel, tools
        QCOMPARE(QDir(m_profile->path()).entryList({QStringLiteral("settings*")}, QDir::Files),
                 QStringList({QStringLiteral("settings.ini"), QStringLiteral("settings.json")}));
    }

    void aNewerVersionsProfileIsNotHarmed()
    {
        const QByteArray newer = "{\"version\": 9, \"settings\": {\"window.panelWidth\": 222, \"future\": [1]}}";
        const QByteArray session = "{\"format\": 99, \"windows\": []}";
        for (const auto &[name, content] :
             {std::pair("settings.json", newer), std::pair("data/session.json", session)}) {
            QFile file(path(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        }
        Window window(m_profile->path(), path("socket"));
        QVERIFY(window.isReady());
        QCOMPARE(window.call(QStringLiteral("session"))[QStringLiteral("offered")].toInt(-1), 0);
        QVERIFY(window.quit());
        QVERIFY(window.process().errorOutput().contains("session.json.newer-1"));
        QCOMPARE(contentOf(path("data/session.json.newer-1")), session);
        QCOMPARE(contentOf(path("settings.json.version-9")), newer);
        QCOMPARE(settings()[QStringLiteral("future")].toArray(), QJsonArray{1});
        QCOMPARE(settings()[QStringLiteral("window.panelWidth")].toInt(), 222);
        QVERIFY(settings().contains(QStringLiteral("window.geometry")));
    }
};

QTEST_GUILESS_MAIN(SystemUpgradeTest)
#include "upgrade_test.moc"
