// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

#include <chrono>

namespace bulkhead {

enum class HangCause {
    Stopped,     ///< SIGSTOP: it does nothing until it is continued
    Busy,        ///< it uses the processor and does not come back to its messages
    NotReading,  ///< it sleeps and leaves its messages unread
    NotAnswering ///< it has read them and does not answer
};

/// A process that does not answer: why, as far as the kernel can tell. Plain value.
struct Hang
{
    HangCause cause = HangCause::NotAnswering;
    std::chrono::milliseconds waited{};

    /// "stopped", "busy", "not-reading", "not-answering"
    QString code() const;
    /// One sentence for the person.
    QString sentence() const;

    friend bool operator==(const Hang &, const Hang &) = default;
};

} // namespace bulkhead
