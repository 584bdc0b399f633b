// SPDX-License-Identifier: BSD-3-Clause
// What a crash record says of the processor, on whichever one this is: where the fault was, the stack, and the way
// there.
#include "app/runtime/crash/crash_handler.h"
#include "ipc/core/crash_record.h"
#include "ipc/core/unique_fd.h"

#include <QtTest>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

constexpr std::uint64_t Nowhere = 0x1238;

/// Addresses of the child's, told before it dies.
struct Told
{
    std::uint64_t function = 0;
    std::uint64_t stack = 0;
};

__attribute__((noinline, noclone, noipa)) void fault(int fd)
{
    char here = 0;
    const Told told{std::uint64_t(reinterpret_cast<std::uintptr_t>(&fault)),
                    std::uint64_t(reinterpret_cast<std::uintptr_t>(&here))};
    if (::write(fd, &told, sizeof told) != ssize_t(sizeof told))
        ::_exit(90);
    *reinterpret_cast<volatile int *>(Nowhere) = here;
}

__attribute__((noinline, noclone, noipa)) void callNowhere(int fd)
{
    const Told told{std::uint64_t(reinterpret_cast<std::uintptr_t>(&callNowhere)), 0};
    if (::write(fd, &told, sizeof told) != ssize_t(sizeof told))
        ::_exit(90);
    void (*volatile nowhere)() = nullptr;
    nowhere();
    asm volatile("");
}

/// Both ends block, unlike those of the browser.
struct Pipe
{
    Pipe()
    {
        int ends[2] = {-1, -1};
        if (::pipe2(ends, O_CLOEXEC) != 0)
            qFatal("pipe2");
        readEnd.reset(ends[0]);
        writeEnd.reset(ends[1]);
    }
    UniqueFd readEnd, writeEnd;
};

struct Crash
{
    Told told;
    crash::Record record = {}; ///< the last one: with the stack
    int status = 0;
};

Crash crashIn(void (*deed)(int))
{
    Crash crash;
    Pipe told, records;
    const pid_t child = ::fork();
    if (child == 0) {
        installCrashHandler(std::move(records.writeEnd));
        deed(told.writeEnd.get());
        ::_exit(91);
    }
    records.writeEnd.reset();
    if (::read(told.readEnd.get(), &crash.told, sizeof crash.told) != ssize_t(sizeof crash.told))
        qWarning("the child told nothing");
    QByteArray all;
    char part[4096];
    for (ssize_t got = 0; (got = ::read(records.readEnd.get(), part, sizeof part)) > 0;)
        all.append(part, qsizetype(got));
    ::waitpid(child, &crash.status, 0);
    // Two records, each followed by the table of what is loaded.
    crash::Record first = {};
    if (all.size() < qsizetype(sizeof first))
        return crash;
    std::memcpy(&first, all.constData(), sizeof first);
    const qsizetype second = qsizetype(sizeof first) + qsizetype(first.tableBytes);
    const bool isWhole = all.size() >= second + qsizetype(sizeof first);
    std::memcpy(&crash.record, all.constData() + (isWhole ? second : 0), sizeof crash.record);
    return crash;
}

std::uint64_t value(const crash::Record &record, std::initializer_list<std::string_view> names)
{
    for (std::size_t i = 0; i < crash::RegisterCount; ++i) {
        if (std::find(names.begin(), names.end(), crash::RegisterNames[i]) != names.end())
            return record.registers[i];
    }
    return 0;
}

} // namespace

class CrashRegistersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFaultIsWhereItWas()
    {
        const Crash crash = crashIn(&fault);
        QVERIFY(WIFSIGNALED(crash.status));
        QCOMPARE(WTERMSIG(crash.status), SIGSEGV);
        QCOMPARE(crash.record.magic, crash::Magic);
        QCOMPARE(crash.record.signal, SIGSEGV);
        QCOMPARE(crash.record.faultAddress, Nowhere);
        const std::uint64_t pc = value(crash.record, {"rip", "pc"}), sp = value(crash.record, {"rsp", "sp"});
        QCOMPARE(crash.record.registers[0], pc);
        QCOMPARE(crash.record.registers[1], sp);
        QVERIFY(pc > crash.told.function && pc < crash.told.function + 4096);
        QVERIFY(sp <= crash.told.stack && sp + 4096 > crash.told.stack);
        QVERIFY(crash.record.frameCount > 2);
        QCOMPARE(crash.record.frames[0], pc);
    }

    void aCallToNowhereSaysWhoCalled()
    {
        const Crash crash = crashIn(&callNowhere);
        QCOMPARE(WTERMSIG(crash.status), SIGSEGV);
        QCOMPARE(value(crash.record, {"rip", "pc"}), 0u);
        QVERIFY(crash.record.frameCount >= 2);
        const std::uint64_t caller = crash.record.frames[1];
        QVERIFY2(caller > crash.told.function && caller < crash.told.function + 4096,
                 qPrintable(QString::number(caller, 16)));
    }
};

QTEST_APPLESS_MAIN(CrashRegistersTest)
#include "crash_registers_test.moc"
