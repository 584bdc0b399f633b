// SPDX-License-Identifier: BSD-3-Clause
// The sandbox of real pages: seen from outside, met by forbidden calls, shown to a person, and of no effect on pixels.
#include "browser/host/processes/sandbox_verdict.h"
#include "browser/tools/cages/process_facts.h"
#include "browser/tools/cages/sandbox_page.h"
#include "tests/support/initiators.h"
#include "tests/support/lacking.h"
#include "tests/support/scoped_process.h"
#include "tests/system/real_session.h"
#include "tests/system/sandbox/victim.h"

#include <QDir>
#include <QImage>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <sys/syscall.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

Tab *openAndWait(RealSession &session, const QUrl &url)
{
    Tab *tab = session.tabs.open(url, test::person());
    QSignalSpy loaded(tab, &Tab::loaded);
    // Shown, too: until then the tab names no process.
    return waitFor([&] { return (loaded.count() > 0 && tab->rendererPid() > 0) || tab->crash(); }) && !tab->crash()
               ? tab
               : nullptr;
}

PageProcess *hostOf(RealSession &session, const Tab *tab)
{
    for (PageProcess *host : session.renderers.hosts()) {
        if (host->pid() == tab->rendererPid())
            return host;
    }
    return nullptr;
}

wire::BrowserToRenderer deed(wire::TrySandbox::Deed what)
{
    wire::BrowserToRenderer message;
    message.mutable_try_sandbox()->set_deed(what);
    message.mutable_try_sandbox()->set_browser_pid(int(::getpid()));
    return message;
}

/// 64 x 64 pixels in four colours, one frame: Qt reads GIF and does not write it. Codes of three bits and a clear code
/// after every second pixel, so that the code width never grows.
QByteArray stillGif()
{
    QByteArray data("GIF89a\x40\0\x40\0\x81\0\0", 13);
    data += QByteArray("\x1e\x5a\xa0\xf0\xa0\x14\xff\xff\xff\x20\x80\x40", 12);
    data += QByteArray(",\0\0\0\0\x40\0\x40\0\0\x02", 11);
    QByteArray bits;
    quint32 held = 0;
    int count = 0;
    const auto put = [&](quint32 code) {
        held |= code << count;
        for (count += 3; count >= 8; count -= 8, held >>= 8)
            bits += char(held & 0xff);
    };
    for (int i = 0; i < 64 * 64; ++i) {
        if (i % 2 == 0)
            put(4); // clear
        put(quint32((i % 64 / 9 + i / 64 / 7) % 4));
    }
    put(5); // end
    if (count > 0)
        bits += char(held & 0xff);
    for (qsizetype at = 0; at < bits.size(); at += 255) {
        const QByteArray block = bits.mid(at, 255);
        data += char(block.size());
        data += block;
    }
    return data + QByteArray("\0;", 2);
}

QByteArray textOf(ScopedProcess &process)
{
    return process.waitForEnd(std::chrono::seconds(120)) ? process.output()
                                                         : QByteArray("did not end: ") + process.errorOutput();
}

} // namespace

class SandboxTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunningRendererSeenFromOutside()
    {
        RealSession session;
        Tab *tab = openAndWait(session, QUrl(QStringLiteral("data:text/html,<p>hello")));
        QVERIFY(tab);
        const auto facts = ProcessFacts::of(tab->rendererPid());
        QVERIFY(facts);
        QCOMPARE(facts->seccompMode, 2);
        QVERIFY(facts->noNewPrivileges);
        QCOMPARE(facts->capabilities, 0u);
        const wire::SandboxReport &report = hostOf(session, tab)->sandbox();
        const bool sanitized = !report.relaxations().empty();
        QVERIFY(sanitized || facts->limits.value(QStringLiteral("Max data size")) == QString::number(1 << 30));
        QCOMPARE(facts->limits.value(QStringLiteral("Max file size")), QStringLiteral("0"));
        if (::geteuid() != 0)
            QSKIP("only root may look at a locked-down process's root and descriptors");
        const QString proc = QStringLiteral("/proc/%1/").arg(tab->rendererPid());
        if (report.mode() == wire::USER_NAMESPACE || report.mode() == wire::ROOT_NAMESPACES) {
            const QDir root(proc + QStringLiteral("root"));
            QVERIFY(root.exists());
            QCOMPARE(root.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot),
                     QStringList());
        }
        const QDir fds(proc + QStringLiteral("fd"));
        const QStringList numbers = fds.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
        QVERIFY(numbers.size() >= 4);
        for (const QString &number : numbers) {
            char target[256] = {};
            QVERIFY(::readlink(QFile::encodeName(fds.filePath(number)).constData(), target, sizeof target - 1) > 0);
            const QByteArray kind(target);
            QVERIFY2(kind.startsWith("socket:") || kind.startsWith("pipe:") || kind.startsWith("/memfd:") ||
                         kind == "anon_inode:[eventfd]",
                     kind.constData());
        }
    }

    void theZygoteHoldsNoPagesAndNoFiles()
    {
        RealSession session;
        QVERIFY(openAndWait(session, QUrl(QStringLiteral("about:blank"))));
        const auto facts = ProcessFacts::of(session.context.zygotePid());
        QVERIFY(facts);
        QCOMPARE(facts->threads, 1);
    }

    void aForbiddenCallIsNamedInTheTab()
    {
        RealSession session;
        Tab *tab = openAndWait(session, QUrl(QStringLiteral("data:text/html,<p>hello")));
        QVERIFY(tab);
        PageProcess *host = hostOf(session, tab);
        if (!host->sandbox().relaxations().empty())
            QSKIP("a build with sanitizers ends nobody for a call");
        SKIP_WHEN_LACKING(lacking::callListeners());
        QVERIFY(stepOf(host->sandbox(), wire::LAYER_FORBIDDEN_CALLS_NAMED)->done());
        host->channel().request(deed(wire::TrySandbox::FORK), std::chrono::seconds(30),
                                [](const wire::RendererToBrowser *, Channel::Envelope &) {});
        QVERIFY(waitFor([&] { return bool(tab->crash()); }));
        QCOMPARE(int(tab->crash()->kind), int(ExitKind::ForbiddenCall));
        QCOMPARE(tab->crash()->number, int(SYS_clone));
        QVERIFY2(tab->crash()->detail.startsWith(QStringLiteral("clone(17, ")), qPrintable(tab->crash()->detail));
        QVERIFY(tab->crash()->sentence().contains(QStringLiteral("number %1, clone(17").arg(SYS_clone)));
        QVERIFY(tab->crash()->code().startsWith(QStringLiteral("forbidden-call %1 clone").arg(SYS_clone)));
    }

    void anExternalSignalIsToldFromAForbiddenCall_data()
    {
        QTest::addColumn<int>("number");
        for (const int number : {SIGTERM, SIGABRT, SIGSEGV, SIGSYS, SIGKILL, SIGUSR1})
            QTest::addRow("%s", ::sigabbrev_np(number)) << number;
    }
    void anExternalSignalIsToldFromAForbiddenCall()
    {
        QFETCH(int, number);
        RealSession session;
        Tab *tab = openAndWait(session, QUrl(QStringLiteral("data:text/html,<p>hello")));
        QVERIFY(tab);
        if (number == SIGSYS) { // without a pid namespace a signal from outside looks like the kernel's own
            SKIP_WHEN_LACKING(lacking::namespaces());
            QVERIFY(hostOf(session, tab)->sandbox().mode() != wire::NO_NAMESPACES);
        }
        QCOMPARE(::kill(pid_t(tab->rendererPid()), number), 0);
        QVERIFY(waitFor([&] { return bool(tab->crash()); }));
        QCOMPARE(int(tab->crash()->kind), int(ExitKind::Signal));
        QCOMPARE(tab->crash()->number, number);
    }

    void softlyRefusedDeedsAreAnsweredAndThePageGoesOn()
    {
        RealSession session;
        Tab *tab = openAndWait(session, QUrl(QStringLiteral("data:text/html,<p>hello")));
        QVERIFY(tab);
        for (const auto what :
             {wire::TrySandbox::OPEN_FILE, wire::TrySandbox::CONNECT, wire::TrySandbox::WRITABLE_CODE}) {
            std::optional<wire::SandboxAttempted> answer;
            hostOf(session, tab)
                ->channel()
                .request(deed(what), std::chrono::seconds(30),
                         [&](const wire::RendererToBrowser *reply, Channel::Envelope &) {
                             if (reply)
                                 answer = reply->sandbox_attempted();
                         });
            QVERIFY(waitFor([&] { return answer || tab->crash(); }));
            QVERIFY(answer);
            QCOMPARE(answer->error(), EACCES);
        }
        QVERIFY(!tab->crash());
    }

    void aPageOverItsMemoryEndsWithThatReason()
    {
        PageProcessPool::Options options;
        options.memoryLimit = quint64(128) << 20;
        RealSession session(options);
        Tab *tab = session.tabs.open(QUrl(QStringLiteral("about:oom")), test::person());
        QVERIFY(waitFor([&] { return bool(tab->crash()); }));
        QCOMPARE(int(tab->crash()->kind), int(ExitKind::OutOfMemory));
    }

    void theInternalPageShowsAndTries()
    {
        RealSession session;
        InternalActs acts;
        SandboxPage page(session.renderers, session.context.children(), acts, QStringLiteral("bulkhead-child"));
        QVERIFY(openAndWait(session, QUrl(QStringLiteral("data:text/html,<p>hello"))));
        const auto open = [&](const QString &url, const QString &act = {}) {
            const std::unique_ptr<Fetch> fetch = page.open({QUrl(url), act});
            QByteArray html;
            bool done = false;
            connect(fetch.get(), &Fetch::readyRead, this, [&] { html += fetch->read(1 << 20); });
            connect(fetch.get(), &Fetch::finished, this, [&] {
                html += fetch->read(1 << 20);
                done = true;
            });
            return waitFor([&] { return done; }, std::chrono::seconds(60)) ? QString::fromUtf8(html)
                                                                           : QStringLiteral("no answer");
        };
        const QString first = open(QStringLiteral("about:sandbox"));
        QVERIFY2(first.contains(QStringLiteral("system call filter")) && first.contains(QStringLiteral("not tried")),
                 qPrintable(first));
        QCOMPARE(
            first.count(QStringLiteral("about:sandbox?process=%1\"").arg(session.renderers.hosts().front()->pid())), 1);
        const QString all = open(QStringLiteral("about:sandbox?process=new"), QStringLiteral("all"));
        QVERIFY2(!all.contains(QStringLiteral("not tried")), qPrintable(all));
        QVERIFY(!all.contains(QStringLiteral("it succeeded")));
        QVERIFY(all.contains(QStringLiteral("EACCES")));
        // In a process that has a page: the page survives a soft refusal, and goes down with a forbidden call.
        Tab *tab = session.tabs.at(0);
        const qint64 pid = tab->rendererPid();
        const QString soft = open(QStringLiteral("about:sandbox?process=%1").arg(pid), QStringLiteral("open-file"));
        QVERIFY2(soft.contains(QStringLiteral("EACCES")), qPrintable(soft));
        QVERIFY(!tab->crash());
        const QString hard = open(QStringLiteral("about:sandbox?process=%1").arg(pid), QStringLiteral("kill-browser"));
        if (!hard.contains(QStringLiteral("EPERM"))) // with sanitizers forbidden calls only fail
            QVERIFY2(hard.contains(QStringLiteral("kill(%1, 0)").arg(::getpid())), qPrintable(hard));
    }

    void sandboxCheckSaysTheSameToScripts()
    {
        ScopedProcess check(QStringLiteral(BULKHEAD_PROGRAM),
                            {QStringLiteral("sandbox-check"), QStringLiteral("--json")});
        const QByteArray text = textOf(check);
        const QJsonObject json = QJsonDocument::fromJson(text).object();
        QVERIFY2(!json.isEmpty(), text.constData());
        const QString verdict = json[QStringLiteral("verdict")].toString();
        QCOMPARE(check.exitCode(), verdict == u"full" ? 0 : 1);
        QVERIFY(verdict == u"full" || verdict == u"reduced");
        QCOMPARE(json[QStringLiteral("seccomp_mode")].toInt(), 2);
        QCOMPARE(json[QStringLiteral("attempts")].toObject().size(), 7);
        for (const QJsonValue &attempt : json[QStringLiteral("attempts")].toObject())
            QVERIFY2(attempt[QStringLiteral("prevented")].toBool(), text.constData());
        // Its channel, its log three times, its crash pipe, its event loop.
        QCOMPARE(json[QStringLiteral("open_descriptors")].toInt(), 6);
    }

    void sandboxCheckWithoutASandboxFails()
    {
        ScopedProcess check(QStringLiteral(BULKHEAD_PROGRAM),
                            {QStringLiteral("sandbox-check"), QStringLiteral("--no-sandbox")});
        const QByteArray text = textOf(check);
        QCOMPARE(check.exitCode(), 1);
        QVERIFY2(text.contains("switched off"), text.constData());
        QVERIFY2(text.contains("it succeeded"), text.constData());
    }

    void theAppArmorProfileNamesTheProgram()
    {
        ScopedProcess check(QStringLiteral(BULKHEAD_PROGRAM),
                            {QStringLiteral("sandbox-check"), QStringLiteral("--apparmor-profile")});
        const QByteArray text = textOf(check);
        QCOMPARE(check.exitCode(), 0);
        QVERIFY2(text.contains("profile bulkhead-child " BULKHEAD_CHILD " flags=(unconfined)") &&
                     text.contains("userns,"),
                 text.constData());
    }

    void everyPixelIsTheSameInsideAndOutside_data()
    {
        QTest::addColumn<QString>("content");
        const auto text = [](const char *name, const char *html) { QTest::newRow(name) << QString::fromUtf8(html); };
        text("Latin", "<p>The quick brown fox, œuvre, naïve, fiancé, Straße</p><p style='font-family:serif'>Serifs: fi "
                      "fl ffi</p>");
        text("CJK",
             "<p lang=ja>日本語の文章、漢字かな交じり文。</p><p lang=zh>中文网页测试</p><p lang=ko>한국어 문장</p>");
        text("Arabic", "<p dir=rtl lang=ar>مرحبا بالعالم، هذه صفحة</p><p dir=rtl lang=he>שלום עולם</p>");
        text("emoji", "<p style='font-size:40px'>😀 🚢 ⚓ 🌊 👩‍💻 🇩🇪</p>");
        text("bold and italic",
             "<p><b>bold</b> <i>italic</i> <b><i>both</i></b> <span style='font-weight:300'>light</span></p>");
        text("monospace", "<pre>int main() { return 0; } // 0O1lI</pre><code>code</code>");
        text("families by name",
             "<p style='font-family:Arial'>Arial</p><p style='font-family:Times New Roman'>Times</p>"
             "<p style='font-family:Courier New'>Courier</p><p style='font-family:Verdana'>Verdana</p>"
             "<p style='font-family:DejaVu Serif'>DejaVu Serif</p><p style='font-family:nothing-like-it'>None</p>");
        text("other scripts", "<p>Ελληνικά кириллица ไทย हिन्दी தமிழ் ქართული ქ ⠓⠑⠇⠇⠕ ∑∫√≠∞ ♞ ⇄</p>");
        for (const char *image : {"picture.png", "picture.jpg", "picture.gif", "picture.webp", "picture.svg"})
            QTest::newRow(image) << QStringLiteral("<img src=\"%1\"><p>below</p>").arg(QLatin1String(image));
    }
    void everyPixelIsTheSameInsideAndOutside()
    {
        QFETCH(QString, content);
        QTemporaryDir folder;
        writePictures(folder);
        QFile html(folder.filePath(QStringLiteral("page.html")));
        QVERIFY(html.open(QIODevice::WriteOnly));
        html.write("<!DOCTYPE html><meta charset=utf-8><body style='font-size:24px'>" + content.toUtf8());
        html.close();
        QImage pictures[2];
        for (const bool caged : {true, false}) {
            const QString file = folder.filePath(caged ? QStringLiteral("in.png") : QStringLiteral("out.png"));
            QStringList arguments{QStringLiteral("--screenshot"),
                                  file,
                                  QStringLiteral("--window-size"),
                                  QStringLiteral("600x400"),
                                  QStringLiteral("--log-level"),
                                  QStringLiteral("error"),
                                  html.fileName()};
            if (!caged)
                arguments << QStringLiteral("--no-sandbox");
            ScopedProcess program(QStringLiteral(BULKHEAD_PROGRAM), arguments);
            const QByteArray said = textOf(program);
            QVERIFY2(program.exitCode() == 0, (said + program.errorOutput()).constData());
            pictures[caged ? 0 : 1] = QImage(file).convertToFormat(QImage::Format_RGB32);
        }
        QCOMPARE(pictures[0].size(), QSize(600, 400));
        QImage blank(pictures[0].size(), QImage::Format_RGB32);
        blank.fill(pictures[0].pixel(599, 399));
        QVERIFY(pictures[0] != blank);
        QVERIFY2(pictures[0] == pictures[1], "the pictures differ");
    }

    void textPaintedOnOtherThreadsIsTheSameInsideAndOutside()
    {
        ExecLauncher caged(QStringLiteral(PAINTER));
        ExecLauncher free(QStringLiteral(PAINTER), SandboxUse::Off);
        qint64 hashes[2] = {};
        for (ExecLauncher *launcher : {&caged, &free}) {
            Victim victim(*launcher, ChildStart{"renderer", {}, {}, {}});
            QVERIFY2(victim.waitUntilReady(), qPrintable(victim.why()));
            const auto answer = victim.ask(deed(wire::TrySandbox::UNKNOWN));
            QVERIFY(answer);
            hashes[launcher == &caged ? 0 : 1] = answer->sandbox_attempted().result();
        }
        QVERIFY2(hashes[0] != 0, "the threads painted something else than the main thread");
        QCOMPARE(hashes[0], hashes[1]);
    }

private:
    void writePictures(const QTemporaryDir &folder)
    {
        QImage image(200, 150, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillRect(10, 10, 120, 90, QColor(30, 90, 160));
        painter.setBrush(QColor(240, 160, 20));
        painter.drawEllipse(60, 40, 110, 90);
        painter.end();
        QVERIFY(image.save(folder.filePath(QStringLiteral("picture.png"))));
        QVERIFY(image.convertToFormat(QImage::Format_RGB32)
                    .save(folder.filePath(QStringLiteral("picture.jpg")), "JPG", 85));
        QVERIFY(image.save(folder.filePath(QStringLiteral("picture.webp")), "WEBP", 90));
        QFile gif(folder.filePath(QStringLiteral("picture.gif")));
        QVERIFY(gif.open(QIODevice::WriteOnly));
        QVERIFY(gif.write(stillGif()) > 0);
        QVERIFY(QFile::copy(QStringLiteral(SVG_FILE), folder.filePath(QStringLiteral("picture.svg"))));
    }
};

QTEST_MAIN(SandboxTest)
#include "sandbox_test.moc"
