// SPDX-License-Identifier: BSD-3-Clause
// Who asked: the rights of the page that made a request go with it, on every route.
#include "browser/desktop/session/session_file.h"
#include "browser/desktop/window/page_menu.h"
#include "browser/desktop/window/tab_page.h"
#include "browser/desktop/window/window_actions.h"
#include "browser/widgets/tab_view.h"
#include "tests/support/initiators.h"
#include "tests/system/decisions/case.h"

#include <QApplication>
#include <QMenu>
#include <QMimeData>

namespace bulkhead {

namespace {

using namespace protections;

QByteArray link(const QByteArray &url, const char *disposition = "CURRENT_TAB")
{
    return "say link_activated { url: '" + url + "' disposition: " + disposition + " }\n";
}

QByteArray secret(const Scene &scene)
{
    return scene.file(QStringLiteral("secret.txt")).toEncoded();
}

/// A page of host a that leads its tab to @p url; the tab.
Tab *ledTo(Scene &scene, const QByteArray &url)
{
    scene.a().script("/", link(url));
    return scene.visit(scene.a().url());
}

Tab *ledToSecret(Scene &scene)
{
    return ledTo(scene, secret(scene));
}

/// Opens the context menu of the active tab, whose page says that @p link and @p image lie there, and chooses the entry
/// that begins with @p entry (without its mnemonic).
void chooseFromMenu(Scene &scene, const QByteArray &link, const QByteArray &image, const QString &entry)
{
    scene.a().script("/", "reply hit_test hit_test_reply { link: '" + link + "' image: '" + image + "' }\n");
    Tab *tab = scene.visit(scene.a().url());
    // A page that does not answer soon gets a menu without its links, and on a busy machine none does: then again.
    bool isAsked = false, isChosen = false;
    scene.waitUntil([&] {
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        for (QAction *action : menu ? menu->actions() : QList<QAction *>()) {
            if (!isChosen && QString(action->text()).remove(u'&').startsWith(entry)) {
                isChosen = true;
                action->trigger();
            }
        }
        if (menu)
            menu->close();
        if (menu && !isChosen)
            isAsked = false;
        if (!std::exchange(isAsked, true))
            Q_EMIT scene.window().pageOf(tab)->view()->contextMenuRequested(QPoint(5, 5), QPoint(5, 5));
        return isChosen;
    });
    scene.settle();
}

/// The tab's history as the session keeps it, read again and shown in another tab.
Tab *restored(Scene &scene, const QByteArray &json)
{
    const Session after = Session::fromJson(json);
    Tab *tab = scene.tabs().openEmpty();
    if (!after.tabs.isEmpty())
        tab->restore(after.tabs.first().history);
    tab->reload();
    scene.settle();
    return tab;
}

constexpr char Refused[] = "refused: link-to-file";
constexpr char Secret[] = "file://~/secret.txt";

/// Where the links of a page lead.
void addLinks(const Group &add)
{
    add(
        "a web page's link does not open a file", access, [](Scene &s) { return s.shown(ledToSecret(s)); }, Refused,
        Secret);
    add(
        "a web page's link in a new tab does not open a file", initiators,
        [](Scene &s) {
            s.a().script("/", "wait click\n" + link(secret(s), "NEW_FOREGROUND_TAB"));
            s.click(s.visit(s.a().url()));
            return s.allShown();
        },
        "http://a/ | refused: link-to-file", "http://a/ | file://~/secret.txt");
    add(
        "a web page's link does not open an internal page", access,
        [](Scene &s) { return s.shown(ledTo(s, "about:playground")); }, "refused: link-to-internal-page",
        "about:playground/index.html");
    add(
        "a web page's link does not lead to a data: address", access,
        [](Scene &s) { return s.shown(ledTo(s, "data:text/html,hello")); }, "refused: data-navigation",
        "data:text/html,hello");
    add(
        "a file's link does not open an internal page", access,
        [](Scene &s) {
            return s.shown(
                s.visit(s.file(QStringLiteral("docs/index.html"), "#!hostile\n" + link("about:playground"))));
        },
        "refused: link-to-internal-page", "about:playground/index.html");
    add(
        "a page that is not yet on screen has its own rights, not those of the page that is", initiators,
        [](Scene &s) {
            Tab *tab = s.visit(s.file(QStringLiteral("docs/index.html"), "#!hostile\n"));
            s.a().script("/", link(secret(s)), "pending");
            tab->navigate(s.a().url(), test::person());
            s.settle();
            return s.shown(tab);
        },
        Refused, Secret);
    // To a file no redirect leads even without this rule: the network asks for the address of its host first, and there
    // is none.
    add(
        "a server does not redirect to the port of another service", redirects,
        [](Scene &s) {
            s.a().set("/", LoopbackAnswer::redirect("http://127.0.0.1:1/"));
            return s.shown(s.visit(s.a().url()));
        },
        "refused: bad-port", "error: Refused");
}

/// What was refused is asked for again, in the tab's life.
void addRefusals(const Group &add)
{
    add(
        "a refused address stays refused when it is reloaded", initiators,
        [](Scene &s) {
            Tab *tab = ledToSecret(s);
            tab->reload();
            s.settle();
            return s.shown(tab);
        },
        Refused, Secret);
    add(
        "a refused address stays refused by Try again", initiators,
        [](Scene &s) {
            Tab *tab = ledToSecret(s);
            s.click(tab);
            return s.shown(tab);
        },
        Refused, Secret);
    add(
        "a refused address stays refused by a step in history", initiators,
        [](Scene &s) {
            Tab *tab = ledToSecret(s);
            s.a().script("/", {});
            tab->goBack();
            s.settle();
            tab->goForward();
            s.settle();
            return s.shown(tab);
        },
        Refused, Secret);
    add(
        "a refused address stays refused in a duplicate of the tab", initiators,
        [](Scene &s) {
            Tab *copy = s.tabs().duplicate(ledToSecret(s));
            s.settle();
            return s.shown(copy);
        },
        Refused, Secret);
    add(
        "a refused address stays refused in a tab that is opened again", initiators,
        [](Scene &s) {
            s.tabs().openEmpty();
            s.tabs().close(ledToSecret(s));
            Tab *again = s.tabs().reopen();
            s.settle();
            return s.shown(again);
        },
        Refused, Secret);
    add(
        "Save Page of a refused address saves nothing", initiators,
        [](Scene &s) {
            ledToSecret(s);
            s.window().commands().savePage->trigger();
            s.settle();
            return s.download(0);
        },
        "failed: file-from-elsewhere", "secret.txt");
}

/// The same from a session.
void addSessions(const Group &add)
{
    add(
        "a refused address stays refused in a restored session", savedInitiators,
        [](Scene &s) {
            Session session;
            session.tabs << Session::SavedTab{ledToSecret(s)->history()};
            return s.shown(restored(s, session.toJson()));
        },
        Refused, Secret);
    add(
        "an address in a session of an older version has the rights of the page before it", initiators,
        [](Scene &s) {
            s.a().script("/", {});
            return s.shown(restored(s, "{\"format\":1,\"tabs\":[{\"current\":1,\"entries\":[{\"url\":\"" + s.a().at() +
                                           "\"},{\"url\":\"" + secret(s) + "\"}]}]}"));
        },
        Refused, Secret);
}

/// What the person chooses from a page's menu is the page's right.
void addMenuChoices(const Group &add)
{
    add(
        "Open Link in New Tab has the page's rights", initiators,
        [](Scene &s) {
            chooseFromMenu(s, secret(s), {}, QStringLiteral("Open Link in New Tab"));
            return s.allShown();
        },
        "http://a/ | refused: link-to-file", "http://a/ | file://~/secret.txt");
    add(
        "Open Link in Background Tab has the page's rights", initiators,
        [](Scene &s) {
            chooseFromMenu(s, secret(s), {}, QStringLiteral("Open Link in Background Tab"));
            return s.allShown();
        },
        "http://a/ | refused: link-to-file", "http://a/ | file://~/secret.txt");
    add(
        "Open Image in New Tab has the page's rights", initiators,
        [](Scene &s) {
            chooseFromMenu(s, {}, secret(s), QStringLiteral("Open Image in New Tab"));
            return s.allShown();
        },
        "http://a/ | refused: link-to-file", "http://a/ | file://~/secret.txt");
    add(
        "Save Link has the page's rights", initiators,
        [](Scene &s) {
            chooseFromMenu(s, secret(s), {}, QStringLiteral("Save Link"));
            return s.download(0);
        },
        "failed: file-from-elsewhere", "secret.txt");
    add(
        "Save Image has the page's rights", initiators,
        [](Scene &s) {
            chooseFromMenu(s, {}, secret(s), QStringLiteral("Save Image"));
            return s.download(0);
        },
        "failed: file-from-elsewhere", "secret.txt");
    add(
        "a download that is tried again has the page's rights", initiators,
        [](Scene &s) {
            chooseFromMenu(s, secret(s), {}, QStringLiteral("Save Link"));
            s.downloadManager().at(0)->retry();
            s.settle();
            return s.download(0);
        },
        "failed: file-from-elsewhere", "secret.txt");
}

/// What a page shows within itself.
void addParts(const Group &add)
{
    add(
        "a web page gets no file as its image", initiators,
        [](Scene &s) {
            s.a().script("/", "say resource_request { stream_id: 7 kind: IMAGE url: '" + secret(s) + "' }\n");
            s.visit(s.a().url());
            return s.whoGot("SECRET");
        },
        "nobody", "renderer of http://a");
    add(
        "a plugin in a web page is given no file", initiators,
        [](Scene &s) {
            s.plugin();
            const QByteArray file = s.file(QStringLiteral("secret.hostile"), "#!hostile\n# SECRET\n").toEncoded();
            s.a().script("/", "say embed_boxes { boxes { area { width: 9 height: 9 } url: '" + file +
                                  "' mime_type: 'application/x-hostile' } }\n");
            s.visit(s.a().url());
            s.waitForBoxes();
            return s.whoGot("SECRET");
        },
        "nobody", "plugin org.example.hostile of http://a");
    add(
        "a plugin in a web page is given no document of another site", access,
        [](Scene &s) {
            s.plugin();
            s.b().pluginScript("/", "# SECRET\n");
            s.a().script("/", "say embed_boxes { boxes { area { width: 9 height: 9 } url: '" + s.b().at() +
                                  "' mime_type: 'application/x-hostile' } }\n");
            s.visit(s.a().url());
            s.waitForBoxes();
            return s.whoGot("SECRET");
        },
        "nobody", "plugin org.example.hostile of http://a");
}

} // namespace

void addInitiatorCases(Cases &cases)
{
    const Group group(cases, "initiator");
    addLinks(group);
    addRefusals(group);
    addSessions(group);
    addMenuChoices(group);
    addParts(group);
}

} // namespace bulkhead
