// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/remote/control_methods.h"
#include "browser/desktop/remote/control_server.h"

#include <QUrl>

#include <optional>

namespace bulkhead {

/// Remote control as this app offers it, and the rule that one app runs per profile: a second start hands its addresses
/// to the first and ends. Main thread.
class RemoteControl : public QObject
{
    Q_OBJECT
public:
    enum class Instance {
        First,      ///< this one goes on
        HandedOver, ///< the running one has taken the addresses
    };

    explicit RemoteControl(QObject *parent = nullptr);

    /// Takes @p socketPath, or gives @p urls to the app that has it. An error when that app does not answer, or the
    /// path cannot be used.
    Result<Instance> claim(const QString &socketPath, const QList<QUrl> &urls);
    /// Starts to answer; @p app is what is controlled. Parts of the app may add their methods before.
    void start(const ControlledApp &app);
    ControlMethods &methods() { return m_methods; }

private:
    Result<void> handOver(const QString &socketPath, const QList<QUrl> &urls);

    ControlMethods m_methods;
    ControlServer m_server;
};

} // namespace bulkhead
