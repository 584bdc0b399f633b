// SPDX-License-Identifier: BSD-3-Clause
// Which address is shown: the one whose page is on screen, and so that it can be read for no other.
#include "browser/desktop/window/address_bar.h"
#include "browser/desktop/window/site_popover.h"
#include "browser/desktop/window/tab_page.h"
#include "browser/widgets/overlay_bubble.h"
#include "tests/support/initiators.h"
#include "tests/system/decisions/case.h"

namespace bulkhead {

namespace {

using namespace protections;

/// What the bubble at the edge of the page says of a link that the page says the pointer is over.
QString bubble(Scene &scene, const QByteArray &link)
{
    scene.a().script("/", "say hovered_link { url: '" + link + "' }\n");
    scene.visit(scene.a().url());
    for (const OverlayBubble *one : scene.window().activePage()->findChildren<OverlayBubble *>()) {
        if (!one->text().isEmpty())
            return scene.named(one->text());
    }
    return QStringLiteral("nothing");
}

/// Every other address that the bar comes to show while a page of host a is on screen, and the last one.
class ShownAddresses
{
public:
    explicit ShownAddresses(Scene &scene) : m_scene(scene)
    {
        QObject::connect(m_scene.window().addressBar(), &QLineEdit::textChanged, &m_context, [this] { look(); });
    }

    QString all()
    {
        look();
        return m_shown.join(u' ');
    }

private:
    void look()
    {
        const Tab *tab = m_scene.tabs().active();
        if (!tab || tab->siteKey() != Site::forUrl(m_scene.a().url()).key())
            return;
        const QString address = m_scene.named(m_scene.window().addressBar()->text());
        if (m_shown.isEmpty() || m_shown.last() != address)
            m_shown << address;
    }

    Scene &m_scene;
    QStringList m_shown;
    QObject m_context; ///< goes first
};

} // namespace

void addAddressCases(Cases &cases)
{
    const Group add(cases, "addresses");

    add(
        "an address that a page leads to is not shown before its page is there", committedUrls,
        [](Scene &s) {
            s.b().set("/", LoopbackAnswer::never());
            s.a().script("/", "say link_activated { url: '" + s.b().at() + "' }\n");
            ShownAddresses shown(s);
            Tab *tab = s.open(s.a().url());
            s.waitUntil([&s] { return s.b().asked("/") == 1; });
            tab->stop();
            return shown.all();
        },
        "http://a/", "http://b/ http://a/");
    add(
        "an address that a page leads to is not shown while its page says nothing", committedUrls,
        [](Scene &s) {
            // The page comes on screen without a picture after a second.
            s.b().script("/", {}, "pending");
            s.a().script("/", "say link_activated { url: '" + s.b().at() + "' }\n");
            ShownAddresses shown(s);
            s.open(s.a().url());
            s.waitUntil([&s] { return s.stops() >= 2 && s.b().asked("/") == 1; });
            return shown.all();
        },
        "http://a/", "http://b/");
    add(
        "a download that a page leads to does not change the address", committedUrls,
        [](Scene &s) {
            LoopbackAnswer file = LoopbackAnswer::page("data");
            file.headers.append(std::pair<QByteArray, QByteArray>("Content-Disposition", "attachment"));
            s.b().set("/", file);
            s.a().script("/", "say link_activated { url: '" + s.b().at() + "' }\n");
            ShownAddresses shown(s);
            s.visit(s.a().url());
            return shown.all();
        },
        "http://a/", "http://b/ http://a/");
    add(
        "a host that looks like another is shown as what it is", hostLabels,
        [](Scene &s) { return bubble(s, "http://xn--80ak6aa92e.com/"); }, "http://xn--80ak6aa92e.com/",
        QString::fromUtf16(u"http://\u0430\u0440\u0440\u04cf\u0435.com/").toUtf8());
    add(
        "a host that mixes scripts is shown as what it is", hostLabels,
        [](Scene &s) { return bubble(s, "http://xn--pypal-4ve.com/"); }, "http://xn--pypal-4ve.com/",
        QString::fromUtf16(u"http://p\u0430ypal.com/").toUtf8());
    add(
        "a name before the host is not shown as the host", shownUrls,
        [](Scene &s) { return bubble(s, "http://bank.example@evil.example/"); }, "http://evil.example/",
        "http://bank.example@evil.example/");
    add(
        "an address cannot turn itself around", shownUrls,
        [](Scene &s) {
            return bubble(s, "http://evil.example/%E2%80%AEfdp.exe").contains(QChar(0x202e))
                       ? QStringLiteral("turned around")
                       : QStringLiteral("in order");
        },
        "in order", "turned around");
    add(
        "the page that tells of an encrypted connection that failed has no lock", locks,
        [](Scene &s) {
            QUrl url = s.a().url();
            url.setScheme(QStringLiteral("https"));
            url.setHost(QStringLiteral("127.0.0.9")); // where nobody listens
            Tab *tab = s.visit(url);
            return s.shown(tab) + (connectionOf(*tab) == Connection::Encrypted ? QStringLiteral(", locked")
                                                                               : QStringLiteral(", no lock"));
        },
        "error: Refused, no lock", "error: Refused, locked");
}

} // namespace bulkhead
