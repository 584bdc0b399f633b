// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/plugin_services.h"

#include "browser/pages/fetch/fetcher.h"
#include "browser/pages/fetch/file_names.h"
#include "browser/pages/page_processes/deleted_later.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/plugins/url_pattern.h"
#include "browser/pages/shown/shown_address.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSaveFile>

#include <algorithm>

namespace bulkhead {

namespace {

using Service = wire::PluginServiceRequest;

/// Empty for what is no service.
QString permissionFor(Service::Service service)
{
    switch (service) {
    case Service::FETCH:
        return QStringLiteral("fetch");
    case Service::STORAGE_GET:
    case Service::STORAGE_PUT:
    case Service::STORAGE_REMOVE:
        return QStringLiteral("storage");
    case Service::CLIPBOARD:
        return QStringLiteral("clipboard");
    case Service::SAVE:
        return QStringLiteral("save-as");
    case Service::OPEN:
    case Service::OPEN_IN_NEW_TAB:
        return QStringLiteral("open-link");
    case Service::UNKNOWN:
    case wire::PluginServiceRequest_Service_PluginServiceRequest_Service_INT_MIN_SENTINEL_DO_NOT_USE_:
    case wire::PluginServiceRequest_Service_PluginServiceRequest_Service_INT_MAX_SENTINEL_DO_NOT_USE_:
        break;
    }
    return {};
}

void answer(RemotePage *page, quint32 id, bool ok, const QByteArray &data)
{
    if (!page || !page->host())
        return;
    wire::BrowserToRenderer message;
    wire::PluginServiceAnswer *answer = message.mutable_plugin()->mutable_service_answer();
    answer->set_page_id(page->id());
    answer->set_request_id(id);
    answer->set_ok(ok);
    answer->set_data(data.constData(), std::size_t(data.size()));
    page->host()->channel().send(message);
}

void refuse(RemotePage *page, quint32 id, const QString &sentence)
{
    answer(page, id, false, sentence.toUtf8());
}

QString missingPermission(const QString &name)
{
    return PluginServices::tr(
               "The plugin has no permission for this: its manifest lacks \"permissions\": {\"%1\": {\"reason\": …}}.")
        .arg(name);
}

} // namespace

void answerServiceRequest(PluginServices *services, const PluginFile &plugin, RemotePage &page,
                          const wire::PluginServiceRequest &request)
{
    if (services)
        services->handle(plugin, page, request);
    else
        refuse(&page, request.request_id(), PluginServices::tr("This is not available here."));
}

PluginServices::PluginServices(Fetcher &fetcher, PluginPermissions &permissions, const QString &dataFolder)
    : m_fetcher(fetcher), m_permissions(permissions), m_storage(dataFolder)
{
}

void PluginServices::handle(const PluginFile &plugin, RemotePage &page, const wire::PluginServiceRequest &message)
{
    const QString permission = permissionFor(message.service());
    if (permission.isEmpty())
        return refuse(&page, message.request_id(), tr("There is no such service."));
    const PluginManifest &manifest = *plugin.manifest();
    if (!manifest.permissions.contains(permission))
        return refuse(&page, message.request_id(), missingPermission(permission));
    const QUrl url(QString::fromStdString(message.name()), QUrl::StrictMode);
    const QStringList urls = manifest.permissions.value(permission).urls;
    const auto fits = [&url](const QString &pattern) { return matchesPattern(url, pattern); };
    if (message.service() == Service::FETCH && std::none_of(urls.begin(), urls.end(), fits)) {
        return refuse(&page, message.request_id(),
                      tr("The plugin's manifest does not allow %1: \"permissions.fetch.urls\" has no pattern for it.")
                          .arg(shownAddress(url)));
    }
    const auto decided = [self = QPointer(this), page = QPointer(&page), message, plugin = plugin.id(),
                          site = page.site().key(), url, permission](const PluginRights &rights) {
        if (!self || !page)
            return;
        if (rights.has(permission) && (message.service() != Service::FETCH || rights.mayFetch(url)))
            self->carryOut({page, message.request_id(), message.service(), plugin, site,
                            QString::fromStdString(message.name()), QByteArray::fromStdString(message.data()), rights});
        else
            refuse(page, message.request_id(),
                   tr("You have not allowed the plugin this on this site (\"permissions.%1\").").arg(permission));
    };
    m_permissions.request({plugin.id(), manifest.name, page.site().key(), manifest.permissions}, permission, decided);
}

void PluginServices::carryOut(const Request &request)
{
    RemotePage *page = request.page;
    switch (request.service) {
    case Service::FETCH:
        return fetch(request);
    case Service::STORAGE_GET: {
        const auto value = m_storage.value(request.plugin, request.site, request.name);
        return value ? answer(page, request.id, true, *value) : refuse(page, request.id, tr("There is no such value."));
    }
    case Service::STORAGE_PUT: {
        const Result<void> put =
            m_storage.put(request.plugin, request.site, request.name, request.data, request.rights.quota());
        return put ? answer(page, request.id, true, {})
                   : refuse(page, request.id, QString::fromStdString(put.error().what));
    }
    case Service::STORAGE_REMOVE:
        m_storage.remove(request.plugin, request.site, request.name);
        return answer(page, request.id, true, {});
    case Service::CLIPBOARD:
        QGuiApplication::clipboard()->setText(QString::fromUtf8(request.data));
        return answer(page, request.id, true, {});
    case Service::SAVE:
        return save(request);
    case Service::OPEN:
    case Service::OPEN_IN_NEW_TAB: {
        const QUrl url(request.name, QUrl::StrictMode);
        if (!url.isValid() || url.isRelative())
            return refuse(page, request.id, tr("This is no address."));
        answer(page, request.id, true, {});
        // Last: the tab may go somewhere else. It may lead there as any page of its site may.
        Q_EMIT page->linkActivated(url, request.service == Service::OPEN ? wire::LinkActivated::CURRENT_TAB
                                                                         : wire::LinkActivated::NEW_FOREGROUND_TAB);
        return;
    }
    default:
        return refuse(page, request.id, tr("There is no such service."));
    }
}

void PluginServices::fetch(const Request &request)
{
    const FetchRequest ask{QUrl(request.name, QUrl::StrictMode), Destination::PluginFetch, request.page->initiator()};
    const std::shared_ptr<Fetch> fetch = deletedLater(m_fetcher.start(ask));
    const auto body = std::make_shared<QByteArray>();
    Fetch *const raw = fetch.get();
    // The connections hold the fetch until the end; the page's end cuts them.
    const auto over = [raw, request](bool ok, const QByteArray &data) {
        raw->disconnect(request.page);
        answer(request.page, request.id, ok, data);
    };
    connect(raw, &Fetch::responded, request.page, [over, request, fetch](const ResponseHead &head) {
        if (!request.rights.mayFetch(head.url))
            over(false, tr("The server leads elsewhere, to %1, which \"permissions.fetch.urls\" has no pattern for.")
                            .arg(shownAddress(head.url))
                            .toUtf8());
        else if (head.status < 200 || head.status >= 300)
            over(false, tr("HTTP status %1").arg(head.status).toUtf8());
    });
    const auto take = [over, body, raw, fetch] {
        for (QByteArray piece = raw->read(MostFetched); !piece.isEmpty(); piece = raw->read(MostFetched)) {
            body->append(piece);
            if (body->size() > MostFetched)
                return over(false, tr("More than %1 bytes.").arg(MostFetched).toUtf8());
        }
        if (raw->atEnd())
            over(true, *body);
    };
    connect(raw, &Fetch::readyRead, request.page, take);
    connect(raw, &Fetch::finished, request.page, take);
    connect(raw, &Fetch::failed, request.page, [over, fetch, page = request.page](const FetchError &error) {
        if (error.question)
            Q_EMIT page->privateNetworkDenied(*error.question);
        over(false, error.message.toUtf8());
    });
}

void PluginServices::save(const Request &request)
{
    if (!m_chooser)
        return refuse(request.page, request.id, tr("There is nobody to choose a file."));
    m_chooser(file_names::safe(request.name), [request](const QString &path) {
        if (path.isEmpty())
            return refuse(request.page, request.id, tr("No file was chosen."));
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(request.data) != request.data.size() || !file.flush() ||
            !file.commit())
            return refuse(request.page, request.id, file.errorString());
        answer(request.page, request.id, true, {});
    });
}

} // namespace bulkhead
