// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/crash/crash_handler.h"

#include "ipc/core/crash_record.h"
#include "ipc/core/exit_codes.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>

namespace bulkhead {

namespace {

constexpr int Fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
/// Of the handler itself; what the kernel puts there before it depends on the processor's vector registers.
constexpr std::size_t StackBytes = 64 << 10;

// What the handler reads was written before it was installed and never changes.
int crashFd = -1;
pid_t mainThread = 0;
char table[crash::MaxTableBytes];
std::size_t tableBytes = 0;
/// Too large for a signal stack; one crash is enough, and a second thread's waits for the first to end the process.
crash::Record record;
volatile sig_atomic_t isWriting = 0;

int addModule(dl_phdr_info *info, std::size_t, void *)
{
    char ownPath[4096];
    const char *path = info->dlpi_name;
    if (!path || !*path) { // the program itself
        const ssize_t length = ::readlink("/proc/self/exe", ownPath, sizeof ownPath - 1);
        if (length <= 0)
            return 0;
        ownPath[length] = 0;
        path = ownPath;
    }
    if (*path != '/') // the kernel's vdso
        return 0;
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const ElfW(Phdr) &segment = info->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || !(segment.p_flags & PF_X))
            continue;
        const std::uint64_t start = info->dlpi_addr + segment.p_vaddr;
        const std::size_t room = sizeof table - tableBytes;
        const int length =
            std::snprintf(table + tableBytes, room, "%llx %llx %llx %s\n", (unsigned long long)start,
                          (unsigned long long)(start + segment.p_memsz), (unsigned long long)info->dlpi_addr, path);
        if (length > 0 && std::size_t(length) < room)
            tableBytes += std::size_t(length);
    }
    return 0;
}

void writeAll(const void *data, std::size_t bytes)
{
    const char *at = static_cast<const char *>(data);
    while (bytes > 0) {
        const ssize_t written = ::write(crashFd, at, bytes);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return; // the pipe is full or closed: this end must not wait for anybody
        at += written;
        bytes -= std::size_t(written);
    }
}

struct Unwinding
{
    std::uint64_t interrupted; ///< where the signal came; what lies further in is this handler
    bool found;
};

_Unwind_Reason_Code addFrame(_Unwind_Context *context, void *argument)
{
    auto &unwinding = *static_cast<Unwinding *>(argument);
    const std::uint64_t pc = _Unwind_GetIP(context);
    if (!unwinding.found && pc != unwinding.interrupted)
        return _URC_NO_REASON;
    unwinding.found = true;
    const bool isEnd = pc == 0 && record.frameCount > 0; // behind the first function of all
    if (isEnd || record.frameCount >= crash::MaxFrames)
        return _URC_END_OF_STACK;
    record.frames[record.frameCount++] = pc;
    return _URC_NO_REASON;
}

void readRegisters(const ucontext_t &context)
{
#if defined(__x86_64__)
    constexpr int Order[crash::RegisterCount] = {REG_RIP, REG_RSP, REG_RBP, REG_RAX, REG_RBX, REG_RCX,
                                                 REG_RDX, REG_RSI, REG_RDI, REG_R8,  REG_R9,  REG_R10,
                                                 REG_R11, REG_R12, REG_R13, REG_R14, REG_R15, REG_EFL};
    for (std::size_t i = 0; i < crash::RegisterCount; ++i)
        record.registers[i] = std::uint64_t(context.uc_mcontext.gregs[Order[i]]);
#elif defined(__aarch64__)
    const auto &machine = context.uc_mcontext;
    std::size_t at = 0;
    for (const std::uint64_t value : {machine.pc, machine.sp, machine.regs[29], machine.regs[30]})
        record.registers[at++] = value;
    for (std::size_t i = 0; i <= 28; ++i)
        record.registers[at++] = machine.regs[i];
    record.registers[at] = machine.pstate;
#else
#error "which registers a crash record holds on this architecture is not known: name them here and in crash_record.h"
#endif
}

void fillRecord(crash::Kind kind, int signal, const siginfo_t *info, const ucontext_t &context)
{
    record.magic = crash::Magic;
    record.version = crash::Version;
    record.kind = kind;
    record.signal = signal;
    record.code = info->si_code;
    const bool wasSent = info->si_code <= 0; // by kill(2), tgkill(2) and the like
    record.faultAddress = wasSent ? 0 : std::uint64_t(reinterpret_cast<std::uintptr_t>(info->si_addr));
    record.sender = wasSent && info->si_pid != ::getpid() ? info->si_pid : 0;
    const auto thread = pid_t(::syscall(SYS_gettid));
    record.thread = thread == mainThread ? 0 : std::uint32_t(thread);
    record.frameCount = 0;
    record.tableBytes = std::uint32_t(tableBytes);
    readRegisters(context);
}

