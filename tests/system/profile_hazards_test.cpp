// SPDX-License-Identifier: BSD-3-Clause
// Whatever stands in the place of a file of the profile: the app starts, shows pages, and ends when it is told to.
#include "tests/support/scoped_process.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

constexpr std::chrono::seconds Limit{20}; // of a machine that is busy; the app's own are five

/// These are moved away, to NAME.broken-1, so that what is new can be kept.
const QStringList KeptFiles = {QStringLiteral("settings.json"),      QStringLiteral("data/session.json"),
                               QStringLiteral("data/history.jsonl"), QStringLiteral("data/plugin-permissions.json"),
                               QStringLiteral("data/folders.json"),  QStringLiteral("data/private-network.json")};
const QStringList OtherFiles = {QStringLiteral("settings.ini"), QStringLiteral("data/cookies"),
                                QStringLiteral("data/crashes/a.json"), QStringLiteral("data/lab/last-latency.json"),
                                QStringLiteral("data/plugin-storage")};

/// What is under that name itself, as the kernel tells it.
QString identity(const QString &path)
{
    struct stat status = {};
    if (::lstat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
    return QStringLiteral("%1 %2").arg(status.st_ino).arg(status.st_mode & S_IFMT);
}

void put(const QString &what, const QString &path)
{
    QDir().mkpath(QFileInfo(path).path());
    const QByteArray name = QFile::encodeName(path);
    if (what == u"pipe")
        QVERIFY(::mkfifo(name.constData(), 0600) == 0);
    else if (what == u"folder")
        QVERIFY(::mkdir(name.constData(), 0700) == 0);
    else if (what == u"link to /dev/zero")
        QVERIFY(::symlink("/dev/zero", name.constData()) == 0);
    else if (what == u"10 GB") {
        const int file = ::open(name.constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        QVERIFY(::ftruncate(file, qint64(10) << 30) == 0);
        ::close(file);
    }
}

} // namespace

class ProfileHazardsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAppStartsAndEnds_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"pipe", "folder", "link to /dev/zero", "10 GB"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    void theAppStartsAndEnds()
    {
        QFETCH(QString, what);
        QTemporaryDir profile;
        QHash<QString, QString> before;
        for (const QString &file : KeptFiles + OtherFiles) {
            put(what, profile.filePath(file));
            before[file] = identity(profile.filePath(file));
            QVERIFY(!before[file].isEmpty());
        }
        ScopedProcess app(QStringLiteral(BULKHEAD_PROGRAM),
                          {QStringLiteral("--profile"), profile.path(), QStringLiteral("--log-level"),
                           QStringLiteral("debug"), QStringLiteral("about:version")},
                          {{QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen")}});
        // A page's process is there: nothing before it waited.
        QVERIFY2(app.waitForErrorOutput("[renderer", Limit), app.errorOutput().constData());
        QVERIFY(app.signal(SIGTERM));
        QVERIFY2(app.waitForEnd(Limit), app.errorOutput().constData());
        QCOMPARE(app.exitCode(), 128 + SIGTERM);
        // All of it is there still, and told of. A history of 10 GB is one, and read as far as it goes.
        for (const QString &file : KeptFiles) {
            const QString aside = profile.filePath(file) + QStringLiteral(".broken-1");
            if (what == u"10 GB" && file.contains(u"history")) {
                QCOMPARE(identity(profile.filePath(file)), before[file]);
                continue;
            }
            QCOMPARE(identity(aside), before[file]);
            QVERIFY2(app.errorOutput().contains(aside.toUtf8()), app.errorOutput().constData());
        }
        for (const QString &file : OtherFiles)
            QCOMPARE(identity(profile.filePath(file)), before[file]);
        struct stat zero = {};
        QCOMPARE(::stat("/dev/zero", &zero), 0);
        QVERIFY(S_ISCHR(zero.st_mode));
    }

    // The signal comes at any moment of the start, the first ones before there is anybody to catch it.
    void aSignalEndsItAlsoWhileItStarts_data()
    {
        QTest::addColumn<int>("milliseconds");
        for (const int milliseconds : {0, 5, 20, 50, 100, 200, 400})
            QTest::addRow("after %d ms", milliseconds) << milliseconds;
    }
    void aSignalEndsItAlsoWhileItStarts()
    {
        QFETCH(int, milliseconds);
        QTemporaryDir profile;
        for (const QString &file : KeptFiles + OtherFiles)
            put(QStringLiteral("pipe"), profile.filePath(file));
        ScopedProcess app(QStringLiteral(BULKHEAD_PROGRAM), {QStringLiteral("--profile"), profile.path()},
                          {{QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen")}});
        QVERIFY(app.isStarted());
        QTest::qWait(milliseconds);
        app.signal(SIGTERM);
        QVERIFY(app.waitForEnd(Limit));
        QVERIFY2(app.exitCode() == 128 + SIGTERM || app.exitCode() == -SIGTERM,
                 qPrintable(QString::number(app.exitCode())));
    }
};

QTEST_GUILESS_MAIN(ProfileHazardsTest)
#include "profile_hazards_test.moc"
