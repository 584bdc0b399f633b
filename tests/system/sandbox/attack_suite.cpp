// SPDX-License-Identifier: BSD-3-Clause
// Attacks the sandbox from the inside: every attack of attack.h in a fresh child that went the real way through the
// real zygote, in every role; and every attack once more without the sandbox, so that a check which cannot fail shows
// up. usage: attack_suite AS ATTACKER TABLE    AS: root, user, refused, refused-user
#include "browser/host/processes/exec_launcher.h"
#include "browser/host/processes/forbidden_call.h"
#include "browser/host/processes/log.h"
#include "browser/host/processes/sandbox_verdict.h"
#include "browser/host/processes/zygote_launcher.h"
#include "ipc/core/memfd.h"
#include "tests/support/wait_for.h"
#include "tests/system/sandbox/attack.h"
#include "tests/system/sandbox/attack_protocol.h"
#include "tests/system/sandbox/disguise.h"
#include "tests/system/sandbox/victim.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <string_view>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;
using attack::Attack;
using attack::Outcome;

namespace {

struct Arguments
{
    QString as;
    QString attacker;
    int table = -1; ///< opened before the disguise
    std::string refusal;
} arguments;

constexpr const char *Roles[] = {"renderer", "plugin"};

/// What loading its library took, and was then taken from a plugin, is refused to it; a renderer never had it, and
/// ends.
constexpr int TakenFromPlugins[] = {SYS_seccomp, SYS_pread64};

Outcome expectedOf(const Attack &attack, std::string_view role)
{
    const bool taken = attack.expected.kind == Outcome::Killed &&
                       std::find(std::begin(TakenFromPlugins), std::end(TakenFromPlugins), attack.expected.number) !=
                           std::end(TakenFromPlugins);
    return taken && role == "plugin" ? Outcome{Outcome::Failed, EPERM} : attack.expected;
}

wire::SandboxLimits limitsInTheCage()
{
    wire::SandboxLimits limits;
    limits.set_memory_bytes(256 << 20);
    limits.set_threads(64);
    limits.set_total_seconds(2); // of processor: filling all its memory took one on a busy machine
    return limits;
}

Outcome outcomeOf(const ExitReason &end)
{
    switch (end.kind) {
    case ExitKind::ForbiddenCall:
        return end.number < 0 ? Outcome{Outcome::KilledByKernel, 0} : Outcome{Outcome::Killed, end.number};
    case ExitKind::OutOfMemory:
        return {Outcome::OutOfMemory, 0};
    case ExitKind::Limit:
        return {Outcome::Limit, 0};
    default:
        return {Outcome::Died, end.number};
    }
}

/// In a fresh process. Sets @p problem when that did not become ready.
Outcome perform(ChildLauncher &launcher, const char *role, const wire::SandboxLimits &limits, std::size_t number,
                QString &problem)
{
    Victim victim(launcher, {role, limits, {}, {}});
    if (!victim.waitUntilReady()) {
        problem = victim.why();
        return {};
    }
    Result<Memfd> frame = Memfd::create("bulkhead-frame", 64 << 10);
    Fds fds;
    if (frame)
        fds.push_back(frame->duplicate());
    wire::BrowserToRenderer message;
    message.mutable_try_sandbox()->set_deed(wire::TrySandbox::Deed(attack::FirstDeed + int(number)));
    message.mutable_try_sandbox()->set_browser_pid(int(QCoreApplication::applicationPid()));
    const auto answer = victim.ask(message, std::move(fds));
    if (answer && answer->sandbox_attempted().result() < 0)
        return {Outcome::Failed, answer->sandbox_attempted().error()};
    if (answer)
        return {Outcome::Returned, int(answer->sandbox_attempted().result())};
    return victim.end() ? outcomeOf(*victim.end()) : Outcome{};
}

} // namespace

