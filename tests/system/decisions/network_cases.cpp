// SPDX-License-Identifier: BSD-3-Clause
// What goes to which server, and what comes back to whom.
#include "tests/browser/pages/network/certificate.h"
#include "tests/browser/pages/network/http_server.h"
#include "tests/system/decisions/case.h"

namespace bulkhead {

namespace {

using namespace protections;

LoopbackAnswer withCookie(const QByteArray &cookie)
{
    LoopbackAnswer answer = LoopbackAnswer::page("#!hostile\n");
    answer.headers.append({"Set-Cookie", cookie});
    return answer;
}

QByteArray image(const QByteArray &url)
{
    return "say resource_request { stream_id: 7 kind: IMAGE url: '" + url + "' }\n";
}
QByteArray link(const QByteArray &url)
{
    return "say link_activated { url: '" + url + "' }\n";
}

LoopbackAnswer picture(const QByteArray &header = {}, const QByteArray &value = {})
{
    LoopbackAnswer answer = LoopbackAnswer::page("GIF89a");
    answer.type = "image/gif";
    if (!header.isEmpty())
        answer.headers.append(std::pair<QByteArray, QByteArray>(header, value));
    return answer;
}

/// Opens a page of @p host that does @p steps.
void visitPage(Scene &scene, SceneHost &host, const QByteArray &steps)
{
    host.script("/", steps);
    scene.visit(host.url());
}

/// bank.test asks for a password, and the person has given it.
SceneHost &lockedBank(Scene &scene)
{
    SceneHost &host = scene.site(QStringLiteral("bank.test"));
    for (const char *path : {"/", "/account"}) {
        LoopbackAnswer answer = LoopbackAnswer::page("#!hostile\n");
        answer.needsPassword = true;
        host.set(path, answer);
    }
    QUrl typed = host.url();
    typed.setUserInfo(QStringLiteral("me:word"));
    scene.visit(typed);
    return host;
}

QString password(const SceneHost &host, const char *path)
{
    if (host.asked(path) == 0)
        return QStringLiteral("not asked");
    return host.header(path, "authorization").isEmpty() ? QStringLiteral("no password")
                                                        : QStringLiteral("the password");
}

/// An https server at 127.0.0.1, and one that reads what is sent there in the clear, at the same port of another
/// address: whoever is between a person and the server can be both.
class TwoServers
{
public:
    TwoServers()
        : m_secure(certificate().certificate, certificate().key),
          m_clear({}, {}, QHostAddress(QStringLiteral("127.0.0.6")), m_secure.port())
    {
        m_secure.serve("/", "GIF89a",
                       "Content-Type: image/gif\r\nStrict-Transport-Security: max-age=1000\r\n"
                       "Set-Cookie: id=7; SameSite=None; Secure; Max-Age=1000\r\n");
        m_clear.serve("/", "GIF89a", "Content-Type: image/gif\r\n");
    }

    QByteArray secureUrl() const { return m_secure.url("/", "bank.test").toEncoded(); }
    QByteArray clearUrl() const { return m_clear.url("/", "bank.test").toEncoded(); }
    /// From now on the person's requests reach the other.
    void intercept(Scene &scene) { scene.setAddress(QStringLiteral("bank.test"), QStringLiteral("127.0.0.6")); }
    QString inTheClear() const { return QStringLiteral("%1 in the clear").arg(m_clear.requests.size()); }
    QString lastCookie() const
    {
        return m_secure.requests.empty() ? QString()
                                         : QString::fromUtf8(m_secure.requests.back().headers.value("cookie"));
    }
    std::size_t asked() const { return m_secure.requests.size(); }

