// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/crash_pipe.h"

#include <cerrno>
#include <unistd.h>

namespace bulkhead {

namespace {
constexpr qsizetype MostPerTurn = 256 << 10; // a pipe holds 64 KiB
}

CrashPipe::CrashPipe(UniqueFd readEnd, QObject *parent) : QObject(parent), m_readEnd(std::move(readEnd))
{
    m_notifier = std::make_unique<QSocketNotifier>(m_readEnd.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &CrashPipe::read);
}

void CrashPipe::read()
{
    char piece[16 << 10];
    for (qsizetype total = 0; m_readEnd && total < MostPerTurn;) {
        const ssize_t got = ::read(m_readEnd.get(), piece, sizeof piece);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got <= 0)
            return close();
        total += got;
        m_buffer.append(piece, got);
        for (;;) {
            qsizetype used = 0;
            const std::optional<CrashRecord> record = CrashRecord::parse(m_buffer, &used);
            m_buffer.remove(0, used);
            if (!record)
                break;
            if (++m_records > MaxRecords)
                return close();
            Q_EMIT recorded(*record);
        }
    }
}

void CrashPipe::close()
{
    if (m_notifier) {
        m_notifier->setEnabled(false);
        m_notifier.release()->deleteLater(); // we may be inside its signal
    }
    m_readEnd.reset();
}

} // namespace bulkhead
