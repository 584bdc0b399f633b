// SPDX-License-Identifier: BSD-3-Clause
// That a machine lacks something is found out, and said in words that name it; and nothing is said of what is there.
#include "tests/support/lacking.h"

#include <QtTest>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

/// What @p look says in a process in which @p call fails with EPERM.
QByteArray withoutCall(unsigned call, QString (*look)())
{
    int pipe[2];
    if (::pipe(pipe) != 0)
        return "no pipe";
    const pid_t child = ::fork();
    if (child == 0) {
        sock_filter filter[] = {
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        };
        const sock_fprog program{std::size(filter), filter};
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        const bool filtered = ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
        const QByteArray said = filtered ? look().toUtf8() : "no filter";
        [[maybe_unused]] const auto written = ::write(pipe[1], said.constData(), std::size_t(said.size()));
        ::_exit(0);
    }
    ::close(pipe[1]);
    char text[512];
    const ssize_t got = ::read(pipe[0], text, sizeof text);
    ::close(pipe[0]);
    ::waitpid(child, nullptr, 0);
    return QByteArray(text, qsizetype(std::max<ssize_t>(got, 0)));
}

} // namespace

class LackingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatAMachineForbidsIsNamed()
    {
        QVERIFY(withoutCall(SYS_ptrace, &lacking::tracing)
                    .contains("to trace one's own children: Operation not permitted"));
        QVERIFY(withoutCall(SYS_unshare, &lacking::namespaces).contains("lacks namespaces"));
        QVERIFY(withoutCall(SYS_seccomp, &lacking::callListeners).contains("with a listener"));
    }

    void whatIsThereIsNotLacking()
    {
        // The same process may do what it did in the ones before, unless the machine forbids everybody.
        QVERIFY(withoutCall(SYS_swapon, &lacking::tracing) == lacking::tracing().toUtf8());
        QCOMPARE(lacking::program("sh", "dash"), QString());
        QCOMPARE(lacking::documents("no-such-package"), QStringLiteral("the package no-such-package is not installed"));
        QCOMPARE(lacking::program("no-such-program", "no-such-package"),
                 QStringLiteral("the program no-such-program is not installed (package no-such-package)"));
        QCOMPARE(lacking::mechanism("pipe"), QString());
    }
};

QTEST_GUILESS_MAIN(LackingTest)
#include "lacking_test.moc"
