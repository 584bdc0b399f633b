// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/network_error.h"

#include "browser/pages/shown/shown_address.h"

#include <QCoreApplication>

namespace bulkhead {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(NetworkError)
};

} // namespace

FetchError networkError(QNetworkReply::NetworkError error, const QUrl &url, const QString &detail)
{
    const QString host = ShownAddress(url, ShownAddress::LongestMention, ShownAddress::Parts::Host).text();
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return {FetchErrorKind::NotFound,
                Words::tr("There is no server called “%1”, or the network is down.").arg(host), detail};
    case QNetworkReply::ConnectionRefusedError:
        return {FetchErrorKind::Refused,
                Words::tr("“%1” refused the connection. Perhaps nothing runs there now.").arg(host), detail};
    case QNetworkReply::RemoteHostClosedError:
        return {FetchErrorKind::Refused,
                Words::tr("“%1” ended the connection before everything had arrived.").arg(host), detail};
    case QNetworkReply::TimeoutError:
        return {FetchErrorKind::TimedOut, Words::tr("“%1” could not be reached in time.").arg(host), detail};
    case QNetworkReply::SslHandshakeFailedError:
        return {FetchErrorKind::Tls, Words::tr("The connection to “%1” cannot be trusted.").arg(host), detail};
    case QNetworkReply::TooManyRedirectsError:
        return {FetchErrorKind::TooManyRedirects,
                Words::tr("“%1” sends the browser from one address to the next without an end.").arg(host), detail};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return {FetchErrorKind::Network, Words::tr("The network's proxy server does not let this through."), detail};
    default:
        return {FetchErrorKind::Network, Words::tr("The page could not be fetched from “%1”.").arg(host), detail};
    }
}

bool isHttpStatus(QNetworkReply::NetworkError error)
{
    return (error >= QNetworkReply::ContentAccessDenied && error <= QNetworkReply::UnknownContentError) ||
           (error >= QNetworkReply::InternalServerError && error <= QNetworkReply::UnknownServerError);
}

} // namespace bulkhead
