// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/cages/sandbox_advice.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringList>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("SandboxAdvice", source);
}

QByteArray setting(const char *path)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

} // namespace

QString appArmorProfile(const QString &childProgram)
{
    QFile file(QStringLiteral(":/bulkhead/apparmor/bulkhead"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).replace(QLatin1String("@CHILD_PROGRAM@"), childProgram);
}

QString sandboxAdvice(const wire::ZygoteReady &ready, const QString &childProgram)
{
    if (ready.sandbox().mode() == wire::USER_NAMESPACE || ready.sandbox().mode() == wire::SANDBOX_OFF)
        return {};
    QStringList lines;
    if (ready.sandbox().mode() == wire::SANDBOX_REFUSED) {
        lines << tr("The kernel lets no filter for system calls be set (%1). It has to be built with "
                    "CONFIG_SECCOMP_FILTER; in a "
                    "container, the container's own profile must allow seccomp().")
                     .arg(QString::fromStdString(ready.refusal()));
    }
    lines << tr("User namespaces could not be used: %1.").arg(QString::fromStdString(ready.why_not_full()));
    if (setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1") {
        lines << tr("This distribution reserves them for programs with an AppArmor profile. To install one:")
              << QStringLiteral("    bulkhead sandbox-check --apparmor-profile | sudo tee /etc/apparmor.d/bulkhead\n"
                                "    sudo apparmor_parser --replace /etc/apparmor.d/bulkhead");
    } else if (setting("/proc/sys/kernel/unprivileged_userns_clone") == "0") {
        lines << tr("They are switched off for ordinary users. To switch them on:")
              << QStringLiteral("    sudo sysctl --write kernel.unprivileged_userns_clone=1");
    } else if (setting("/proc/sys/user/max_user_namespaces") == "0") {
        lines << tr("Their number is limited to none. To allow some:")
              << QStringLiteral("    sudo sysctl --write user.max_user_namespaces=10000");
    } else {
        lines << tr(
            "In a container, its security profile has to allow them: for Docker and Podman "
            "--security-opt seccomp=unconfined, or a profile that allows clone, unshare, mount and pivot_root.");
    }
    lines << tr("Then start Bulkhead again; “bulkhead sandbox-check” shows the outcome for %1.").arg(childProgram);
    return lines.join(QStringLiteral("\n\n"));
}

} // namespace bulkhead
