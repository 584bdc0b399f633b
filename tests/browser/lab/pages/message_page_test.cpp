// SPDX-License-Identifier: BSD-3-Clause
// The message page: what it shows is what happened.
#include "browser/lab/charts/chart_view.h"
#include "browser/lab/kit/figures_table.h"
#include "browser/lab/kit/lab_export.h"
#include "browser/lab/kit/mechanism_card.h"
#include "browser/lab/pages/message_page.h"
#include "tests/browser/lab/kit/lab_fixture.h"
#include "tests/support/lacking.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>

using namespace bulkhead;

namespace {

using CallNames = QList<QByteArray>;

/// AddressSanitizer takes memory for itself, whenever it likes.
CallNames ownCalls(CallNames calls)
{
#ifdef __SANITIZE_ADDRESS__
    calls.removeAll("mmap");
    calls.removeAll("munmap");
#endif
    return calls;
}

/// Of each process, in order, as the page's table shows them.
std::pair<CallNames, CallNames> shownCalls(const MessagePage &page)
{
    std::pair<CallNames, CallNames> calls;
    const auto rows = page.tables().value(0).rows;
    for (qsizetype i = 1; i < rows.size(); ++i)
        (rows[i][1] == u"A" ? calls.first : calls.second) << rows[i][2].section(u'(', 0, 0).toLatin1();
    return {ownCalls(calls.first), ownCalls(calls.second)};
}

/// The same from strace's records: one list per process that made measured calls, in no order.
QList<CallNames> straced(const QString &folder)
{
    QList<CallNames> processes;
    for (const QString &name : QDir(folder).entryList({QStringLiteral("trace.*")})) {
        QFile file(folder + u'/' + name);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = file.readAll();
        // The message is the last thing between two boundaries: the one before was the warm-up.
        const qsizetype end = text.lastIndexOf("\ngetpid(");
        const qsizetype at = end <= 0 ? -1 : text.lastIndexOf("\ngetpid(", end - 1) + 1;
        if (at <= 0)
            continue;
        CallNames calls;
        const QList<QByteArray> lines = text.mid(at, end - at).split('\n');
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const qsizetype bracket = lines[i].indexOf('(');
            if (bracket > 0 && !lines[i].startsWith("---") && !lines[i].startsWith("<..."))
                calls << lines[i].left(bracket);
        }
        processes << ownCalls(calls);
    }
    return processes;
}

MessagePage *sent(LabFixture &lab, const QString &mechanism, const QString &text)
{
    auto *page = lab.open<MessagePage>(QStringLiteral("message"));
    page->configure({{QStringLiteral("mechanism"), mechanism}});
    page->input()->clear();
    QTest::keyClicks(page->input(), text);
    return LabFixture::run(page) ? page : nullptr;
}

} // namespace

class MessagePageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { LabFixture::warmUp(); }

    void theTextTypedInOneProcessArrivesInTheOther()
    {
        SKIP_WHEN_LACKING(lacking::tracing());
        const NothingLeft nothing;
        {
            LabFixture lab;
            MessagePage *page = sent(lab, QStringLiteral("pipe"), QStringLiteral("Schiff ahoi"));
            QVERIFY(page);
            QCOMPARE(page->problem(), QString());
            QCOMPARE(page->arrived()->text(), QStringLiteral("Schiff ahoi"));
            const auto [a, b] = shownCalls(*page);
            QCOMPARE(a, CallNames({"write", "read"}));
            QCOMPARE(b, CallNames({"read", "write"}));
            QVERIFY(page->card()->code().contains(u"::pipe2("));
            QVERIFY(page->card()->code().contains(u"::write("));
            // As a file, too.
            const QByteArray html = labExport(*page, LabFormat::Html);
            QVERIFY(html.contains("<svg"));
            QVERIFY(html.contains("write("));
            QVERIFY(labExport(*page, LabFormat::Csv).startsWith("At"));
            QVERIFY(labExport(*page, LabFormat::Svg).contains("Process A"));
            const QJsonObject json = QJsonDocument::fromJson(labExport(*page, LabFormat::Json)).object();
            QCOMPARE(json[QStringLiteral("result")][QStringLiteral("calls")].toArray().size(), 4);
            // What was kept is shown as it was, and compared.
            QVERIFY(lab.context->results().keep(page->name(), QStringLiteral("pipe"), json));
            page->configure({{QStringLiteral("mechanism"), QStringLiteral("unix-seqpacket")}});
            QVERIFY(LabFixture::run(page));
            page->compareWith(QStringLiteral("pipe"));
            QCOMPARE(page->comparison()[1], QStringList({QStringLiteral("Mechanism"), QStringLiteral("pipe"),
                                                         QStringLiteral("unix-seqpacket")}));
            QVERIFY(page->restore(json[QStringLiteral("result")].toObject()));
            QCOMPARE(page->exported()[QStringLiteral("calls")],
                     json[QStringLiteral("result")][QStringLiteral("calls")]);
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void theCallsShownAreThoseOfStrace_data()
    {
        QTest::addColumn<QString>("mechanism");
        for (const char *name : {"pipe", "unix-stream", "unix-seqpacket", "sysv-queue", "posix-queue", "udp"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void theCallsShownAreThoseOfStrace()
    {
        QFETCH(QString, mechanism);
        SKIP_WHEN_LACKING(lacking::program("strace", "strace"));
        SKIP_WHEN_LACKING(lacking::tracing());
        LabFixture ours;
        MessagePage *page = sent(ours, mechanism, QStringLiteral("Hello"));
        QVERIFY(page);
        QCOMPARE(page->problem(), QString());
        const auto [a, b] = shownCalls(*page);
        QVERIFY(!a.isEmpty() && !b.isEmpty());

        // The same page again, over workers that strace watches: then nobody else can, so the page has to say that.
        QTemporaryDir folder;
        const QString wrapper = folder.filePath(QStringLiteral("worker"));
        QFile script(wrapper);
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write("#!/bin/sh\nexec strace -D -ff -qq -o '" + folder.filePath(QStringLiteral("trace")).toLocal8Bit() +
                     "' '" LAB_WORKER_PROGRAM "' \"$@\"\n");
        script.close();
        script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        LabFixture theirs(wrapper);
        MessagePage *watched = sent(theirs, mechanism, QStringLiteral("Hello"));
        QVERIFY(watched);
        QVERIFY2(watched->problem().contains(u"trace"), qPrintable(watched->problem()));
        const QList<CallNames> strace = straced(folder.path());
        QVERIFY2(strace.contains(a), qPrintable(QString::fromUtf8(a.join(' '))));
        QVERIFY2(strace.contains(b), qPrintable(QString::fromUtf8(b.join(' '))));
    }

    void memoryThatBothHaveNeedsNoCallForTheText()
    {
        SKIP_WHEN_LACKING(lacking::tracing());
        LabFixture lab;
        MessagePage *page = sent(lab, QStringLiteral("memfd+spin"), QStringLiteral("Hello"));
        QVERIFY(page);
        QCOMPARE(page->problem(), QString());
        QCOMPARE(page->arrived()->text(), QStringLiteral("Hello"));
        QCOMPARE(shownCalls(*page).first.size() + shownCalls(*page).second.size(), 0);
        QVERIFY(page->lessons().first().contains(u"memory"));
    }

    void aTextThatIsTooLongIsRefusedInASentence()
    {
        LabFixture lab;
        MessagePage *page = sent(lab, QStringLiteral("signal"), QStringLiteral("longer than eight bytes"));
        QVERIFY(page);
        QVERIFY2(page->problem().contains(u"at most 8"), qPrintable(page->problem()));
        QVERIFY(page->exported().isEmpty());
    }

    void aWorkerKilledMidwayIsSaidInASentence()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<MessagePage>(QStringLiteral("message"));
            page->start();
            QVERIFY(LabFixture::killAWorker());
            QVERIFY(LabFixture::wait([page] { return !page->isRunning(); }));
            // Killed before, during or, at worst, after the message: the page lives and says which.
            QVERIFY(!page->status().isEmpty());
            QVERIFY(LabFixture::run(page));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void closingThePageMidwayLeavesNothing()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<MessagePage>(QStringLiteral("message"));
            page->start();
            QVERIFY(LabFixture::wait([] { return !LabFixture::workers().isEmpty(); }));
            lab.view.reset();
        }
        QCOMPARE(nothing.difference(), QString());
    }
};

QTEST_MAIN(MessagePageTest)
#include "message_page_test.moc"
