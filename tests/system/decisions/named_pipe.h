// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace bulkhead {

/// A pipe in the place of a file: whoever opens it as a file waits, and reads what this side writes. A thread is the
/// other end.
class NamedPipe
{
public:
    NamedPipe(const QString &path, QByteArray content) : m_path(QFile::encodeName(path)), m_content(std::move(content))
    {
        ::mkfifo(m_path.constData(), 0600);
        m_pipe = UniqueFd(::open(m_path.constData(), O_PATH | O_CLOEXEC));
        // By the pipe itself: it may be moved away, and another file be in its place, before the thread comes to it.
        m_self = "/proc/self/fd/" + QByteArray::number(m_pipe.get());
        m_writer = std::thread([this] {
            const int fd = ::open(m_self.constData(), O_WRONLY | O_CLOEXEC);
            m_opened = !m_ending;
            if (!m_ending && ::write(fd, m_content.constData(), std::size_t(m_content.size())) < 0)
                m_opened = true;
            ::close(fd);
        });
    }
    ~NamedPipe() { finish(); }

    /// Nobody opens it any more: whether somebody did.
    bool wasOpened()
    {
        finish();
        return m_opened;
    }

private:
    void finish()
    {
        if (!m_writer.joinable())
            return;
        m_ending = true;
        // Lets the writer go on, if it still waits.
        const int fd = ::open(m_self.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        m_writer.join();
        ::close(fd);
    }

    const QByteArray m_path;
    const QByteArray m_content;
    UniqueFd m_pipe;
    QByteArray m_self;
    std::atomic<bool> m_ending{false};
    std::atomic<bool> m_opened{false};
    std::thread m_writer;
};

} // namespace bulkhead
