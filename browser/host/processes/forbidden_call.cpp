// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/forbidden_call.h"

#include <QHash>
#include <QStringList>

#include <cstdlib>
#include <linux/seccomp.h>
#include <poll.h>
#include <seccomp.h>
#include <sys/ioctl.h>

namespace bulkhead {

namespace {

/// How many arguments a call has, for those a child is likely to be caught with; the others show all six registers.
int argumentCount(const QString &name)
{
    static const QHash<QString, int> Counts = [] {
        const QStringList byCount[] = {
            {QStringLiteral("fork"), QStringLiteral("vfork"), QStringLiteral("setsid"), QStringLiteral("sync"),
             QStringLiteral("getppid"), QStringLiteral("vhangup")},
            {QStringLiteral("chroot"), QStringLiteral("chdir"), QStringLiteral("unshare"), QStringLiteral("setuid"),
             QStringLiteral("setgid"), QStringLiteral("umask"), QStringLiteral("personality"), QStringLiteral("pipe"),
             QStringLiteral("dup"), QStringLiteral("epoll_create1"), QStringLiteral("userfaultfd"),
             QStringLiteral("swapoff"), QStringLiteral("rmdir"), QStringLiteral("timerfd_gettime"),
             QStringLiteral("inotify_init1"), QStringLiteral("shmdt")},
            {QStringLiteral("kill"),           QStringLiteral("listen"),       QStringLiteral("rename"),
             QStringLiteral("link"),           QStringLiteral("symlink"),      QStringLiteral("chmod"),
             QStringLiteral("creat"),          QStringLiteral("truncate"),     QStringLiteral("ftruncate"),
             QStringLiteral("setns"),          QStringLiteral("pivot_root"),   QStringLiteral("umount2"),
             QStringLiteral("pipe2"),          QStringLiteral("dup2"),         QStringLiteral("capset"),
             QStringLiteral("setreuid"),       QStringLiteral("sethostname"),  QStringLiteral("setgroups"),
             QStringLiteral("io_uring_setup"), QStringLiteral("pidfd_open"),   QStringLiteral("msgget"),
             QStringLiteral("clone3"),         QStringLiteral("getrlimit"),    QStringLiteral("setrlimit"),
             QStringLiteral("delete_module"),  QStringLiteral("memfd_create"), QStringLiteral("settimeofday")},
            {QStringLiteral("socket"),
             QStringLiteral("bind"),
             QStringLiteral("connect"),
             QStringLiteral("accept"),
             QStringLiteral("open"),
             QStringLiteral("execve"),
             QStringLiteral("tkill"),
             QStringLiteral("tgkill"),
             QStringLiteral("ioctl"),
             QStringLiteral("fcntl"),
             QStringLiteral("mknod"),
             QStringLiteral("chown"),
             QStringLiteral("bpf"),
             QStringLiteral("shmget"),
             QStringLiteral("shmat"),
             QStringLiteral("semget"),
             QStringLiteral("rt_sigqueueinfo"),
             QStringLiteral("msync"),
             QStringLiteral("dup3"),
             QStringLiteral("init_module"),
             QStringLiteral("finit_module"),
             QStringLiteral("syslog"),
             QStringLiteral("mprotect"),
             QStringLiteral("setresuid"),
             QStringLiteral("unlinkat"),
             QStringLiteral("mkdirat"),
             QStringLiteral("sched_setattr"),
             QStringLiteral("landlock_create_ruleset"),
             QStringLiteral("seccomp"),
             QStringLiteral("madvise"),
             QStringLiteral("futex_wake")},
            {QStringLiteral("socketpair"), QStringLiteral("ptrace"), QStringLiteral("mq_open"),
             QStringLiteral("setxattr"), QStringLiteral("rt_tgsigqueueinfo"), QStringLiteral("pidfd_send_signal"),
             QStringLiteral("epoll_ctl"), QStringLiteral("renameat"), QStringLiteral("reboot"),
             QStringLiteral("quotactl"), QStringLiteral("openat2"), QStringLiteral("signalfd4"),
             QStringLiteral("timerfd_settime"), QStringLiteral("fallocate"), QStringLiteral("vmsplice"),
             QStringLiteral("tee")},
            {QStringLiteral("mount"), QStringLiteral("execveat"), QStringLiteral("clone"), QStringLiteral("prctl"),
             QStringLiteral("add_key"), QStringLiteral("request_key"), QStringLiteral("keyctl"),
             QStringLiteral("perf_event_open"), QStringLiteral("kexec_load"), QStringLiteral("kcmp"),
             QStringLiteral("remap_file_pages"), QStringLiteral("waitid"), QStringLiteral("linkat"),
             QStringLiteral("name_to_handle_at"), QStringLiteral("setsockopt"), QStringLiteral("getsockopt"),
             QStringLiteral("move_mount")},
        };
        QHash<QString, int> counts;
        for (int count = 0; count < int(std::size(byCount)); ++count) {
            for (const QString &call : byCount[count])
                counts.insert(call, count);
        }
        return counts;
    }();
    return Counts.value(name, 6);
}

QString valueText(quint64 value)
{
    const auto asSigned = qint32(value); // int arguments: -100 is AT_FDCWD
    if (value <= 0xffff)
        return QString::number(value);
    if ((value >> 32) == 0xffffffff || (value <= 0xffffffff && asSigned < 0 && asSigned > -0x10000))
        return QString::number(asSigned);
    return QStringLiteral("0x") + QString::number(value, 16);
}

} // namespace

QString ForbiddenCall::nameOf(int number)
{
    if (number < 0)
        return {};
    char *name = ::seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);
    const QString result = QString::fromLatin1(name);
    ::free(name);
    return result;
}

QString ForbiddenCall::text() const
{
    const QString name = nameOf(number);
    QStringList values;
    for (int i = 0; i < argumentCount(name); ++i)
        values << valueText(arguments[std::size_t(i)]);
    return (name.isEmpty() ? QStringLiteral("system call %1").arg(number) : name) + u'(' +
           values.join(QStringLiteral(", ")) + u')';
}

ForbiddenCallWatch::ForbiddenCallWatch(UniqueFd listener, QObject *parent)
    : QObject(parent), m_listener(std::move(listener)), m_notifier(m_listener.get(), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        const std::optional<ForbiddenCall> call = take();
        pollfd state{m_listener.get(), 0, 0};
        // Readable also when the last thread under the filter has ended; and a call that a signal interrupts comes
        // again.
        if (call || (::poll(&state, 1, 0) == 1 && (state.revents & POLLHUP)))
            m_notifier.setEnabled(false);
        if (call)
            Q_EMIT caught(*call);
    });
}

std::optional<ForbiddenCall> ForbiddenCallWatch::take()
{
    pollfd held{m_listener.get(), POLLIN, 0};
    if (::poll(&held, 1, 0) != 1 || (held.revents & POLLIN) == 0)
        return {};
    seccomp_notif notice = {};
    // ENOENT: the thread was ended meanwhile.
    if (::ioctl(m_listener.get(), SECCOMP_IOCTL_NOTIF_RECV, &notice) < 0)
        return {};
    ForbiddenCall call;
    call.number = notice.data.nr;
    std::copy(std::begin(notice.data.args), std::end(notice.data.args), call.arguments.begin());
    return call;
}

} // namespace bulkhead
