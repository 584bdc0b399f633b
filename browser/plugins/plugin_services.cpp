// SPDX-License-Identifier: BSD-3-Clause
#include "browser/plugins/plugin_services.h"

#include "browser/loading/fetcher.h"
#include "browser/loading/file_names.h"
#include "browser/pages/deleted_later.h"
#include "browser/pages/remote_page.h"
#include "browser/pages/renderer_host.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QRegularExpression>
#include <QSaveFile>

#include <algorithm>

namespace bulkhead {

namespace {

using Service = wire::PluginServiceRequest;

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
    default:
        return QStringLiteral("open-link");
    }
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
    return PluginServices::tr("The plugin has no permission for this: its manifest lacks \"permissions\": {\"%1\": {\"reason\": …}}.").arg(name);
}

} // namespace

bool matchesPattern(const QUrl &url, const QString &pattern)
{
    // Host and path are matched apart: "https://*.example.org/*" is not "https://evil.org/x.example.org/".
    static const QRegularExpression Parts(QStringLiteral("^(https?)://([^/:]+)(?::([0-9]+))?(/.*)$"));
    const QRegularExpressionMatch parts = Parts.match(pattern);
    if (!parts.hasMatch() || url.scheme() != parts.captured(1) || !url.userInfo().isEmpty())
        return false;
    const int standard = url.scheme() == u"https" ? 443 : 80;
    if (url.port(standard) != (parts.captured(3).isEmpty() ? standard : parts.captured(3).toInt()))
        return false;
    const QString host = parts.captured(2);
    if (host.startsWith(u"*.") ? !url.host().endsWith(QStringView(host).mid(1)) : url.host() != host)
        return false;
    QString path = QRegularExpression::escape(parts.captured(4));
    path.replace(QStringLiteral("\\*"), QStringLiteral(".*"));
    return QRegularExpression(QRegularExpression::anchoredPattern(path)).match(url.path(QUrl::FullyEncoded)).hasMatch();
}

void answerServiceRequest(PluginServices *services, const PluginFile &plugin, RemotePage &page, const wire::PluginServiceRequest &request)
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
    const PluginManifest &manifest = *plugin.manifest();
    if (!manifest.permissions.contains(permission))
        return refuse(&page, message.request_id(), missingPermission(permission));
    const Request request{&page, message.request_id(), message.service(), plugin.id(), page.site().key(),
                          QString::fromStdString(message.name()), QByteArray::fromStdString(message.data()),
                          manifest.permissions.value(permission)};
    const QUrl url(request.name, QUrl::StrictMode);
    const auto fits = [&url](const QString &pattern) { return matchesPattern(url, pattern); };
    if (message.service() == Service::FETCH && std::none_of(request.permission.urls.begin(), request.permission.urls.end(), fits)) {
        return refuse(&page, message.request_id(),
                      tr("The plugin's manifest does not allow %1: \"permissions.fetch.urls\" has no pattern for it.").arg(url.toDisplayString()));
    }
    m_permissions.request({plugin.id(), manifest.name, request.site, manifest.permissions}, [self = QPointer(this), request, permission](bool granted) {
        if (!self || !request.page)
            return;
        if (granted)
            self->carryOut(request);
        else
            refuse(request.page, request.id, tr("You have not allowed the plugin this on this site (\"permissions.%1\").").arg(permission));
    });
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
        const Result<void> put = m_storage.put(request.plugin, request.site, request.name, request.data, request.permission.quota);
        return put ? answer(page, request.id, true, {}) : refuse(page, request.id, QString::fromStdString(put.error().what));
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
        Q_EMIT page->linkActivated(url, request.service == Service::OPEN ? wire::LinkActivated::CURRENT_TAB : wire::LinkActivated::NEW_FOREGROUND_TAB);
        return;
    }
    default:
        return refuse(page, request.id, tr("There is no such service."));
    }
}

void PluginServices::fetch(const Request &request)
{
    FetchRequest ask;
    ask.url = QUrl(request.name, QUrl::StrictMode);
    ask.destination = Destination::Image; // as a page may load it from anywhere; the manifest narrows that
    ask.initiator = request.page->site();
    const std::shared_ptr<Fetch> fetch = deletedLater(m_fetcher.start(ask));
    const auto body = std::make_shared<QByteArray>();
    Fetch *const raw = fetch.get();
    // The connections hold the fetch until the end; the page's end cuts them.
    const auto over = [raw, request](bool ok, const QByteArray &data) {
        raw->disconnect(request.page);
        answer(request.page, request.id, ok, data);
    };
    connect(raw, &Fetch::responded, request.page, [over, request, fetch](const ResponseHead &head) {
        const auto fits = [&head](const QString &pattern) { return matchesPattern(head.url, pattern); };
        if (std::none_of(request.permission.urls.begin(), request.permission.urls.end(), fits))
            over(false, tr("The server leads elsewhere, to %1, which \"permissions.fetch.urls\" has no pattern for.").arg(head.url.toDisplayString()).toUtf8());
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
    connect(raw, &Fetch::failed, request.page, [over, fetch](const FetchError &error) { over(false, error.message.toUtf8()); });
}

void PluginServices::save(const Request &request)
{
    if (!m_chooser)
        return refuse(request.page, request.id, tr("There is nobody to choose a file."));
    m_chooser(file_names::safe(request.name), [request](const QString &path) {
        if (path.isEmpty())
            return refuse(request.page, request.id, tr("No file was chosen."));
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(request.data) != request.data.size() || !file.commit())
            return refuse(request.page, request.id, file.errorString());
        answer(request.page, request.id, true, {});
    });
}

} // namespace bulkhead
