// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/model/proc_sample.h"

#include <QDir>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

namespace bulkhead {

namespace {

/// A file of /proc, which is made when it is read: one call, no buffering class around it.
class ProcFile
{
public:
    ProcFile(qint64 pid, const char *name)
    {
        char path[64];
        std::snprintf(path, sizeof path, "/proc/%lld/%s", static_cast<long long>(pid), name);
        const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return;
        ssize_t got = 0;
        while (m_size < m_buffer.size() && (got = ::read(fd, m_buffer.data() + m_size, m_buffer.size() - m_size)) > 0)
            m_size += std::size_t(got);
        ::close(fd);
    }
    std::string_view text() const { return {m_buffer.data(), m_size}; }

private:
    std::array<char, 4096> m_buffer;
    std::size_t m_size = 0;
};

/// The number after "KEY:" in a file of such lines; 0 when it is not there.
quint64 valueOf(std::string_view text, std::string_view key)
{
    for (std::size_t at = text.find(key); at != std::string_view::npos; at = text.find(key, at + 1)) {
        if (at == 0 || text[at - 1] == '\n')
            return std::strtoull(text.data() + at + key.size(), nullptr, 10);
    }
    return 0;
}

std::optional<int> countDescriptors(qint64 pid)
{
    const QByteArray path = QByteArray("/proc/") + QByteArray::number(pid) + "/fd";
    struct stat status = {};
    if (::stat(path.constData(), &status) == 0 && status.st_size > 0)
        return int(status.st_size); // Linux 6.2 and later, readable by everybody
    const QDir folder(QString::fromLatin1(path));
    if (!folder.isReadable())
        return {};
    return int(folder.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size());
}

} // namespace

std::optional<ProcSample> ProcSample::of(qint64 pid)
{
    const ProcFile stat(pid, "stat");
    const std::string line(stat.text());
    // The name in parentheses may hold anything; fields are counted from behind it, the state being the third of
    // proc(5).
    const std::size_t nameEnd = line.rfind(')');
    if (pid <= 0 || nameEnd == std::string::npos || line.size() < nameEnd + 3)
        return {};
    ProcSample sample;
    sample.state = line[nameEnd + 2];
    if (sample.state == 'Z' || sample.state == 'X')
        return {};
    std::array<long long, 23> fields{}; // by their number in proc(5)
    const char *at = line.c_str() + nameEnd + 3;
    for (std::size_t i = 4; i < fields.size(); ++i) {
        char *end = nullptr;
        fields[i] = std::strtoll(at, &end, 10);
        at = end;
    }
    static const long long TicksPerSecond = ::sysconf(_SC_CLK_TCK);
    sample.processorTime = std::chrono::milliseconds((fields[14] + fields[15]) * 1000 / TicksPerSecond);
    sample.niceness = int(fields[19]);
    sample.threads = int(fields[20]);
    timespec now = {};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    const long long sinceBoot = now.tv_sec * 1000LL + now.tv_nsec / 1'000'000;
    sample.age = std::chrono::milliseconds(std::max(0LL, sinceBoot - fields[22] * 1000 / TicksPerSecond));

    const ProcFile status(pid, "status");
    const std::string text(status.text()); // ends with a zero, for strtoull
    sample.residentBytes = valueOf(text, "VmRSS:") << 10;
    sample.privateBytes = valueOf(text, "RssAnon:") << 10;
    sample.voluntarySwitches = valueOf(text, "voluntary_ctxt_switches:");
    sample.forcedSwitches = valueOf(text, "nonvoluntary_ctxt_switches:");
    sample.descriptors = countDescriptors(pid);
    return sample;
}

std::optional<quint64> ProcSample::proportionalBytesOf(qint64 pid)
{
    const ProcFile rollup(pid, "smaps_rollup");
    const std::string text(rollup.text());
    if (text.empty())
        return {};
    return valueOf(text, "Pss:") << 10;
}

} // namespace bulkhead
