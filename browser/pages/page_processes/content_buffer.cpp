// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/content_buffer.h"

#include <QTimer>

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace bulkhead {

namespace {
constexpr qint64 Piece = 256 << 10;
constexpr std::chrono::milliseconds Turn{4}; // then the rest of the app has its turn
} // namespace

ContentBuffer::ContentBuffer(std::shared_ptr<Fetch> fetch, qint64 most, Charge held, QObject *parent)
    : QObject(parent), m_fetch(std::move(fetch)), m_most(most), m_held(std::move(held)),
      m_memory(::memfd_create("bulkhead-content", MFD_CLOEXEC | MFD_ALLOW_SEALING))
{
    connect(m_fetch.get(), &Fetch::readyRead, this, &ContentBuffer::pump);
    connect(m_fetch.get(), &Fetch::finished, this, [this] {
        m_finished = true;
        pump();
    });
    connect(m_fetch.get(), &Fetch::failed, this, [this] { end(false); });
}

ContentBuffer::~ContentBuffer() = default;

void ContentBuffer::start(qint64 length)
{
    if (length > m_most)
        return refuse(Refused::TooLarge);
    m_finished = m_finished || m_fetch->atEnd();
    pump();
}

void ContentBuffer::pump()
{
    const auto until = std::chrono::steady_clock::now() + Turn;
    bool any = false;
    while (!m_ended) {
        const QByteArray piece = m_fetch->read(Piece);
        if (piece.isEmpty()) {
            if (m_finished || m_fetch->atEnd())
                end(true);
            break;
        }
        if (m_size + piece.size() > m_most) {
            refuse(Refused::TooLarge);
            break;
        }
        if (!m_held.grow(piece.size(), std::max(m_most, SiteAccount::ContentRoom))) {
            refuse(Refused::NoRoom);
            break;
        }
        if (::pwrite(m_memory.get(), piece.constData(), std::size_t(piece.size()), off_t(m_size)) != piece.size()) {
            end(false);
            break;
        }
        m_size += piece.size();
        any = true;
        if (std::chrono::steady_clock::now() > until) {
            QTimer::singleShot(0, this, &ContentBuffer::pump);
            break;
        }
    }
    if (any)
        Q_EMIT grown();
}

void ContentBuffer::refuse(Refused why)
{
    if (m_ended)
        return;
    m_refused = why;
    m_size = 0;
    m_memory.reset();
    m_held.set(0);
    end(false);
}

void ContentBuffer::end(bool complete)
{
    if (m_ended)
        return;
    m_ended = true;
    m_complete = complete;
    m_fetch->disconnect(this);
    Q_EMIT ended();
}

std::optional<QByteArray> ContentBuffer::read(qint64 offset, qint64 count) const
{
    if (offset < 0 || count < 0)
        return QByteArray();
    if (!m_ended && count > m_size - offset)
        return {};
    const qint64 there = std::clamp<qint64>(m_size - offset, 0, count);
    QByteArray bytes(there, Qt::Uninitialized);
    const ssize_t got = there == 0 ? 0 : ::pread(m_memory.get(), bytes.data(), std::size_t(there), off_t(offset));
    bytes.truncate(std::max<qsizetype>(0, got));
    return bytes;
}

UniqueFd ContentBuffer::sealed()
{
    constexpr int Seals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    if (m_size == 0)
        return {};
    ::fcntl(m_memory.get(), F_ADD_SEALS, Seals); // fails when that was done before
    return m_memory.duplicate();
}

} // namespace bulkhead
