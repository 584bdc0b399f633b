// SPDX-License-Identifier: BSD-3-Clause
// What an author does: with an installed Bulkhead and an empty folder, from `plugin new` to a picture; the README's
// tutorial, word for word; and the shipped plugins through `plugin validate`.
#include "tests/support/scoped_process.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;

class SdkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("run")) &&
                QFile::setPermissions(m_folder.filePath(QStringLiteral("run")),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        const auto [installed, output] =
            run(QStringLiteral(CMAKE_PROGRAM),
                {QStringLiteral("--install"), QStringLiteral(BUILD_FOLDER), QStringLiteral("--prefix"), prefix()});
        QVERIFY2(installed, output.constData());
        m_program = prefix() + QStringLiteral("/bin/bulkhead");
        QVERIFY(QFile::exists(m_program));
        QVERIFY(QFile::exists(prefix() + QStringLiteral("/include/bulkhead/plugin.h")));
        QVERIFY(QFile::exists(prefix() + QStringLiteral("/lib/cmake/Bulkhead/BulkheadConfig.cmake")));
    }

    void aNewPluginBuildsValidatesAndIsShown_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"viewer", "stream", "c"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void aNewPluginBuildsValidatesAndIsShown()
    {
        QFETCH(QString, kind);
        const QString name = QStringLiteral("notes-") + kind;
        QVERIFY(bulkhead({QStringLiteral("plugin"), QStringLiteral("new"), name, QStringLiteral("--kind"), kind},
                         m_folder.path()));
        const QString folder = m_folder.filePath(name);
        QVERIFY(build(folder));
        const QString plugin = folder + QStringLiteral("/build/org.example.%1.bulkplug").arg(name);
        QVERIFY(QFile::exists(plugin + QStringLiteral("/manifest.json")));
        QVERIFY(bulkhead({QStringLiteral("plugin"), QStringLiteral("validate"), plugin, QStringLiteral("--document"),
                          QStringLiteral("sample.") + name},
                         folder));
        const QString picture = folder + QStringLiteral("/shown.png");
        QVERIFY(bulkhead({QStringLiteral("plugin"), QStringLiteral("run"), QStringLiteral("sample.") + name,
                          QStringLiteral("--screenshot"), picture},
                         folder));
        QVERIFY(showsSomething(QImage(picture)));
    }

    void theReadmesTutorialWorksWordForWord()
    {
        QFile readme(QStringLiteral(SOURCE_FOLDER "/README.md"));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(readme.readAll());
        const QString folder = m_folder.filePath(QStringLiteral("tutorial"));
        QDir().mkpath(folder);
        // "`file`:" and then its content in a fence.
        static const QRegularExpression File(QStringLiteral("^`([A-Za-z.]+)`[^\\n]*:\\n\\n```[a-z]*\\n(.*?)\\n```"),
                                             QRegularExpression::MultilineOption |
                                                 QRegularExpression::DotMatchesEverythingOption);
        int files = 0;
        for (auto it = File.globalMatch(text); it.hasNext();) {
            const QRegularExpressionMatch match = it.next();
            QFile out(folder + u'/' + match.captured(1));
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(match.captured(2).toUtf8() + '\n');
            ++files;
            if (match.captured(1) == u"hello.cpp") {
                QFile shipped(QStringLiteral(SOURCE_FOLDER "/plugin_host/plugins/hello/hello.cpp"));
                QVERIFY(shipped.open(QIODevice::ReadOnly));
                QVERIFY2(shipped.readAll().endsWith(match.captured(2).toUtf8() + '\n'),
                         "the shipped plugin is another one");
            }
            if (match.captured(1) == u"hello.cpp")
                QVERIFY2(match.captured(2).count(u'\n') + 1 <= 30, "the tutorial's plugin is longer than 30 lines");
            if (match.captured(1) == u"CMakeLists.txt")
                QVERIFY2(match.captured(2).count(u'\n') + 1 <= 6, "its CMakeLists.txt is longer than 6 lines");
        }
        QCOMPARE(files, 4);
        // The commands, as they stand there.
        static const QRegularExpression Commands(QStringLiteral("`world.hello`, a document:.*?```sh\n(.*?)\n```"),
                                                 QRegularExpression::DotMatchesEverythingOption);
        const QStringList lines = Commands.match(text).captured(1).split(u'\n');
        QCOMPARE(lines.size(), 4);
        for (const QString &line : lines) {
            if (line.startsWith(QStringLiteral("bulkhead plugin run"))) {
                if (!runsAndShows(line, folder))
                    QFAIL(qPrintable(line));
                continue;
            }
            const auto [done, output] = run(QStringLiteral("bash"), {QStringLiteral("-c"), line}, folder);
            QVERIFY2(done, (line.toLocal8Bit() + ": " + output).constData());
        }
        QVERIFY(QFile::exists(
            m_folder.filePath(QStringLiteral("data/bulkhead/plugins/org.bulkhead.hello.bulkplug/manifest.json"))));
        // "Also <embed> in pages."
        QFile page(folder + QStringLiteral("/page.html"));
        QVERIFY(page.open(QIODevice::WriteOnly));
        page.write("<!doctype html><body style='margin:0'><embed src=\"world.hello\" width=300 height=200>");
        page.close();
        QVERIFY(bulkhead({QStringLiteral("plugin"), QStringLiteral("run"), QStringLiteral("page.html"),
                          QStringLiteral("--screenshot"), QStringLiteral("page.png")},
                         folder));
        QCOMPARE(QImage(folder + QStringLiteral("/page.png")).pixel(10, 10) & 0xffffff, 0x1a5fb4u);
        QVERIFY(bulkhead({QStringLiteral("plugin"), QStringLiteral("remove"), QStringLiteral("org.bulkhead.hello")},
                         folder));
    }

    void theShippedPluginsPassWithBrokenContent_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("document");
        QTest::newRow("hello") << QStringLiteral("org.bulkhead.hello") << QByteArray("World");
        QTest::newRow("image") << QStringLiteral("org.bulkhead.image")
                               << QByteArray("P6 16 16 255\n" + QByteArray(16 * 16 * 3, '\x7f'));
        QTest::newRow("waveform")
            << QStringLiteral("org.bulkhead.waveform")
            << QByteArray::fromHex(
                   "52494646441f000057415645666d74201000000001000100401f0000803e0000020010006461746120100000") +
                   QByteArray(4128, 'a');
    }
    void theShippedPluginsPassWithBrokenContent()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, document);
        const QString file = m_folder.filePath(QStringLiteral("document"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(document);
        out.close();
        const QString plugin = prefix() + QStringLiteral("/lib/bulkhead/plugins/%1.bulkplug").arg(id);
        QVERIFY(bulkhead({QStringLiteral("plugin"), QStringLiteral("validate"), plugin, QStringLiteral("--document"),
                          file, QStringLiteral("--json")},
                         m_folder.path()));
        QCOMPARE(QJsonDocument::fromJson(m_output)[QStringLiteral("failures")].toInt(-1), 0);
    }

    void chaosDoesNotPassWhenItCrashes()
    {
        const QString file = m_folder.filePath(QStringLiteral("crash.chaos"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write("crash\n");
        out.close();
        QVERIFY(!bulkhead({QStringLiteral("plugin"), QStringLiteral("validate"),
                           prefix() + QStringLiteral("/lib/bulkhead/plugins/org.bulkhead.chaos.bulkplug"),
                           QStringLiteral("--document"), file},
                          m_folder.path()));
        QVERIFY(m_output.contains("SIGSEGV"));
    }

    void aPluginIsPackedInstalledListedExplainedAndRemoved()
    {
        const QString plugin = prefix() + QStringLiteral("/lib/bulkhead/plugins/org.bulkhead.hello.bulkplug");
        QVERIFY(bulkhead({QStringLiteral("plugin"), QStringLiteral("pack"), plugin}, m_folder.path()));
        QVERIFY(bulkhead(
            {QStringLiteral("plugin"), QStringLiteral("install"), QStringLiteral("org.bulkhead.hello-1.0.0.tar.gz")},
            m_folder.path()));
        const QString place = m_folder.filePath(QStringLiteral("data/bulkhead/plugins/org.bulkhead.hello.bulkplug"));
        QVERIFY(QFile::exists(place + QStringLiteral("/manifest.json")));
        QVERIFY(
            bulkhead({QStringLiteral("plugin"), QStringLiteral("list"), QStringLiteral("--json")}, m_folder.path()));
        QVERIFY(m_output.contains("PLUG-DUPLICATE")); // the system's
        QFile hello(m_folder.filePath(QStringLiteral("a.hello")));
        QVERIFY(hello.open(QIODevice::WriteOnly) && hello.write("x") == 1);
        hello.close();
        QVERIFY(
            bulkhead({QStringLiteral("plugin"), QStringLiteral("why"), QStringLiteral("a.hello")}, m_folder.path()));
        QVERIFY(m_output.contains("-> org.bulkhead.hello"));
        QVERIFY(bulkhead({QStringLiteral("plugin"), QStringLiteral("remove"), QStringLiteral("org.bulkhead.hello")},
                         m_folder.path()));
        QVERIFY(!QFile::exists(place));
        QVERIFY(!bulkhead({QStringLiteral("plugin"), QStringLiteral("remove"), QStringLiteral("../../etc")},
                          m_folder.path()));
        QVERIFY(
            !bulkhead({QStringLiteral("plugin"), QStringLiteral("install"), QStringLiteral("/etc")}, m_folder.path()));
        QVERIFY(m_errors.contains("PLUG-MANIFEST-MISSING"));
    }

private:
    QString prefix() const { return m_folder.filePath(QStringLiteral("installed")); }

    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PATH"),
                           prefix() + QStringLiteral("/bin:") + environment.value(QStringLiteral("PATH")));
        environment.insert(QStringLiteral("CMAKE_PREFIX_PATH"), prefix());
        environment.insert(QStringLiteral("HOME"), m_folder.path());
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_folder.filePath(QStringLiteral("run")));
        environment.insert(QStringLiteral("XDG_DATA_HOME"), m_folder.filePath(QStringLiteral("data")));
        return environment;
    }

    std::pair<bool, QByteArray> run(const QString &program, const QStringList &arguments, const QString &folder = {})
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        if (!folder.isEmpty())
            process.setWorkingDirectory(folder);
        process.start(program, arguments);
        const bool ended = process.waitForFinished(600'000);
        m_output = process.readAllStandardOutput();
        m_errors = process.readAllStandardError();
        return {ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, m_output + m_errors};
    }

    /// Runs a line that opens the window, and asks the app that it starts for a picture.
    bool runsAndShows(const QString &line, const QString &folder)
    {
        QProcess app;
        app.setProcessEnvironment(environment());
        app.setWorkingDirectory(folder);
        app.start(QStringLiteral("bash"), {QStringLiteral("-c"), line});
        const QString picture = folder + QStringLiteral("/shown.png");
        bool there = false;
        const QDeadlineTimer deadline(std::chrono::minutes(2));
        while (!there && app.state() != QProcess::NotRunning && !deadline.hasExpired()) {
            there = run(m_program, {QStringLiteral("ctl"), QStringLiteral("wait"), QStringLiteral("--for"),
                                    QStringLiteral("loaded")})
                        .first;
            app.waitForFinished(there ? 0 : 100);
        }
        const bool shown =
            there &&
            run(m_program, {QStringLiteral("ctl"), QStringLiteral("screenshot"), QStringLiteral("1"), picture}).first &&
            showsSomething(QImage(picture));
        run(m_program, {QStringLiteral("ctl"), QStringLiteral("quit")});
        const bool ended = app.waitForFinished(60'000);
        if (!shown || !ended)
            qInfo("%s %s", app.readAllStandardOutput().constData(), app.readAllStandardError().constData());
        return shown && ended && app.exitCode() == 0;
    }

    bool bulkhead(const QStringList &arguments, const QString &folder)
    {
        const auto [done, output] = run(m_program, arguments, folder);
        if (!done)
            qInfo("%s: %s", qPrintable(arguments.join(u' ')), output.constData());
        return done;
    }

    bool build(const QString &folder)
    {
        const auto [configured, why] = run(
            QStringLiteral(CMAKE_PROGRAM),
            {QStringLiteral("-B"), QStringLiteral("build"), QStringLiteral("-DCMAKE_PREFIX_PATH=") + prefix()}, folder);
        if (!configured)
            qInfo("%s", why.constData());
        const auto [built, whyNot] =
            run(QStringLiteral(CMAKE_PROGRAM), {QStringLiteral("--build"), QStringLiteral("build")}, folder);
        if (!built)
            qInfo("%s", whyNot.constData());
        return configured && built;
    }

    static bool showsSomething(const QImage &image)
    {
        int different = 0;
        for (int y = 0; y < image.height(); y += 2) {
            for (int x = 0; x < image.width(); x += 2)
                different += image.pixel(x, y) != image.pixel(0, 0);
        }
        return !image.isNull() && different > 50;
    }

    QTemporaryDir m_folder;
    QString m_program;
    QByteArray m_output, m_errors;
};

QTEST_GUILESS_MAIN(SdkTest)
#include "sdk_test.moc"
