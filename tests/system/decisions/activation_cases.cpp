// SPDX-License-Identifier: BSD-3-Clause
// What a page may do without the person, and for one gesture.
#include "browser/pages/page_processes/gesture_clock.h"
#include "browser/pages/tabs/opened_tabs.h"
#include "tests/system/decisions/case.h"

namespace bulkhead {

namespace {

using namespace protections;

QByteArray link(const QByteArray &url, const char *disposition = "CURRENT_TAB")
{
    return "say link_activated { url: '" + url + "' disposition: " + disposition + " }\n";
}

QByteArray newTab(const QByteArray &url)
{
    return link(url, "NEW_BACKGROUND_TAB");
}

LoopbackAnswer attachment(const QByteArray &body = "data")
{
    LoopbackAnswer answer = LoopbackAnswer::page(body);
    answer.headers.append(std::pair<QByteArray, QByteArray>("Content-Disposition", "attachment; filename=data.bin"));
    return answer;
}

QString tabs(const Scene &scene)
{
    return QStringLiteral("%1 tabs").arg(scene.tabCount());
}

QString downloads(const Scene &scene)
{
    return QStringLiteral("%1 downloads").arg(scene.downloads());
}

/// The person clicks, and moves the pointer when that click has run out.
void hoverLater(Scene &scene, Tab *tab)
{
    scene.click(tab);
    gesture_time::pass(GestureClock::Lasting);
    scene.hover(tab);
}

/// Tabs.
void addTabs(const Group &add)
{
    add(
        "a page that nobody touched opens no tab", gestures,
        [](Scene &s) {
            s.a().script("/", newTab(s.b().at()));
            s.b().script("/", {});
            s.visit(s.a().url());
            return tabs(s);
        },
        "1 tabs", "2 tabs");
    add(
        "a click opens one tab", gestures,
        [](Scene &s) {
            s.a().script("/", "wait click\n" + newTab(s.b().at()).repeated(5));
            s.b().script("/", {});
            s.click(s.visit(s.a().url()));
            return tabs(s);
        },
        "2 tabs", "6 tabs");
    add(
        "Esc opens no tab", gestureKinds,
        [](Scene &s) {
            s.a().script("/", "wait input_event\n" + newTab(s.b().at()));
            s.b().script("/", {});
            s.press(s.visit(s.a().url()), Qt::Key_Escape);
            return tabs(s);
        },
        "1 tabs", "2 tabs");
    add(
        "a click in one page opens no tab from another of the same site", gestures,
        [](Scene &s) {
            s.a().script("/", "wait click\n");
            s.a().script("/other", newTab(s.b().at()));
            s.b().script("/", {});
            s.click(s.visit(s.a().url()));
            s.visit(s.a().url(QStringLiteral("/other")));
            return tabs(s);
        },
        "2 tabs", "3 tabs");
    add(
        "a click in the page on screen opens no tab from the one that comes", gestures,
        [](Scene &s) {
            s.a().script("/", "wait click\n" + link(s.b().at()));
            s.b().script("/", newTab(s.a().at("/x")), "pending");
            s.a().script("/x", {});
            s.click(s.visit(s.a().url()));
            return tabs(s);
        },
        "1 tabs", "2 tabs");
    add(
        "a click of some time ago opens no tab", gestureWindow,
        [](Scene &s) {
            s.a().script("/", "wait click\nwait input_event\n" + newTab(s.b().at()));
            s.b().script("/", {});
            hoverLater(s, s.visit(s.a().url()));
            return tabs(s);
        },
        "1 tabs", "2 tabs");
    add(
        "pages of one site have so many tabs open and no more", tabCeiling,
        [](Scene &s) {
            s.a().script("/", ("wait click\n" + newTab(s.b().at())).repeated(OpenedTabs::MostOfOneSite + 3));
            s.b().script("/", {});
            Tab *tab = s.visit(s.a().url());
            for (int i = 0; i < OpenedTabs::MostOfOneSite + 3; ++i)
                s.click(tab);
            return tabs(s);
        },
        "21 tabs", "24 tabs");
}

/// Files.
void addDownloads(const Group &add)
{
    add(
        "a click of some time ago saves no file", gestureWindow,
        [](Scene &s) {
            s.a().script("/", "wait click\nwait input_event\n" + link(s.a().at("/file")));
            s.a().set("/file", attachment());
            hoverLater(s, s.visit(s.a().url()));
            return downloads(s);
        },
        "0 downloads", "1 downloads");
    add(
        "a page that nobody touched saves nothing", gestures,
        [](Scene &s) {
            s.a().script("/", link(s.a().at("/file")));
            s.a().set("/file", attachment());
            s.visit(s.a().url());
            return downloads(s);
        },
        "0 downloads", "1 downloads");
    add(
        "a click saves one file", gestures,
        [](Scene &s) {
            const QByteArray save = link(s.a().at("/file"));
            s.a().script("/", "wait click\n" + save + "wait input_event\n" + save);
            s.a().set("/file", attachment());
            Tab *tab = s.visit(s.a().url());
            s.click(tab);
            s.hover(tab);
            return downloads(s);
        },
        "1 downloads", "2 downloads");
    add(
        "pages of one site save so many files at once and no more", downloadCeiling,
        [](Scene &s) {
            // From several servers, since there are six connections to one at most.
            SceneHost *servers[] = {&s.b(), &s.host(QStringLiteral("c")), &s.host(QStringLiteral("d"))};
            QByteArray steps;
            for (int i = 0; i < DownloadManager::MostOfOneSite + 3; ++i)
                steps += "wait click\n" + link(servers[i % 3]->at("/file"));
            s.a().script("/", steps);
            LoopbackAnswer endless = attachment();
            endless.ending = LoopbackAnswer::Ending::Stall;
            for (SceneHost *server : servers)
                server->set("/file", endless);
            Tab *tab = s.visit(s.a().url());
            for (int i = 0; i < DownloadManager::MostOfOneSite + 3; ++i) {
                s.clickWithoutWaiting(tab);
                s.waitUntil([&] {
                    return servers[i % 3]->asked("/file") == i / 3 + 1 && tab->loadState() == LoadState::Idle &&
                           !tab->isOpening();
                });
            }
            const QString count = downloads(s);
            for (int i = 0; i < s.downloads(); ++i)
                s.downloadManager().at(i)->cancel();
            return count;
        },
        "10 downloads", "13 downloads");
}

/// Pages that lead on by themselves.
void addMoves(const Group &add)
{
    add(
        "pages that lead on by themselves leave their site three times", unaskedMoves,
        [](Scene &s) {
            const QStringList names{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"),
                                    QStringLiteral("d"), QStringLiteral("e"), QStringLiteral("f")};
            for (qsizetype i = 0; i + 1 < names.size(); ++i)
                s.host(names[i]).script("/", link(s.host(names[i + 1]).at()));
            s.host(names.last()).script("/", {});
            return s.shown(s.visit(s.a().url()));
        },
        "http://d/", "http://f/");
    add(
        "files that lead on by themselves leave their folder three times", unaskedFileMoves,
        [](Scene &s) {
            const QStringList names{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"),
                                    QStringLiteral("d"), QStringLiteral("e"), QStringLiteral("f")};
            const auto file = [&s](const QString &name, const QByteArray &steps) {
                return s.file(name + QStringLiteral("/page.html"), "#!hostile\n" + steps).toEncoded();
            };
            QByteArray next = file(names.last(), {});
            for (qsizetype i = names.size() - 2; i >= 0; --i)
                next = file(names[i], link(next));
            return s.shown(s.visit(QUrl::fromEncoded(next)));
        },
        "file://~/d/page.html", "file://~/f/page.html");
    add(
        "a page that leads on and on within its site comes to an end", unaskedMoves,
        [](Scene &s) {
            for (int i = 0; i < 30; ++i)
                s.a().script(QByteArray("/" + QByteArray::number(i)).constData(),
                             link(s.a().at(QByteArray("/" + QByteArray::number(i + 1)).constData())));
            s.a().script("/30", {});
            return s.shown(s.visit(s.a().url(QStringLiteral("/0"))));
        },
        "http://a/20", "http://a/30");
}

} // namespace

void addActivationCases(Cases &cases)
{
    const Group group(cases, "user activation");
    addTabs(group);
    addDownloads(group);
    addMoves(group);
}

} // namespace bulkhead
