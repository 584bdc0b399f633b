// SPDX-License-Identifier: BSD-3-Clause
// The leftovers page: objects that processes left are seen, and only one's own can be removed.
#include "browser/lab/pages/leftovers_page.h"
#include "ipc/lab/engine/run_folder.h"
#include "tests/browser/lab/kit/lab_fixture.h"

#include <QMessageBox>
#include <QTableWidget>

#include <fcntl.h>
#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

const IpcObject *find(const LeftoversPage &page, const QString &name)
{
    for (const IpcObject &object : page.objects()) {
        if (object.name == name)
            return &object;
    }
    return nullptr;
}

QString sysvName(key_t key, int id)
{
    return QStringLiteral("key 0x%1 id %2").arg(quint32(key), 8, 16, QLatin1Char('0')).arg(id);
}

/// In a process that has ended since.
template <class Make>
int madeByTheDead(Make make)
{
    int result[2];
    if (::pipe(result) < 0)
        return -1;
    const pid_t child = ::fork();
    if (child == 0) {
        const int made = make();
        (void)!::write(result[1], &made, sizeof made);
        ::_exit(0);
    }
    ::close(result[1]);
    int made = -1;
    (void)!::read(result[0], &made, sizeof made);
    ::waitpid(child, nullptr, 0);
    ::close(result[0]);
    return made;
}

void select(LeftoversPage *page, const QString &name)
{
    QTableWidget *table = page->table();
    table->clearSelection();
    for (int row = 0; row < table->rowCount(); ++row) {
        if (table->item(row, 2)->text() == name)
            table->selectRow(row);
    }
}

/// Presses the button of the question that stands open.
bool answer(const LeftoversPage *page, const QString &text)
{
    QMessageBox *box = nullptr;
    if (!LabFixture::wait([&] { return (box = page->findChild<QMessageBox *>()) && box->isVisible(); }))
        return false;
    for (QAbstractButton *button : box->buttons()) {
        if (button->text() == text) {
            button->click();
            return LabFixture::wait([&] { return !page->findChild<QMessageBox *>(); });
        }
    }
    return false;
}

} // namespace

class LeftoversPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { LabFixture::warmUp(); }

    void anOrphanIsMarkedAndRemovedAfterAQuestion()
    {
        const NothingLeft nothing;
        const key_t key = key_t(0x6c616200 + (::getpid() & 0xff));
        const int id = madeByTheDead([key] { return ::shmget(key, 4096, IPC_CREAT | 0600); });
        QVERIFY(id >= 0);
        {
            LabFixture lab;
            auto *page = lab.open<LeftoversPage>(QStringLiteral("leftovers"));
            const QString name = sysvName(key, id);
            QVERIFY(LabFixture::wait([&] { return find(*page, name); }));
            QVERIFY(find(*page, name)->isOrphan);
            QVERIFY(find(*page, name)->isOwn());
            QCOMPARE(find(*page, name)->bytes, 4096.0);
            select(page, name);
            QVERIFY(page->removeButton()->isEnabled());

            // Kept when the person says so.
            QTest::mouseClick(page->removeButton(), Qt::LeftButton);
            QVERIFY(answer(page, QStringLiteral("&Keep")));
            shmid_ds status = {};
            QCOMPARE(::shmctl(id, IPC_STAT, &status), 0);

            select(page, name);
            lab.view->activateWindow();
            page->table()->setFocus();
            QVERIFY(LabFixture::wait([&] { return page->table()->hasFocus(); }));
            QTest::keyClick(page->table(), Qt::Key_Delete);
            QVERIFY(answer(page, QStringLiteral("&Remove")));
            QVERIFY(::shmctl(id, IPC_STAT, &status) < 0);
            QVERIFY(LabFixture::wait([&] { return !find(*page, name); }));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void whoHasSomethingIsShown()
    {
        const QString shm = QStringLiteral("/bulkhead-test-%1").arg(::getpid());
        const QByteArray path = shm.toLatin1();
        const int fd = ::shm_open(path.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        QVERIFY(fd >= 0);
        const auto remove = qScopeGuard([&] { ::shm_unlink(path.constData()); });
        QCOMPARE(::ftruncate(fd, 8192), 0);
        void *memory = ::mmap(nullptr, 8192, PROT_READ, MAP_SHARED, fd, 0);
        ::close(fd);

        const QString socketPath = QStringLiteral("/tmp/bulkhead-test-%1.socket").arg(::getpid());
        const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{AF_UNIX, {}};
        qstrncpy(address.sun_path, socketPath.toLatin1().constData(), sizeof address.sun_path);
        QCOMPARE(::bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        const auto removeSocket = qScopeGuard([&] { ::unlink(address.sun_path); });
        QCOMPARE(::listen(listener, 1), 0);

        LabFixture lab;
        auto *page = lab.open<LeftoversPage>(QStringLiteral("leftovers"));
        const QString name = QStringLiteral("/dev/shm") + shm;
        QVERIFY(LabFixture::wait([&] { return find(*page, name) && find(*page, socketPath); }));
        for (const QString &object : {name, socketPath}) {
            const auto &users = find(*page, object)->users;
            QVERIFY2(!users.isEmpty(), qPrintable(object));
            QCOMPARE(users.first().pid, qint64(::getpid()));
            QVERIFY(!find(*page, object)->isOrphan);
        }
        // Live: without the page being told, it becomes an orphan before the person's eyes.
        ::munmap(memory, 8192);
        ::close(listener);
        QVERIFY(LabFixture::wait([&] { return find(*page, name)->isOrphan && find(*page, socketPath)->isOrphan; }));
    }

    void whatOthersOwnIsShownButCannotBeRemoved()
    {
        if (::geteuid() != 0)
            QSKIP("only root can make something that belongs to somebody else");
        const int id = ::shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
        QVERIFY(id >= 0);
        shmid_ds status = {};
        QCOMPARE(::shmctl(id, IPC_STAT, &status), 0);
        status.shm_perm.uid = 65534; // nobody
        QCOMPARE(::shmctl(id, IPC_SET, &status), 0);
        const auto remove = qScopeGuard([id] { ::shmctl(id, IPC_RMID, nullptr); });
        LabFixture lab;
        auto *page = lab.open<LeftoversPage>(QStringLiteral("leftovers"));
        const QString name = sysvName(0, id);
        QVERIFY(LabFixture::wait([&] { return find(*page, name); }));
        QCOMPARE(find(*page, name)->ownerName, QStringLiteral("nobody"));
        select(page, name);
        QVERIFY(!page->removeButton()->isEnabled());
        page->askToRemove({*find(*page, name)}); // the delete key
        QVERIFY(!page->findChild<QMessageBox *>());
        QVERIFY(page->status().contains(u"your own"));
        QVERIFY(!removeIpcObject(*find(*page, name)));
    }

    void anObjectThatHasBecomeAnotherIsNotRemoved()
    {
        const int id = ::msgget(IPC_PRIVATE, IPC_CREAT | 0600);
        QVERIFY(id >= 0);
        const auto remove = qScopeGuard([id] { ::msgctl(id, IPC_RMID, nullptr); });
        IpcObject object;
        object.kind = IpcObject::Kind::SysvQueue;
        object.id = id;
        object.owner = ::geteuid();
        object.name = sysvName(0x1234, id); // it had a key when it was seen
        const Result<void> done = removeIpcObject(object);
        QVERIFY(!done);
        QVERIFY(done.error().what.find("no longer") != std::string::npos);
        msqid_ds status = {};
        QCOMPARE(::msgctl(id, IPC_STAT, &status), 0);
    }

    void whatARunOfTheLabLeftIsRemovedAsAWhole()
    {
        // A run that was killed: its folder is there, nobody holds its lock.
        {
            const int result = madeByTheDead([] {
                auto made = lab::RunFolder::create();
                if (!made)
                    return -1;
                ::mkfifo((made->path() + "/there").c_str(), 0600);
                const int shm = ::shm_open(("/" + made->run() + ".memory").c_str(), O_RDWR | O_CREAT, 0600);
                ::close(shm);
                ::_exit(0); // without its destructor
                return 0;
            });
            Q_UNUSED(result)
        }
        LabFixture lab;
        auto *page = lab.open<LeftoversPage>(QStringLiteral("leftovers"));
        QVERIFY(LabFixture::wait([&] { return page->removeOrphansButton()->isEnabled(); }));
        QTest::mouseClick(page->removeOrphansButton(), Qt::LeftButton);
        QVERIFY(answer(page, QStringLiteral("&Remove")));
        QVERIFY(LabFixture::wait([&] { return !page->removeOrphansButton()->isEnabled(); }));
        for (const lab::Leftover &left : lab::listLeftovers())
            QVERIFY2(left.state != lab::LeftoverState::Orphan, left.name.c_str());
    }
};

QTEST_MAIN(LeftoversPageTest)
#include "leftovers_page_test.moc"
