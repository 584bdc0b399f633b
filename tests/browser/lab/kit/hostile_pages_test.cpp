// SPDX-License-Identifier: BSD-3-Clause
// The lab's pages, the card beside them and the list of leftovers, where workers lie and other programs name their
// objects as they like: text, on every page, before and after a run that fails.
#include "browser/lab/kit/mechanism_card.h"
#include "browser/lab/pages/leftovers_page.h"
#include "ipc/core/unique_fd.h"
#include "tests/browser/desktop/window/hostile_text.h"
#include "tests/browser/lab/kit/lab_fixture.h"

#include <QMessageBox>
#include <QTableWidget>

#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>

using namespace bulkhead;

class HostilePagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPageShowsWhatWorkersSayAsText_data()
    {
        QTest::addColumn<QString>("page");
        for (const char *page : {"message", "latency", "race", "pressure", "death", "persistence", "frames", "which"})
            QTest::newRow(page) << QString::fromLatin1(page);
    }
    void everyPageShowsWhatWorkersSayAsText()
    {
        QFETCH(QString, page);
        HostileText hostile;
        for (const QString &text : hostile.all()) {
            // As long as an answer's word may be: longer ones end the worker.
            qputenv("LYING_WORDS", text.left(3000).toUtf8().replace('\0', ' '));
            LabFixture lab(QStringLiteral(LYING_WORKER));
            auto *shown = lab.open<LabPage>(page);
            QVERIFY2(shown, qPrintable(page));
            // The one that is called so is none.
            QCOMPARE(lab.context->mechanisms().size(), std::size_t(5));
            for (const wire::LabMechanism &mechanism : lab.context->mechanisms())
                shown->card()->show(QString::fromStdString(mechanism.name()));
            const QStringList wrong = whatIsWrongIn(*lab.view);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
            if (shown->bar()->runButton()->isVisible() && shown->bar()->runButton()->isEnabled()) {
                QVERIFY(LabFixture::run(shown));
                const QStringList after = whatIsWrongIn(*lab.view);
                QVERIFY2(after.isEmpty(), qPrintable(after.join(u'\n')));
            }
        }
        qunsetenv("LYING_WORDS");
        QCOMPARE(hostile.opened(), 0);
    }

    void whatOtherProgramsLeaveIsNamedAsText()
    {
        HostileText hostile;
        const QString folder = QFileInfo(hostile.file()).path();
        const QString before = QDir::currentPath();
        QDir::setCurrent(folder); // what a relative name would be found in
        const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
        qputenv("XDG_RUNTIME_DIR", folder.toUtf8()); // where leftovers are looked for
        const QByteArray path = (folder + QStringLiteral("/\u202e<b><img src='probe.png'>")).toUtf8();
        const UniqueFd server(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        QVERIFY(path.size() < qsizetype(sizeof address.sun_path));
        std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
        QCOMPARE(::bind(server.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        QCOMPARE(::listen(server.get(), 1), 0);

        LabFixture lab;
        auto *page = lab.open<LeftoversPage>(QStringLiteral("leftovers"));
        QVERIFY(page);
        const auto find = [&]() -> const IpcObject * {
            for (const IpcObject &object : page->objects()) {
                if (object.name.contains(QStringLiteral("probe.png")))
                    return &object;
            }
            return nullptr;
        };
        QVERIFY(LabFixture::wait([&] { return find() != nullptr; }));
        const QStringList wrong = whatIsWrongIn(*lab.view);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        // Asked about it, alone and as one of many.
        for (const QList<IpcObject> &chosen : {QList<IpcObject>{*find()}, QList<IpcObject>(40, *find())}) {
            page->askToRemove(chosen);
            QMessageBox *box = nullptr;
            QVERIFY(LabFixture::wait([&] { return (box = page->findChild<QMessageBox *>()) && box->isVisible(); }));
            const QStringList inBox = whatIsWrongIn(*box);
            QVERIFY2(inBox.isEmpty(), qPrintable(inBox.join(u'\n')));
            box->reject();
            QVERIFY(LabFixture::wait([&] { return !page->findChild<QMessageBox *>(); }));
        }
        QDir::setCurrent(before);
        qputenv("XDG_RUNTIME_DIR", runtime);
        QCOMPARE(hostile.opened(), 0);
    }
};

QTEST_MAIN(HostilePagesTest)
#include "hostile_pages_test.moc"
