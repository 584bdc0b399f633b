// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/model/process_source.h"

#include <functional>

namespace bulkhead {

/// The browser itself and its zygotes.
class AppProcesses : public ProcessSource
{
    Q_OBJECT
public:
    static constexpr quint64 BrowserKey = 1;

    /// @p zygotePid says which process forks the others, 0 when there is none; it may be empty.
    explicit AppProcesses(std::function<qint64()> zygotePid, QObject *parent = nullptr);

    /// Fork servers for other kinds of processes.
    void setMoreZygotes(std::function<std::vector<qint64>()> pids) { m_moreZygotes = std::move(pids); }

    void describe(std::vector<ProcessInfo> &to) const override;
    /// Also to the browser: whoever shows the button asks first.
    bool sendSignal(quint64 key, int signal) override;
    /// A zygote only; another one comes with the next process.
    bool end(quint64 key) override;

private:
    static quint64 zygoteKey(qint64 pid) { return (quint64(1) << 32) | quint64(pid); }

    std::vector<qint64> zygotePids() const;

    std::function<qint64()> m_zygotePid;
    std::function<std::vector<qint64>()> m_moreZygotes;
};

} // namespace bulkhead
