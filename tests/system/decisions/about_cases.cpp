// SPDX-License-Identifier: BSD-3-Clause
// Internal pages do nothing by address: what changes something takes a click in a page that the browser made.
#include "browser/pages/page_processes/gesture_clock.h"
#include "tests/support/initiators.h"
#include "tests/system/decisions/case.h"

namespace bulkhead {

namespace {

using namespace protections;

constexpr char Deed[] = "about:one?act=deed&token=TOKEN";

QByteArray link(const QByteArray &url)
{
    return "say link_activated { url: '" + url + "' }\n";
}

/// Deeds by address.
void addAddresses(const Group &add)
{
    add(
        "an internal page does nothing when its deed's address is typed", acts,
        [](Scene &s) {
            s.visit(QUrl(QStringLiteral("about:one?act=deed&token=0123")));
            return s.deeds();
        },
        "nothing", "deed");
    add(
        "an internal page does nothing when its deed's address is restored", acts,
        [](Scene &s) {
            NavigationHistory history;
            history.push({QUrl(QStringLiteral("about:one?act=deed&token=0123")),
                          test::pageOf(QUrl(QStringLiteral("about:one")))});
            Tab *tab = s.tabs().openEmpty();
            tab->restore(history);
            tab->reload();
            s.settle();
            return s.deeds();
        },
        "nothing", "deed");
    add(
        "an internal page gone bad does nothing by itself", acts,
        [](Scene &s) {
            s.addInternalPage(QStringLiteral("one"), link(Deed));
            s.visit(QUrl(QStringLiteral("about:one")));
            return s.deeds();
        },
        "nothing", "deed");
    add(
        "what a plugin was granted is not taken back by an address", acts,
        [](Scene &s) {
            ScenePlugin &plugin = s.plugin(ScenePlugin::permission("clipboard"), ScenePlugin::Person::Allows);
            s.a().pluginScript("/", "say plugin { service_request { request_id: 1 service: CLIPBOARD data: 'x' } }\n");
            s.visit(s.a().url());
            s.visit(QUrl(QStringLiteral("about:plugins?act=revoke:org.example.hostile:") +
                         Site::forUrl(s.a().url()).key()));
            return QStringLiteral("%1 kept").arg(plugin.permissions().entries().size());
        },
        "1 kept", "0 kept");
}

/// What a click is good for.
void addClicks(const Group &add)
{
    add(
        "a click in an internal page is good for one deed", acts,
        [](Scene &s) {
            s.addInternalPage(QStringLiteral("one"), "wait click\n" + link(Deed) + link(Deed));
            s.click(s.visit(QUrl(QStringLiteral("about:one"))));
            return s.deeds();
        },
        "deed", "deed deed");
    add(
        "a click of some time ago in an internal page is good for nothing", gestureWindow,
        [](Scene &s) {
            s.addInternalPage(QStringLiteral("one"), "wait click\nwait input_event\n" + link(Deed));
            Tab *tab = s.visit(QUrl(QStringLiteral("about:one")));
            s.click(tab);
            gesture_time::pass(GestureClock::Lasting);
            s.hover(tab);
            return s.deeds();
        },
        "nothing", "deed");
    add(
        "a deed is not done again when its page is reloaded", acts,
        [](Scene &s) {
            s.addInternalPage(QStringLiteral("one"), "wait click\n" + link(Deed));
            Tab *tab = s.visit(QUrl(QStringLiteral("about:one")));
            s.click(tab);
            tab->reload();
            s.settle();
            return s.deeds();
        },
        "deed", "deed deed");
    add(
        "the token of one internal page is good for no deed of another", acts,
        [](Scene &s) {
            s.addInternalPage(QStringLiteral("two"), "wait click\n" + link("about:one?act=deed&token=TOKEN"));
            s.click(s.visit(QUrl(QStringLiteral("about:two"))));
            return s.deeds();
        },
        "nothing", "deed");
    add(
        "a click in another tab of an internal page is good for nothing here", gestures,
        [](Scene &s) {
            s.addInternalPage(QStringLiteral("one"), "wait click\n");
            s.click(s.visit(QUrl(QStringLiteral("about:one"))));
            s.addInternalPage(QStringLiteral("one"), link(Deed));
            s.visit(QUrl(QStringLiteral("about:one")));
            return s.deeds();
        },
        "nothing", "deed");
}

/// Pages that are none of the app's.
void addOthers(const Group &add)
{
    add(
        "a web page leads to no deed of an internal page", access,
        [](Scene &s) {
            s.a().script("/", "wait click\n" + link("about:one?act=deed&token=0123"));
            Tab *tab = s.visit(s.a().url());
            s.click(tab);
            return s.shown(tab) + QStringLiteral(", ") + s.deeds();
        },
        "refused: link-to-internal-page, nothing", "about:one, nothing");
    add(
        "a file leads to no deed of an internal page", access,
        [](Scene &s) {
            Tab *tab = s.visit(s.file(QStringLiteral("docs/index.html"),
                                      "#!hostile\nwait click\n" + link("about:one?act=deed&token=0123")));
            s.click(tab);
            return s.shown(tab) + QStringLiteral(", ") + s.deeds();
        },
        "refused: link-to-internal-page, nothing", "about:one, nothing");
    add(
        "a web page does not read an internal page", access,
        [](Scene &s) {
            s.addInternalPage(QStringLiteral("one"), "# SECRET\n");
            s.a().script("/", "say resource_request { stream_id: 7 kind: STYLE url: 'about:one' }\n");
            s.visit(s.a().url());
            return s.whoGot("SECRET");
        },
        "nobody", "renderer of http://a");
    add(
        "a web page embeds no internal page", access,
        [](Scene &s) {
            s.plugin();
            s.addInternalPage(QStringLiteral("one"), "# SECRET\n");
            s.a().script("/", "say embed_boxes { boxes { area { width: 9 height: 9 } url: 'about:one' mime_type: "
                              "'application/x-hostile' } }\n");
            s.visit(s.a().url());
            s.waitForBoxes();
            return s.whoGot("SECRET");
        },
        "nobody", "plugin org.example.hostile of http://a");
}

} // namespace

void addAboutCases(Cases &cases)
{
    const Group group(cases, "about: pages");
    addAddresses(group);
    addClicks(group);
    addOthers(group);
}

} // namespace bulkhead
