// SPDX-License-Identifier: BSD-3-Clause
// The program as a script sees it: output, exit codes, sentences.
#include "tests/support/doc_corpus.h"
#include "tests/support/loopback_server.h"
#include "tests/support/scoped_process.h"

#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;

namespace {

struct Run
{
    int exitCode = -1;
    QByteArray output, error;
};

Run run(const QStringList &arguments)
{
    // No display of any kind.
    ScopedProcess process(QStringLiteral("/usr/bin/env"),
                          QStringList{QStringLiteral("-u"), QStringLiteral("DISPLAY"), QStringLiteral("-u"),
                                      QStringLiteral("WAYLAND_DISPLAY"), QStringLiteral("-u"),
                                      QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral(BULKHEAD_PROGRAM)} +
                              arguments);
    if (!process.waitForEnd(std::chrono::seconds(60)))
        return {};
    return {process.exitCode(), process.output(), process.errorOutput()};
}

} // namespace

class CommandLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aScreenshotIsAPictureAndALineOfJson()
    {
        const DocCorpus python(Doc::Python);
        if (!python.isInstalled())
            QSKIP(qPrintable(python.whyMissing()));
        QTemporaryDir folder;
        const QString picture = folder.filePath(QStringLiteral("page.png"));
        const Run r = run({QStringLiteral("--headless"), QStringLiteral("--screenshot"), picture,
                           QStringLiteral("--window-size"), QStringLiteral("640x480"), QStringLiteral("--scale"),
                           QStringLiteral("2"), python.folder() + QStringLiteral("/index.html")});
#ifndef __SANITIZE_ADDRESS__ // which weakens the sandbox, and that is said
        QCOMPARE(r.error, QByteArray());
#endif
        QCOMPARE(r.exitCode, 0);
        const QJsonObject json = QJsonDocument::fromJson(r.output).object();
        QCOMPARE(r.output.count('\n'), 1);
        QCOMPARE(json.keys(),
                 QStringList({QStringLiteral("first_frame_ms"), QStringLiteral("frames"), QStringLiteral("height"),
                              QStringLiteral("load_ms"), QStringLiteral("renderer_pid"), QStringLiteral("title"),
                              QStringLiteral("url"), QStringLiteral("width")}));
        QVERIFY(json[QStringLiteral("title")].toString().contains(QStringLiteral("Documentation")));
        QCOMPARE(json[QStringLiteral("width")].toInt(), 1280);
        QVERIFY(json[QStringLiteral("renderer_pid")].toInt() > 1);
        const QImage image(picture);
        QCOMPARE(image.size(), QSize(1280, 960));
        QSet<QRgb> colors;
        for (int y = 0; y < image.height(); y += 3)
            for (int x = 0; x < image.width(); x += 3)
                colors.insert(image.pixel(x, y));
        QVERIFY2(colors.size() > 20, "the picture is (nearly) blank");
    }

    void aFullPageScreenshotIsAsTallAsThePage()
    {
        QTemporaryDir folder;
        QFile html(folder.filePath(QStringLiteral("tall.html")));
        QVERIFY(html.open(QIODevice::WriteOnly));
        html.write("<body style='margin:0'><div style='height:3000px;background:#def'>x</div>");
        html.close();
        const QString picture = folder.filePath(QStringLiteral("tall.png"));
        const Run r = run({QStringLiteral("--screenshot"), picture, QStringLiteral("--full-page"), html.fileName()});
        QCOMPARE(r.exitCode, 0);
        QCOMPARE(QImage(picture).height(), 3000);
    }

    void theTextOfAPageIsPrinted()
    {
        const DocCorpus debian(Doc::DebianReference);
        if (!debian.isInstalled())
            QSKIP(qPrintable(debian.whyMissing()));
        const Run r = run({QStringLiteral("--dump-text"), debian.folder() + u'/' + debian.pages().first()});
        QCOMPARE(r.exitCode, 0);
        QVERIFY(r.output.size() > 500);
        QVERIFY(r.output.contains("Debian"));
    }

    void whatCannotBeLoadedIsExitCodeOneAndASentence()
    {
        LoopbackServer server;
        server.set(QStringLiteral("/never"), LoopbackAnswer::never());
        for (const QString &url : {QStringLiteral("http://127.0.0.1:9/"), QStringLiteral("about:nonsense"),
                                   QStringLiteral("http://no-such-host.invalid/")}) {
            const Run r = run({QStringLiteral("--dump-text"), QStringLiteral("--timeout"), QStringLiteral("20"), url});
            QCOMPARE(r.exitCode, 1);
            QVERIFY(r.error.startsWith("bulkhead: "));
            QVERIFY(r.output.isEmpty());
        }
        const Run slow = run({QStringLiteral("--dump-text"), QStringLiteral("--timeout"), QStringLiteral("1"),
                              server.url(QStringLiteral("/never")).toString()});
        QCOMPARE(slow.exitCode, 1);
        QVERIFY(slow.error.contains("after 1 seconds"));
    }

    void aRendererThatDiesIsExitCodeThree()
    {
        QTemporaryDir folder;
        for (const char *page : {"about:crash", "about:abort", "about:kill"}) {
            const Run r = run(
                {QStringLiteral("--screenshot"), folder.filePath(QStringLiteral("x.png")), QString::fromLatin1(page)});
            QCOMPARE(r.exitCode, 3);
            QVERIFY(r.error.contains("signal"));
            QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("x.png"))));
        }
    }

    void usageErrorsNameTheMistakeAndAreExitCodeTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("names");
        const auto row = [](const char *line, const char *names) {
            QTest::newRow(line) << QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts) << QByteArray(names);
        };
        row("--no-such-option", "no-such-option");
        row("--headless", "--screenshot");
        row("--headless --screenshot /tmp/x.png", "address");
        row("--dump-text one two", "2");
        row("--dump-text /no/such/file.html", "/no/such/file.html");
        row("--dump-text nonsense://x", "nonsense");
        row("--screenshot /no/such/folder/x.png about:blank", "/no/such/folder");
        row("--dump-text --window-size 0x100 about:blank", "0x100");
        row("--dump-text --window-size huge about:blank", "huge");
        row("--dump-text --window-size 99999x10 about:blank", "99999x10");
        row("--dump-text --scale -1 about:blank", "-1");
        row("--dump-text --scale nan about:blank", "nan");
        row("--dump-text --timeout soon about:blank", "soon");
        row("--process-model per-planet", "per-planet");
        row("--plugin-process-model per-planet", "per-planet");
        row("--renderer-limit 0", "0");
        row("--renderer-memory 5", "5");
        row("--log-level loud", "loud");
        row("--color-scheme pink", "pink");
        row("--log-file /no/such/folder/log --dump-text about:blank", "/no/such/folder/log");
        row("--scale=9 --dump-text about:blank", "from 0.25 to 8");
        row("--renderer-memory=63M", "64M");
        row("--renderer-threads", "--renderer-threads needs a value");
        row("--headles --dump-text about:blank", "Did you mean --headless?");
        row("--json about:blank", "sandbox-check");
        row("sandbox-check extra", "extra");
        row("ctl", "tabs");
        row("ctl tab", "Did you mean tabs?");
        row("ctl wait --timeout soon", "soon");
        row("ctl trace start", "bulkhead ctl trace start FILE");
        row("lab rum", "Did you mean run?");
        row("lab run pipe --sizes 64", "Did you mean --size?");
        row("lab run pipe --size", "--size needs a value");
        row("lab frames --rate=fast", "max");
        row("experiment", "lint");
        row("experiment run", "bulkhead experiment run FILE");
        row("experiment run x --seed=0", "from 1 to 4294967295");
        row("plugin", "validate");
        row("plugin new Name", "Name");
        row("plugin new name --kind painting", "viewer, stream or c");
        row("plugin run", "bulkhead plugin run FILE");
        row("plugin run x --plugin", "--plugin needs a value");
        row("plugin list --yaml", "--yaml");
        row("--completion tcsh", "bash, zsh or fish");
    }
    void usageErrorsNameTheMistakeAndAreExitCodeTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, names);
        const Run r = run(arguments);
        QCOMPARE(r.exitCode, 2);
        QVERIFY2(r.error.contains(names), r.error.constData());
        QVERIFY(r.output.isEmpty());
        // A sentence, and where there is more.
        QCOMPARE(r.error.count('\n'), 2);
        QVERIFY2(r.error.startsWith("bulkhead") && r.error.contains("Try \"bulkhead"), r.error.constData());
    }

    void withoutADisplayAWindowIsRefusedWithAHint()
    {
        const Run r = run({QStringLiteral("about:blank")});
        QCOMPARE(r.exitCode, 2);
        QVERIFY(r.error.contains("--headless"));
        QVERIFY(r.error.contains("xvfb"));
    }

    void theLogNamesRoleAndPidOfEveryLine()
    {
        QTemporaryDir folder;
        const QString log = folder.filePath(QStringLiteral("log"));
        const Run r = run({QStringLiteral("--dump-text"), QStringLiteral("--log-level"), QStringLiteral("debug"),
                           QStringLiteral("--log-file"), log, QStringLiteral("about:blank")});
        QCOMPARE(r.exitCode, 0);
        QFile file(log);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto lines = file.readAll().trimmed().split('\n');
        static const QRegularExpression Line(QStringLiteral(
            "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\w+ +\\[(browser|zygote|renderer) \\d+"));
        QVERIFY(lines.size() >= 2);
        for (const QByteArray &line : lines)
            QVERIFY2(Line.match(QString::fromUtf8(line)).hasMatch(), line.constData());
    }

    void helpAndVersionNeedNothing()
    {
        const Run help = run({QStringLiteral("--help")});
        QCOMPARE(help.exitCode, 0);
        for (const char *command : {"ctl", "lab", "experiment", "plugin", "sandbox-check"}) {
            QVERIFY2(help.output.contains(QByteArray("\n  ") + command + ' '), command);
            const Run one = run({QString::fromLatin1(command), QStringLiteral("--help")});
            QCOMPARE(one.exitCode, 0);
            QVERIFY2(one.output.startsWith(QByteArray("usage: bulkhead ") + command), one.output.constData());
        }
        const Run deep = run({QStringLiteral("lab"), QStringLiteral("run"), QStringLiteral("--help")});
        QCOMPARE(deep.exitCode, 0);
        QVERIFY(deep.output.simplified().contains("from 1 to 1000; 5 unless given")); // lines are broken anywhere
        for (const char *shell : {"bash", "zsh", "fish"}) {
            const Run script = run({QStringLiteral("--completion"), QString::fromLatin1(shell)});
            QCOMPARE(script.exitCode, 0);
            QVERIFY2(script.output.contains("sandbox-check"), shell);
        }
        const Run version = run({QStringLiteral("--version")});
        QCOMPARE(version.exitCode, 0);
        QVERIFY(version.output.startsWith("Bulkhead "));
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command_line_test.moc"