    static const test::Certificate &certificate()
    {
        static const test::Certificate made = test::Certificate::make(QStringLiteral("DNS:bank.test"));
        return made;
    }

private:
    test::HttpServer m_secure;
    test::HttpServer m_clear;
};

/// A service of this computer at a port where no page has any business.
std::unique_ptr<test::HttpServer> service()
{
    for (const quint16 port : {10080, 6669, 6668, 6667, 6666, 6697, 5061}) {
        auto server =
            std::make_unique<test::HttpServer>(QByteArray(), QByteArray(), QHostAddress(QHostAddress::LocalHost), port);
        if (server->port() == port)
            return server;
    }
    qFatal("none of the blocked ports is free");
}

/// A host that cookies tell from the others.
SceneHost &bank(Scene &scene)
{
    return scene.host(QStringLiteral("bank"), QStringLiteral("127.0.0.2"));
}

/// Cookies.
void addCookies(const Group &add)
{
    add(
        "an image of another site is fetched without that site's cookies", cookiesSent,
        [](Scene &s) {
            bank(s).set("/", withCookie("id=7"));
            s.visit(bank(s).url());
            s.a().script("/",
                         "say resource_request { stream_id: 7 kind: IMAGE url: '" + bank(s).at("/image") + "' }\n");
            s.visit(s.a().url());
            return QString::number(bank(s).asked("/image")) + u' ' +
                   QString::fromUtf8(bank(s).header("/image", "cookie"));
        },
        "1 ", "1 id=7");
    add(
        "a link from another site takes no SameSite=Strict cookie along", cookiesSent,
        [](Scene &s) {
            bank(s).set("/", withCookie("id=7; SameSite=Strict"));
            s.visit(bank(s).url());
            s.a().script("/", "say link_activated { url: '" + bank(s).at("/pay") + "' }\n");
            bank(s).script("/pay", {});
            s.visit(s.a().url());
            return QString::number(bank(s).asked("/pay")) + u' ' + QString::fromUtf8(bank(s).header("/pay", "cookie"));
        },
        "1 ", "1 id=7");
    add(
        "a way by another site takes no SameSite=Strict cookie along", crossedChains,
        [](Scene &s) {
            SceneHost &a = s.site(QStringLiteral("a.test"));
            SceneHost &b = s.site(QStringLiteral("b.test"));
            a.set("/set", withCookie("id=7; SameSite=Strict"));
            s.visit(a.url(QStringLiteral("/set")));
            a.set("/out", LoopbackAnswer::redirect(b.at("/back")));
            b.set("/back", LoopbackAnswer::redirect(a.at("/pay")));
            a.script("/pay", {});
            visitPage(s, a, link(a.at("/out")));
            return QString::number(a.asked("/pay")) + u' ' + QString::fromUtf8(a.header("/pay", "cookie"));
        },
        "1 ", "1 id=7");
    add(
        "a plugin's fetch takes no cookies along", cookiesSent,
        [](Scene &s) {
            SceneHost &a = s.site(QStringLiteral("a.test"));
            a.set("/set", withCookie("id=7"));
            s.visit(a.url(QStringLiteral("/set")));
            a.set("/data", LoopbackAnswer::page("data"));
            s.plugin(
                ScenePlugin::permission("fetch", {{QStringLiteral("urls"), QJsonArray{QString::fromUtf8(a.at("/*"))}}}),
                ScenePlugin::Person::Allows);
            a.pluginScript("/doc", "say plugin { service_request { request_id: 1 service: FETCH name: '" +
                                       a.at("/data") + "' } }\n");
            s.visit(a.url(QStringLiteral("/doc")));
            return QString::number(a.asked("/data")) + u' ' + QString::fromUtf8(a.header("/data", "cookie"));
        },
        "1 ", "1 id=7");
}

/// Passwords.
void addPasswords(const Group &add)
{
    add(
        "an image of another site is asked for without the password for it", cookiesSent,
        [](Scene &s) {
            SceneHost &bank = lockedBank(s);
            visitPage(s, s.site(QStringLiteral("a.test")), image(bank.at("/account")));
            return password(bank, "/account");
        },
        "no password", "the password");
    add(
        "a link from another site takes no password along", cookiesSent,
        [](Scene &s) {
            SceneHost &bank = lockedBank(s);
            visitPage(s, s.site(QStringLiteral("a.test")), link(bank.at("/account")));
            return password(bank, "/account");
        },
        "no password", "the password");
}

/// What a page's process gets to see, and what a server is told.
void addAnswers(const Group &add)
{
    add(
        "a document of another site does not reach a page's process as an image", opaqueBlocking,
        [](Scene &s) {
            s.b().set("/private", LoopbackAnswer::page("<p>THE-OTHERS-LETTER"));
            s.a().script("/",
                         "say resource_request { stream_id: 7 kind: IMAGE url: '" + s.b().at("/private") + "' }\n");
            s.visit(s.a().url());
            return s.whoGot("THE-OTHERS-LETTER");
        },
        "nobody", "renderer of http://a");
    add(
        "another site is told where a request comes from, and not from which page", referrers,
        [](Scene &s) {
            s.a().script("/diary",
                         "say resource_request { stream_id: 7 kind: IMAGE url: '" + s.b().at("/image") + "' }\n");
            s.visit(QUrl(QString::fromUtf8(s.a().at("/diary"))));
            return s.named(QString::fromUtf8(s.b().header("/image", "referer")));
        },
        "http://a/", "http://a/diary");
}

/// This computer and the ports of its services.
void addReach(const Group &add)
{
    add(
        "a page from elsewhere does not reach a program on this computer", privateNetwork,
        [](Scene &s) {
            s.visit(s.file(QStringLiteral("pages/page.html"),
                           "#!hostile\nsay resource_request { stream_id: 7 kind: IMAGE url: '" + s.a().at("/device") +
                               "' }\n"));
            return QString::number(s.a().asked("/device"));
        },
        "0", "1");
    add(
        "a page does not reach the port of another service", blockedPorts,
        [](Scene &s) {
            const auto mail = service();
            visitPage(s, s.a(), image(mail->url("/").toEncoded()));
            return QStringLiteral("%1 requests").arg(mail->requests.size());
        },
        "0 requests", "1 requests");
    add(
        "a page's link does not lead to the port of another service", blockedPorts,
        [](Scene &s) {
            const auto mail = service();
            visitPage(s, s.a(), link(mail->url("/").toEncoded()));
            return QStringLiteral("%1 requests").arg(mail->requests.size());
        },
        "0 requests", "1 requests");
    add(
        "a name that moves to this computer does not take its page along", privateNetwork,
        [](Scene &s) {
            SceneHost &far = s.host(QStringLiteral("far"), QLatin1String(Scene::PublicAddress));
            const test::HttpServer near({}, {}, QHostAddress(QHostAddress::LocalHost), quint16(far.url().port()));
            QUrl page = far.url();
            page.setHost(QStringLiteral("moving.test"));
            far.script("/", "wait click\n" + image(page.resolved(QUrl(QStringLiteral("/device"))).toEncoded()));
            s.setAddress(QStringLiteral("moving.test"), QLatin1String(Scene::PublicAddress));
            Tab *tab = s.visit(page);
            s.setAddress(QStringLiteral("moving.test"), QStringLiteral("127.0.0.1"));
            s.click(tab);
            return QStringLiteral("%1 requests").arg(near.requests.size());
        },
        "0 requests", "1 requests");
}

/// What the cache keeps.
void addCaches(const Group &add)
{
    Scene::Settings cached;
    cached.cache = true;
    add(
        "what one site's page has loaded is not there for another's", topSites,
        [](Scene &s) {
            SceneHost &library = s.site(QStringLiteral("library.test"));
            library.set("/", picture("Cache-Control", "max-age=1000"));
            for (const char *name : {"a.test", "b.test"})
                visitPage(s, s.site(QLatin1String(name)), image(library.at()));
            return QStringLiteral("asked %1 times").arg(library.asked("/"));
        },
        "asked 2 times", "asked 1 times", cached);
    add(
        "a site's page does not find what the person has loaded there", cookiesSent,
        [](Scene &s) {
            SceneHost &library = s.site(QStringLiteral("library.test"));
            library.set("/", picture("Cache-Control", "max-age=1000"));
            s.visit(library.url());
            visitPage(s, s.site(QStringLiteral("a.test")), image(library.at()));
            return QStringLiteral("asked %1 times").arg(library.asked("/"));
        },
        "asked 2 times", "asked 1 times", cached);
}

/// What a server tells by https, and what of it is known elsewhere.
void addSecureServers(const Group &add)
{
    Scene::Settings secure;
    secure.certificate = &TwoServers::certificate();
    add(
        "what a site keeps in one site's page it does not find in another's", topSites,
        [](Scene &s) {
            const TwoServers bank;
            for (const char *name : {"a.test", "b.test"})
                visitPage(s, s.site(QLatin1String(name)), image(bank.secureUrl()));
            return QStringLiteral("asked %1 times, %2").arg(bank.asked()).arg(bank.lastCookie());
        },
        "asked 2 times, ", "asked 2 times, id=7", secure);
    add(
        "what a site keeps for itself it does not find in another's page", cookiesSent,
        [](Scene &s) {
            const TwoServers bank;
            s.visit(QUrl(QString::fromUtf8(bank.secureUrl())));
            visitPage(s, s.site(QStringLiteral("a.test")), image(bank.secureUrl()));
            return QStringLiteral("asked %1 times, %2").arg(bank.asked()).arg(bank.lastCookie());
        },
        "asked 2 times, ", "asked 2 times, id=7", secure);
    add(
        "a host that wants https is not asked in the clear", strictTransport,
        [](Scene &s) {
            TwoServers bank;
            s.visit(QUrl(QString::fromUtf8(bank.secureUrl())));
            bank.intercept(s);
            visitPage(s, s.site(QStringLiteral("a.test")), link(bank.clearUrl()));
            return bank.inTheClear();
        },
        "0 in the clear", "1 in the clear", secure);
    add(
        "a page does not learn by https whether the person was at a host", topSites,
        [](Scene &s) {
            TwoServers bank;
            s.visit(QUrl(QString::fromUtf8(bank.secureUrl())));
            bank.intercept(s);
            visitPage(s, s.site(QStringLiteral("a.test")), image(bank.clearUrl()));
            return bank.inTheClear();
        },
        "1 in the clear", "0 in the clear", secure);
}

} // namespace

void addNetworkCases(Cases &cases)
{
    const Group group(cases, "network");
    addCookies(group);
    addPasswords(group);
    addAnswers(group);
    addReach(group);
    addCaches(group);
    addSecureServers(group);
}

} // namespace bulkhead