class AttackSuite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!arguments.refusal.empty())
            QSKIP(arguments.refusal.c_str());
        spdlog::set_level(spdlog::level::off); // hundreds of processes die here
        const std::size_t count = attack::attacks().size();
        QVERIFY2(count >= 150, "the list of attacks is too short");
    }

    void theCageIsWhatThisMachineAllows()
    {
        Victim victim(m_zygote, {"renderer", limitsInTheCage(), {}, {}});
        QVERIFY2(victim.waitUntilReady(), qPrintable(victim.why()));
        m_report = victim.report();
        const SandboxVerdict verdict = verdictOn(m_report);
        qInfo("%s", qPrintable(verdict.sentence));
        QVERIFY(m_report.mode() != wire::SANDBOX_OFF);
        QVERIFY(verdict.level != SandboxLevel::None);
        const bool refused = arguments.as.startsWith(QLatin1String("refused"));
        QVERIFY2(!refused || m_report.mode() != wire::USER_NAMESPACE,
                 "the simulation of a refusing machine does not work");
        if (arguments.as == u"refused-user")
            QCOMPARE(int(m_report.mode()), int(wire::NO_NAMESPACES));
    }

    void everyAttackFailsAsItShould_data() { rows(); }
    void everyAttackFailsAsItShould()
    {
        QFETCH(int, number);
        const Attack &attack = attack::attacks()[std::size_t(number)];
        Row &row = m_rows[number];
        row.holds = attack.holds == attack::Holds::Everywhere || m_report.mode() == wire::USER_NAMESPACE;
        row.asExpected = true;
        for (const char *role : Roles) {
            QString problem;
            const Outcome expected = expectedOf(attack, role);
            const Outcome caged = perform(m_zygote, role, limitsInTheCage(), std::size_t(number), problem);
            QVERIFY2(problem.isEmpty(), qPrintable(problem));
            row.asExpected = row.asExpected && caged == expected;
            if (role == Roles[0])
                row.caged = caged;
            if (row.holds && !sanitized()) {
                QVERIFY2(caged == expected,
                         qPrintable(QStringLiteral("as %1: %2, expected: %3")
                                        .arg(QLatin1String(role), QString::fromStdString(caged.text()),
                                             QString::fromStdString(expected.text()))));
            } else {
                // Otherwise answered, but not granted.
                QVERIFY2(!row.holds || caged.kind != Outcome::Returned || expected.kind == Outcome::OutOfMemory ||
                             expected.kind == Outcome::Limit || expected.kind == Outcome::Failed,
                         qPrintable(QString::fromStdString(caged.text())));
            }
        }
    }

    void withoutTheCageItEndsOtherwise_data() { rows(); }
    void withoutTheCageItEndsOtherwise()
    {
        QFETCH(int, number);
        const Attack &attack = attack::attacks()[std::size_t(number)];
        QString problem;
        Row &row = m_rows[number];
        row.free = perform(m_freeZygote, "renderer", {}, std::size_t(number), problem);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        QVERIFY2(
            row.free != attack.expected,
            qPrintable(QStringLiteral("without the sandbox, too: %1").arg(QString::fromStdString(row.free.text()))));
    }

    void cleanupTestCase() { writeTable(); }