void unwind()
{
    Unwinding unwinding{record.registers[0], false};
    _Unwind_Backtrace(&addFrame, &unwinding);
    if (record.frameCount > 1)
        return;
    // A call to nowhere has no unwind table, but has left its return address: on top of the stack, or in a register.
    record.frames[0] = record.registers[0];
    record.frameCount = 1;
#if defined(__x86_64__)
    const std::uint64_t top = record.registers[1];
    if (top % 8 == 0 && top != 0)
        record.frames[record.frameCount++] = *reinterpret_cast<const std::uint64_t *>(top);
#elif defined(__aarch64__)
    record.frames[record.frameCount++] = record.registers[3]; // x30
#endif
}

void onFatal(int signal, siginfo_t *info, void *context)
{
    const auto &state = *static_cast<const ucontext_t *>(context);
    // From here on the signal takes its course, also when it comes again in here, from a stack that cannot be read.
    struct sigaction standard = {};
    standard.sa_handler = SIG_DFL;
    for (const int number : Fatal)
        ::sigaction(number, &standard, nullptr);
    if (!isWriting) {
        isWriting = 1;
        fillRecord(crash::Kind::Crash, signal, info, state);
        // Registers first: the stack may be what is broken. A second record replaces this one.
        record.frames[0] = record.registers[0];
        record.frameCount = 1;
        writeAll(&record, sizeof record);
        writeAll(table, tableBytes);
        record.frameCount = 0;
        unwind();
        writeAll(&record, sizeof record);
        writeAll(table, tableBytes);
    }
    if (info->si_code > 0 && signal != SIGSYS)
        return; // the instruction is run again and ends the process, with its true reason
    ::syscall(SYS_tgkill, ::getpid(), ::syscall(SYS_gettid), signal);
    sigset_t only;
    ::sigemptyset(&only);
    ::sigaddset(&only, signal);
    ::sigprocmask(SIG_UNBLOCK, &only, nullptr);
    // Still here: the first process of a pid namespace does not die of what it sends itself. Not _exit(): before a call
    // that does not return AddressSanitizer asks for the bounds of the stack, and must not on this one.
    ::syscall(SYS_exit_group, exit_codes::SignalBase + signal);
}

void onCapture(int signal, siginfo_t *info, void *context)
{
    const int savedErrno = errno;
    if (!isWriting) {
        isWriting = 1;
        fillRecord(crash::Kind::Capture, signal, info, *static_cast<const ucontext_t *>(context));
        unwind();
        writeAll(&record, sizeof record);
        writeAll(table, tableBytes);
        isWriting = 0;
    }
    errno = savedErrno;
}

_Unwind_Reason_Code ignoreFrame(_Unwind_Context *, void *)
{
    return _URC_NO_REASON;
}

} // namespace

void useCrashStack()
{
    // With a page below it that nobody may touch: an overflow of this stack must not reach other memory.
    const auto guard = std::size_t(::sysconf(_SC_PAGESIZE));
    const auto context = std::size_t(std::max(::sysconf(_SC_MINSIGSTKSZ), 0L));
    const std::size_t size = (StackBytes + context + guard - 1) / guard * guard;
    void *memory = ::mmap(nullptr, size + guard, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return;
    char *stackMemory = static_cast<char *>(memory) + guard;
    if (::mprotect(stackMemory, size, PROT_READ | PROT_WRITE) != 0)
        return;
    stack_t stack = {};
    stack.ss_sp = stackMemory;
    stack.ss_size = size;
    ::sigaltstack(&stack, nullptr);
}

void rememberLoadedFiles()
{
    tableBytes = 0;
    ::dl_iterate_phdr(&addModule, nullptr);
}

void installCrashHandler(UniqueFd fd)
{
    if (!fd) {
        ::signal(crash::CaptureSignal, SIG_IGN); // there is nowhere to write to
        return;
    }
    crashFd = fd.release();
    ::fcntl(crashFd, F_SETFL, O_NONBLOCK);
    mainThread = ::getpid();
    if (tableBytes == 0)
        rememberLoadedFiles();
    _Unwind_Backtrace(&ignoreFrame, nullptr); // loads what it needs
    useCrashStack();

    struct sigaction action = {};
    ::sigfillset(&action.sa_mask);
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    // A fault inside the handler must end the process, not be held back.
    for (const int number : Fatal)
        ::sigdelset(&action.sa_mask, number);
    action.sa_sigaction = &onFatal;
    for (const int number : Fatal)
        ::sigaction(number, &action, nullptr);
    action.sa_flags |= SA_RESTART;
    action.sa_sigaction = &onCapture;
    ::sigaction(crash::CaptureSignal, &action, nullptr);
}

} // namespace bulkhead
