// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/page_processes/plugin_link.h"
#include "browser/pages/plugins/plugin_file.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace bulkhead {

class PluginServices;
class PageProcess;

/// One plugin process as the browser knows it, beside its PageProcess, whose child it is: whether the library is
/// loaded, why not, and what its pages ask for. Everything that arrives here was sent by untrusted code and is checked
/// here. Main thread.
class PluginConnection : public QObject, public PluginLink
{
    Q_OBJECT
public:
    /// How long a process that does not answer is left alone after that was noticed: 3 and 7 are the 10 seconds it has.
    static constexpr std::chrono::milliseconds HangLimit{3000};
    static constexpr std::chrono::milliseconds HangPatience{7000};

    /// @p services may be null: then everything that needs a permission is refused.
    PluginConnection(std::shared_ptr<PluginFile> plugin, PageProcess &host, PluginServices *services,
                     std::chrono::milliseconds startTime);
    ~PluginConnection() override;

    const std::shared_ptr<PluginFile> &plugin() const { return m_plugin; }
    PageProcess &host() const { return m_host; }
    /// Why the plugin cannot be used, once that is known.
    const std::optional<PluginFault> &fault() const { return m_fault; }
    const QStringList &extensions() const { return m_extensions; }

    /// Ends the process for that reason.
    void giveUp(PluginFault fault);

    // ---- for PageProcess and its pages
    bool isLoaded() const override { return m_loaded; }
    wire::PluginDocument announcement(const RemotePage &page) const override;
    qint64 contentLimit() const override { return m_plugin->manifest()->contentBytes; }
    BadMessage handle(const wire::FromPlugin &message) override;
    ExitReason explain(ExitReason reason) override;

Q_SIGNALS:
    void loaded();
    void failed(const bulkhead::PluginFault &fault);

private:
    struct Read
    {
        quint32 requestId;
        qint64 offset;
        qint64 count;
    };

    BadMessage takeLoaded(const wire::PluginLoaded &message);
    BadMessage takeFailed(const wire::PluginFailed &message);
    BadMessage takeRead(const wire::PluginRead &message);
    void answerReads(RemotePage *page);
    RemotePage *page(quint32 id) const;
    void hangChanged();

    const std::shared_ptr<PluginFile> m_plugin;
    PageProcess &m_host;
    PluginServices *m_services;
    bool m_loaded = false;
    QStringList m_extensions;
    std::optional<PluginFault> m_fault;
    QTimer m_startTimer;
    QTimer m_hangTimer;
    QHash<quint32, QList<Read>> m_reads; ///< by page: waiting for content that has not arrived
};

} // namespace bulkhead