private:
    struct Row
    {
        Outcome caged;
        Outcome free;
        bool holds = true;
        bool asExpected = false;
    };

    bool sanitized() const
    {
        return m_report.relaxations_size() > 0 && m_report.steps_size() > 0 &&
               verdictOn(m_report).sentence.contains(QLatin1String("sanitizers"));
    }

    void rows()
    {
        QTest::addColumn<int>("number");
        const auto &all = attack::attacks();
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::addRow("%s: %s", all[i].group, all[i].what) << int(i);
    }

    void writeTable()
    {
        QFile file;
        if (arguments.table < 0 || m_rows.isEmpty() || !file.open(arguments.table, QIODevice::WriteOnly))
            return;
        const auto &all = attack::attacks();
        int held = 0;
        QMap<QString, std::pair<int, int>> groups;
        for (auto row = m_rows.cbegin(); row != m_rows.cend(); ++row) {
            auto &group = groups[QLatin1String(all[std::size_t(row.key())].group)];
            group.first += row->asExpected;
            ++group.second;
            held += row->asExpected;
        }
        QByteArray text = "# Attacks on the sandbox, as " + arguments.as.toUtf8() + "\n\n" +
                          verdictOn(m_report).sentence.toUtf8() + "\n\n" + QByteArray::number(held) + " of " +
                          QByteArray::number(m_rows.size()) +
                          " ended as expected, each in a renderer and in a plugin host.\n\n| group | as expected | "
                          "attacks |\n|---|---|---|\n";
        for (auto group = groups.cbegin(); group != groups.cend(); ++group)
            text += "| " + group.key().toUtf8() + " | " + QByteArray::number(group->first) + " | " +
                    QByteArray::number(group->second) + " |\n";
        text += "\n| group | attack | expected | in the sandbox | without it |\n|---|---|---|---|---|\n";
        for (auto row = m_rows.cbegin(); row != m_rows.cend(); ++row) {
            const Attack &attack = all[std::size_t(row.key())];
            text += QByteArray("| ") + attack.group + " | " + attack.what + " | " + attack.expected.text().c_str() +
                    (row->holds ? "" : " (not in this mode)") + " | " + row->caged.text().c_str() + " | " +
                    row->free.text().c_str() + " |\n";
        }
        file.write(text);
        qInfo("%d of %d attacks ended as expected", held, int(m_rows.size()));
    }

    ExecLauncher m_exec{arguments.attacker};
    ZygoteLauncher m_zygote{arguments.attacker, m_exec};
    ExecLauncher m_freeExec{arguments.attacker, SandboxUse::Off};
    ZygoteLauncher m_freeZygote{arguments.attacker, m_freeExec, SandboxUse::Off};
    wire::SandboxReport m_report;
    QMap<int, Row> m_rows;
};

int main(int argc, char **argv)
{
    if (argc < 4) {
        std::fputs("usage: attack_suite root|user|refused|refused-user ATTACKER TABLE\n", stderr);
        return 2;
    }
    arguments.as = QString::fromLocal8Bit(argv[1]);
    arguments.attacker = QString::fromLocal8Bit(argv[2]);
    QFile::remove(QString::fromLocal8Bit(argv[3]));
    QFile table(QString::fromLocal8Bit(argv[3]));
    if (table.open(QIODevice::WriteOnly))
        arguments.table = ::dup(table.handle());
    // A program that everybody may run, wherever the build folder is.
    const bool isRoot = ::geteuid() == 0;
    QTemporaryDir copies;
    if (isRoot) {
        const QString copy = copies.filePath(QStringLiteral("attacker"));
        QFile::copy(arguments.attacker, copy);
        ::chmod(QFile::encodeName(copies.path()).constData(), 0755);
        ::chmod(QFile::encodeName(copy).constData(), 0755);
        arguments.attacker = copy;
    }
    // The disguise is put on by a child: who waits here can still clean up.
    if (const pid_t child = ::fork(); child != 0) {
        int status = 0;
        while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    copies.setAutoRemove(false);
    if (arguments.as == u"root" && !isRoot)
        arguments.refusal = "this test is not run as root";
    else if (arguments.as == u"user")
        arguments.refusal = putOn(Disguise::Nobody);
    else if (arguments.as == u"refused")
        arguments.refusal = isRoot ? putOn(Disguise::NoUserNamespaces) : "this test is not run as root";
    else if (arguments.as == u"refused-user")
        arguments.refusal = putOn(Disguise::NobodyAndNoUserNamespaces);
    QCoreApplication application(argc, argv);
    AttackSuite suite;
    argv[3] = argv[0];
    return QTest::qExec(&suite, argc - 3, argv + 3);
}

#include "attack_suite.moc"
