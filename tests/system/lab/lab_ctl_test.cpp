// SPDX-License-Identifier: BSD-3-Clause
// The lab's pages by `bulkhead ctl lab`, in the whole program with its window.
#include "tests/support/remote_browser.h"
#include "tests/support/resource_counter.h"
#include "tests/support/wait_for.h"

#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;

namespace {

struct Ctl
{
    int exitCode = -1;
    QByteArray output, error;
};

Ctl ctl(const QString &socket, const QStringList &words)
{
    ScopedProcess process(QStringLiteral(BULKHEAD_PROGRAM),
                          QStringList{QStringLiteral("ctl"), QStringLiteral("--socket"), socket} + words);
    if (!process.waitForEnd(std::chrono::seconds(120)))
        return {};
    return {process.exitCode(), process.output(), process.errorOutput()};
}

QStringList lab(const char *words)
{
    return QStringLiteral("lab %1").arg(QString::fromLatin1(words)).split(u' ');
}

QByteArray contents(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class LabCtlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPageIsOpenedRunAndExported()
    {
        QTemporaryDir folder;
        const QString socket = folder.filePath(QStringLiteral("control.sock"));
        const ResourceCounter before(ResourceScope::Machine);
        {
            ScopedProcess app(QStringLiteral(BULKHEAD_PROGRAM),
                              {QStringLiteral("--control-socket"), socket, QStringLiteral("--profile"),
                               folder.filePath(QStringLiteral("profile")), QStringLiteral("about:lab")});
            QVERIFY(waitFor([&] { return ctl(socket, {QStringLiteral("protocol")}).exitCode == 0; }));

            const Ctl pages = ctl(socket, lab("pages"));
            for (const char *name : {"message", "latency", "leftovers", "which"})
                QVERIFY2(pages.output.contains(name), name);
            QCOMPARE(ctl(socket, lab("open latency")).exitCode, 0);
            const Ctl tabs = ctl(socket, {QStringLiteral("tabs")});
            QVERIFY2(tabs.output.contains("about:lab/latency"), tabs.output.constData());

            // Nothing to export yet.
            const QString csv = folder.filePath(QStringLiteral("result.csv"));
            const Ctl early = ctl(socket, lab("export latency") << csv);
            QCOMPARE(early.exitCode, 1);
            QVERIFY2(early.error.contains("no result"), early.error.constData());

            QCOMPARE(ctl(socket, lab("start latency --options") << QStringLiteral(
                                     "{\"mechanisms\":[\"pipe\"],\"sizes\":[64],\"rounds\":1,\"seconds\":0.01}"))
                         .exitCode,
                     0);
            QCOMPARE(ctl(socket, lab("wait latency")).exitCode, 0);
            for (const char *ending : {"csv", "json", "svg", "png", "html"}) {
                const QString file = folder.filePath(QStringLiteral("result.") + QLatin1String(ending));
                const Ctl exported = ctl(socket, lab("export latency") << file);
                QVERIFY2(exported.exitCode == 0, exported.error.constData());
                QVERIFY(contents(file).size() > 100);
            }
            QVERIFY(contents(csv).contains("pipe,blocking,free,measured,64,64"));
            QVERIFY(contents(folder.filePath(QStringLiteral("result.html"))).contains("<svg"));
            const QJsonDocument json =
                QJsonDocument::fromJson(contents(folder.filePath(QStringLiteral("result.json"))));
            QCOMPARE(json[QStringLiteral("page")].toString(), QStringLiteral("latency"));
            QCOMPARE(json[QStringLiteral("result")][QStringLiteral("results")].toArray().size(), 2);
            QVERIFY(!QImage(folder.filePath(QStringLiteral("result.png"))).isNull());

            // Cancelled midway.
            QCOMPARE(ctl(socket, lab("start latency --options") << QStringLiteral("{\"rounds\":100,\"seconds\":5}"))
                         .exitCode,
                     0);
            QCOMPARE(ctl(socket, lab("start latency")).exitCode, 1); // it runs already
            QCOMPARE(ctl(socket, lab("cancel latency")).exitCode, 0);
            const Ctl cancelled = ctl(socket, lab("wait latency"));
            QVERIFY2(cancelled.output.contains("Cancelled"), cancelled.output.constData());

            for (const char *wrong :
                 {"start", "open nowhere", "export latency", "export latency x.doc", "dance latency"})
                QVERIFY2(ctl(socket, lab(wrong)).exitCode != 0, wrong);
            QCOMPARE(ctl(socket, {QStringLiteral("quit")}).exitCode, 0);
            QVERIFY(app.waitForEnd());
            QCOMPARE(app.exitCode(), 0);
        }
        QCOMPARE(before.waitUntilRestored(), QString());
    }

    void withoutAWindowThePagesAreADocument()
    {
        RemoteBrowser browser({});
        QVERIFY(browser.isReady());
        const int tab = browser.openAndWait(QStringLiteral("about:lab"));
        QVERIFY(tab > 0);
        const QString text =
            browser.call(QStringLiteral("text"), {{QStringLiteral("tab"), tab}})[QStringLiteral("text")].toString();
        QVERIFY2(text.contains(u"Anonymous pipe"), qPrintable(text.left(500)));
        QVERIFY(text.contains(u"::pipe2("));
        QVERIFY(
            browser.call(QStringLiteral("lab.start"), {{QStringLiteral("page"), QStringLiteral("message")}}).isEmpty());
        QVERIFY2(browser.lastError().message.contains(u"window"), qPrintable(browser.lastError().message));
    }
};

QTEST_GUILESS_MAIN(LabCtlTest)
#include "lab_ctl_test.moc"
