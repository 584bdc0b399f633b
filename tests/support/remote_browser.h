// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/remote/control_client.h"
#include "tests/support/scoped_process.h"

#include <QJsonObject>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace bulkhead {

/// The whole program, run without a window and spoken to by its own protocol, with a profile and a runtime folder of
/// its own. Answers block the test; the program is another process.
class RemoteBrowser
{
public:
    /// @p arguments come on top of those that make it serve. @p profile outlives it and may have been used before.
    explicit RemoteBrowser(const QString &profile, const QStringList &arguments = {});

    bool isReady() const { return m_client.has_value(); }
    ScopedProcess &process() { return *m_process; }
    QString socketPath() const { return m_socket; }

    /// The result; an empty object when the app refuses, and then lastError() says why.
    QJsonObject call(const QString &method, const QJsonObject &params = {});
    const RemoteError &lastError() const { return m_error; }

    /// Opens @p url in a new tab in front and waits until it is complete; its number, or 0.
    int openAndWait(const QString &url);
    QJsonObject tab(int id);
    /// Waits for @p condition of `wait`; false when it did not come.
    bool wait(int tab, const QString &condition, double seconds = 30);

private:
    QTemporaryDir m_folder;
    QString m_socket;
    std::unique_ptr<ScopedProcess> m_process;
    std::optional<ControlClient> m_client;
    RemoteError m_error;
};

} // namespace bulkhead
