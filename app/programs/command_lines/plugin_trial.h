// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/context/browser_context.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/remote_page.h"

#include <QImage>

#include <chrono>
#include <memory>

namespace bulkhead {

/// A document that is in memory, as a Fetch.
class BytesFetch : public Fetch
{
    Q_OBJECT
public:
    /// @p complete false: it ends with an error.
    explicit BytesFetch(QByteArray bytes, bool complete = true) : m_bytes(std::move(bytes)), m_complete(complete) {}

    QByteArray read(qint64 maximum) override
    {
        const QByteArray piece = m_bytes.left(maximum);
        m_bytes.remove(0, piece.size());
        if (m_bytes.isEmpty() && !m_complete && !std::exchange(m_told, true))
            QMetaObject::invokeMethod(
                this, [this] { Q_EMIT failed({}); }, Qt::QueuedConnection);
        return piece;
    }
    bool atEnd() const override { return m_complete && m_bytes.isEmpty(); }

private:
    QByteArray m_bytes;
    const bool m_complete;
    bool m_told = false;
};

/// One plugin with real processes and nothing else of the browser: opens documents in it and waits for what comes. The
/// waits run the event loop. Main thread.
class PluginTrial
{
public:
    explicit PluginTrial(const QString &folder);
    ~PluginTrial();

    PluginRegistry &registry() { return m_plugins.registry; }
    PluginHosts &hosts() { return m_plugins.hosts; }
    /// Null when the plugin cannot be used.
    std::shared_ptr<PluginFile> plugin() const;

    std::unique_ptr<RemotePage> open(const QByteArray &content, const ViewSettings &view, bool complete = true);

    /// A frame of the size that @p page was told has come and no other follows for a moment; false when the process
    /// went away or nothing came in time.
    bool waitForFrame(RemotePage &page, std::chrono::milliseconds timeout = std::chrono::seconds(10));
    /// Runs the event loop for so long, or until @p page's process is gone; then false.
    bool settle(RemotePage *page, std::chrono::milliseconds time);
    /// A copy of what the page shows.
    static QImage picture(const RemotePage &page);
    /// Why the process that was there last ended; empty while none did.
    QString lastEnd() const { return m_lastEnd; }

private:
    std::unique_ptr<ChildLauncher> m_noRenderers;
    BrowserContext m_context;
    BrowserContext::Plugins &m_plugins;
    QString m_lastEnd;
};

} // namespace bulkhead
