// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/plugins/plugin_file.h"
#include "browser/pages/plugins/plugin_permissions.h"
#include "browser/pages/plugins/plugin_storage.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace bulkhead {

class Fetcher;
class RemotePage;

/// What plugins may ask the browser for: the one place where permissions are enforced. First the manifest has to name
/// the permission, then the person has to have granted it to this plugin on this site; then it is done, within the
/// bounds of both. Every request is answered once; refusals with a sentence that says what to change. Main thread.
class PluginServices : public QObject
{
    Q_OBJECT
public:
    /// Lets the person choose a file for @p suggestedName and calls back once, with an empty path when there is none.
    using FileChooser =
        std::function<void(const QString &suggestedName, std::function<void(const QString &path)> done)>;

    static constexpr qint64 MostFetched = 768 << 10; ///< bytes, below limits::MessageBytes

    /// @p fetcher and @p permissions outlive it. @p dataFolder as for PluginStorage.
    PluginServices(Fetcher &fetcher, PluginPermissions &permissions, const QString &dataFolder = {});

    PluginPermissions &permissions() { return m_permissions; }
    PluginStorage &storage() { return m_storage; }
    /// Without one nothing is saved.
    void setFileChooser(FileChooser chooser) { m_chooser = std::move(chooser); }

    void handle(const PluginFile &plugin, RemotePage &page, const wire::PluginServiceRequest &request);

private:
    struct Request
    {
        QPointer<RemotePage> page;
        quint32 id;
        wire::PluginServiceRequest::Service service;
        QString plugin, site, name;
        QByteArray data;
        PluginRights rights;
    };

    void carryOut(const Request &request);
    void fetch(const Request &request);
    void save(const Request &request);

    Fetcher &m_fetcher;
    PluginPermissions &m_permissions;
    PluginStorage m_storage;
    FileChooser m_chooser;
};

/// services->handle(), or, without services, a refusal.
void answerServiceRequest(PluginServices *services, const PluginFile &plugin, RemotePage &page,
                          const wire::PluginServiceRequest &request);

} // namespace bulkhead
