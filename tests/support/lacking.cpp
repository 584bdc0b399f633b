// SPDX-License-Identifier: BSD-3-Clause
#include "tests/support/lacking.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead::lacking {

namespace {

/// The errno with which @p attempt failed in a process of its own; 0 when it did not.
template <typename Attempt>
int errorOf(Attempt attempt)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(attempt() ? 0 : errno & 0xff);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : EFAULT;
}

/// Only what a machine forbids or does not have: any other error is a test's to find.
QString sentence(const char *what, int error)
{
    for (const int lacks : {EPERM, EACCES, ENOSYS, EINVAL, EBUSY, ENOSPC, EUSERS}) {
        if (error == lacks)
            return QStringLiteral("this machine lacks %1: %2")
                .arg(QLatin1String(what), QString::fromLocal8Bit(std::strerror(error)));
    }
    return {};
}

} // namespace

QString tracing()
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            ::pause();
    }
    const int error = ::ptrace(PTRACE_SEIZE, child, nullptr, nullptr) == 0 ? 0 : errno;
    ::kill(child, SIGKILL);
    while (::waitpid(child, nullptr, __WALL) < 0 && errno == EINTR) {
    }
    return sentence("the right to trace one's own children", error);
}

QString callListeners()
{
    const int error = errorOf([] {
        sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
        const sock_fprog program{1, &allow};
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program) >= 0;
    });
    return sentence("filters for system calls with a listener", error);
}

QString namespaces()
{
    constexpr int Own = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET;
    const int error = errorOf([] { return ::unshare(::geteuid() == 0 ? Own : CLONE_NEWUSER | Own) == 0; });
    return sentence("namespaces", error);
}

QString networkNamespaces()
{
    if (::geteuid() != 0)
        return QStringLiteral("making network namespaces needs root");
    if (const QString lacks = program("ip", "iproute2"); !lacks.isEmpty())
        return lacks;
    return sentence("network namespaces", errorOf([] { return ::unshare(CLONE_NEWNS | CLONE_NEWNET) == 0; }));
}

QString program(const char *name, const char *package)
{
    const QStringList places{QStringLiteral("/usr/sbin"), QStringLiteral("/sbin")};
    if (!QStandardPaths::findExecutable(QLatin1String(name)).isEmpty() ||
        !QStandardPaths::findExecutable(QLatin1String(name), places).isEmpty())
        return {};
    return QStringLiteral("the program %1 is not installed (package %2)")
        .arg(QLatin1String(name), QLatin1String(package));
}

QString documents(const char *package)
{
    if (!QFile::exists(QStringLiteral("/var/lib/dpkg/info/%1.list").arg(QLatin1String(package))))
        return QStringLiteral("the package %1 is not installed").arg(QLatin1String(package));
    const QDir folder(QStringLiteral("/etc/dpkg/dpkg.cfg.d"));
    for (const QString &name : folder.entryList(QDir::Files)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains("path-exclude=/usr/share/doc"))
            return QStringLiteral("packages are installed without their documents here (%1)").arg(file.fileName());
    }
    return {};
}

QString document(const QString &file)
{
    return documents(file.contains(u"/python3")             ? "python3-doc"
                     : file.contains(u"/debian-reference/") ? "debian-reference-en"
                                                            : "apache2-doc");
}

QString mechanism(std::string_view name)
{
    if (name == "mqtt")
        return program("mosquitto", "mosquitto");
    if (name == "posix-queue" && !QFile::exists(QStringLiteral("/proc/sys/fs/mqueue/msg_max")))
        return QStringLiteral("this kernel was built without POSIX message queues");
    return {};
}

} // namespace bulkhead::lacking
