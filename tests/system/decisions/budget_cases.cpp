// SPDX-License-Identifier: BSD-3-Clause
// What a site may take of the browser: its memory, its processes, its time, the disk's threads. Who takes more waits,
// or ends.
#include "browser/pages/fetch/disk_queue.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/remote_page.h"
#include "tests/system/decisions/case.h"
#include "tests/system/decisions/hanging_disk.h"

#include <QElapsedTimer>

#include <algorithm>

namespace bulkhead {

namespace {

using namespace protections;

constexpr qint64 Megabyte = 1 << 20;

SiteAccount &account(Scene &scene, SceneHost &host)
{
    return *scene.pool().budget().accountOf(Site::forUrl(host.url()));
}

/// As large as a message about boxes may be.
QByteArray manyBoxes()
{
    return "say embed_boxes { " + QByteArray("boxes { url: 'http://a/$long(15000)' } ").repeated(64) + "}\n";
}

int processesOf(Scene &scene, const QString &host)
{
    int count = 0;
    for (const PageProcess *process : scene.pool().hosts()) {
        const bool holds = !process->isGone() && !process->pages().empty();
        count += holds && std::any_of(process->sites().begin(), process->sites().end(),
                                      [&](const Site &site) { return QUrl(site.key()).host() == host; });
    }
    return count;
}

/// The process that holds a page of @p host.
PageProcess *processOf(Scene &scene, const SceneHost &host)
{
    for (PageProcess *process : scene.pool().hosts()) {
        if (!process->sites().empty() && process->sites().back() == Site::forUrl(host.url()))
            return process;
    }
    return nullptr;
}

void takeTime(std::chrono::microseconds time)
{
    QElapsedTimer timer;
    timer.start();
    while (timer.nsecsElapsed() < std::chrono::nanoseconds(time).count()) {
    }
}

/// Memory.
void addMemory(const Group &add)
{
    add(
        "a page that reads nothing of what it asks for has to wait", fetchRoom,
        [](Scene &s) {
            s.b().set("/endless", LoopbackAnswer::stream(4 * Megabyte));
            s.a().script("/", "deaf\nrepeat 30 resource_request { stream_id: 1$i kind: IMAGE url: '" +
                                  s.b().at("/endless") + "' }\n");
            s.visit(s.a().url(), Scene::Requests::Ignored);
            // On a busy machine what it asked for comes a moment later. That nothing comes has no event.
            QElapsedTimer moment;
            moment.start();
            s.waitUntil([&] { return account(s, s.a()).total() > SiteAccount::Room || moment.hasExpired(1500); });
            return account(s, s.a()).total() <= SiteAccount::Room ? QStringLiteral("within its room")
                                                                  : QStringLiteral("beyond its room");
        },
        "within its room", "beyond its room");
    add(
        "a site whose pages want boxes without end is ended", siteCosts,
        [](Scene &s) {
            s.a().script("/", manyBoxes());
            const Tab *first = s.visit(s.a().url());
            for (int i = 1; i < 20 && !first->crash(); ++i) {
                s.visit(s.a().url());
                if (account(s, s.a()).isOverdrawn()) // then it is about to end
                    s.waitUntil([&] { return first->crash().has_value(); });
            }
            return s.shown(first).section(u' ', 0, 1);
        },
        "ended: site-memory", "http://a/");
    add(
        "a site whose pages answer with text without end is ended", siteCosts,
        [](Scene &s) {
            s.a().script("/", "reply get_text text_reply { text: '$long(1000000)' more: true next_offset: 1 }\n");
            Tab *tab = s.visit(s.a().url());
            // Whole answers: when the process ends, those that are still open are answered with nothing, before the tab
            // tells.
            const auto answers = std::make_shared<int>(0); // some come when this has ended
            for (int i = 0; i < 20; ++i)
                tab->requestText([answers](const QString &text) { *answers += !text.isEmpty(); });
            s.waitUntil([&] { return tab->crash() || *answers == 20; });
            return s.shown(tab).section(u' ', 0, 1);
        },
        "ended: site-memory", "http://a/");
    add(
        "a site whose plugins do not read what they ask for is ended", siteCosts,
        [](Scene &s) {
            // Three processes of their own, each below what a single one may leave unread.
            s.plugin(ScenePlugin::permission("storage", {{QStringLiteral("quota"), QStringLiteral("2M")}}),
                     ScenePlugin::Person::Allows, {}, QStringLiteral("instance"));
            s.a().pluginScript("/doc", "say plugin { service_request { request_id: 1 service: STORAGE_PUT name: 'x' "
                                       "data: '$long(500000)' } }\n"
                                       "wait service_answer\n"
                                       "repeat 28 plugin { service_request { request_id: 1$i service: STORAGE_GET "
                                       "name: 'x' } }\npause 3600000\n");
            for (int i = 0; i < 3; ++i)
                s.open(s.a().url(QStringLiteral("/doc")));
            const auto unread = [&s] {
                std::size_t sum = 0;
                for (const PageProcess *host : s.pool().hosts())
                    sum += host->isUsable() ? host->channel().base().unreadByPeer() : 0;
                return qint64(sum);
            };
            const Tab *last = s.tabs().at(2);
            // What lies in the sockets, or is less than a step, is not counted.
            s.waitUntil([&] { return last->crash() || unread() > SiteAccount::Limit + 6 * Megabyte; });
            if (account(s, s.a()).isOverdrawn()) // then it is about to end
                s.waitUntil([&] { return last->crash().has_value(); });
            return last->crash() ? s.shown(last).section(u' ', 0, 1) : QStringLiteral("more than its limit is unread");
        },
        "ended: site-memory", "more than its limit is unread");
}

/// Processes.
void addProcesses(const Group &add)
{
    add("pages of one domain have so many processes and no more", domainCeiling,
        [](Scene &s) {
            int most = 0;
            for (const char *name : {"a", "b", "c", "d", "e", "f"}) {
                s.host(QLatin1String(name)).script("/", {});
                s.visit(s.host(QLatin1String(name)).url());
                most = std::max(most, processesOf(s, QStringLiteral("127.0.0.1")));
            }
            return QStringLiteral("%1 processes").arg(most);
        },
        "4 processes", "6 processes", {12});
    add(
        "plugins of all sites together have so many processes and no more", allPluginsCeiling,
        [](Scene &s) {
            s.plugin();
            for (int i = 0; i <= ScenePlugin::MostProcesses; ++i) {
                SceneHost &host = s.site(QStringLiteral("%1.test").arg(i));
                host.pluginScript("/doc", {});
                s.visit(host.url(QStringLiteral("/doc")));
            }
            return s.shown();
        },
        "ended: failed-to-start", "http://20.test/doc");
}

/// Turns of the loop and threads of the disk.
void addTime(const Group &add)
{
    add(
        "a site that talks without end does not keep the others from being heard", readShares,
        [](Scene &s) {
            constexpr int Words = 400, MostInATurn = 40;
            s.a().script("/", "wait click\nrepeat 400 hovered_link { url: 'http://a/$i' }\n");
            Tab *tab = s.visit(s.a().url());
            int said = 0, before = 0, most = 0;
            // Each word costs the browser a millisecond. In a turn of the loop everybody who has something to say is
            // heard.
            QObject context;
            QObject::connect(&processOf(s, s.a())->messages(), &MessageLog::handledNow, &context,
                             [&](const MessageTap::Seen &seen) {
                                 said += static_cast<const wire::RendererToBrowser &>(seen.message).has_hovered_link();
                                 takeTime(std::chrono::milliseconds(1));
                             });
            s.clickWithoutWaiting(tab);
            s.waitUntil([&] {
                most = std::max(most, said - std::exchange(before, said));
                return said == Words;
            });
            return most <= MostInATurn ? QStringLiteral("others are heard meanwhile") : QStringLiteral("others wait");
        },
        "others are heard meanwhile", "others wait");
    add(
        "a disk that hangs for one site does not hang for what the person opens", diskShares,
        [](Scene &s) {
            HangingDisk disk;
            QByteArray steps;
            for (int i = 0; i < DiskQueue::Threads + 2; ++i) {
                const QByteArray file =
                    s.file(QStringLiteral("slow/%1.%2").arg(i).arg(QLatin1String(HangingDisk::Suffix))).toEncoded();
                steps += "say resource_request { stream_id: 1" + QByteArray::number(i) + " kind: IMAGE url: '" + file +
                         "' }\n";
            }
            s.visit(s.file(QStringLiteral("slow/index.html"), "#!hostile\n" + steps), Scene::Requests::Ignored);
            const Tab *other = s.open(s.file(QStringLiteral("other/index.html"), "#!hostile\n"));
            s.waitUntil([&] {
                return disk.hanging() == DiskQueue::Threads ||
                       (disk.hanging() > 0 && other->loadState() == LoadState::Idle && !other->isOpening());
            });
            return disk.hanging() == DiskQueue::Threads ? QStringLiteral("hangs") : s.shown(other);
        },
        "file://~/other/index.html", "hangs");
}

} // namespace

void addBudgetCases(Cases &cases)
{
    const Group group(cases, "budgets");
    addMemory(group);
    addProcesses(group);
    addTime(group);
}

} // namespace bulkhead
