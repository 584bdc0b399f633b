// SPDX-License-Identifier: BSD-3-Clause
// Sites do not share processes, whatever there is too much of.
#include "browser/pages/page_processes/page_process.h"
#include "tests/system/decisions/case.h"

#include <QSet>

namespace bulkhead {

namespace {

using namespace protections;

QString perProcess(const Scene &scene)
{
    return QStringLiteral("%1 per process").arg(scene.sitesPerProcess());
}

/// Opens a plain page of each.
void openAll(Scene &scene, std::initializer_list<SceneHost *> hosts)
{
    for (SceneHost *host : hosts) {
        host->script("/", {});
        scene.visit(host->url());
    }
}

} // namespace

void addIsolationCases(Cases &cases)
{
    const Group add(cases, "isolation");

    add(
        "two sites have two processes", processBudget,
        [](Scene &s) {
            openAll(s, {&s.a(), &s.b()});
            return perProcess(s);
        },
        "1 per process", "2 per process");
    add("sites do not share a process when there are too many", processBudget,
        [](Scene &s) {
            openAll(s, {&s.a(), &s.host(QStringLiteral("b"), QStringLiteral("127.0.0.2")),
                        &s.host(QStringLiteral("c"), QStringLiteral("127.0.0.3")),
                        &s.host(QStringLiteral("d"), QStringLiteral("127.0.0.4"))});
            return perProcess(s);
        },
        "1 per process", "4 per process", {2});
    add("a file and a page of the network do not share a process when there are too many", processBudget,
        [](Scene &s) {
            s.a().script("/", {});
            s.visit(s.a().url());
            s.visit(s.file(QStringLiteral("docs/index.html"), "#!hostile\n"));
            return perProcess(s);
        },
        "1 per process", "2 per process", {1});
    add(
        "a plugin has a process for each site", pluginKeys,
        [](Scene &s) {
            s.plugin();
            for (SceneHost *host : {&s.a(), &s.b()}) {
                host->pluginScript("/doc", {});
                s.visit(host->url(QStringLiteral("/doc")));
            }
            return perProcess(s);
        },
        "1 per process", "2 per process");
    add(
        "one site's documents do not take all the processes of plugins", pluginCeiling,
        [](Scene &s) {
            s.plugin({}, ScenePlugin::Person::Refuses, {}, QStringLiteral("instance"));
            s.a().pluginScript("/doc", {});
            for (int i = 0; i < PluginHosts::MostOfOneDomain + 1; ++i)
                s.visit(s.a().url(QStringLiteral("/doc")));
            return s.shown().section(u' ', 0, 1);
        },
        "ended: failed-to-start", "http://a/doc");
}

} // namespace bulkhead
