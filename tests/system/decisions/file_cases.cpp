// SPDX-License-Identifier: BSD-3-Clause
// Whose files: a page that is a file has the rights of its own folder, judged where the file really lies.
#include "browser/pages/fetch/folder_grants.h"
#include "tests/support/initiators.h"
#include "tests/system/decisions/case.h"

#include <QFile>

namespace bulkhead {

namespace {

using namespace protections;

QByteArray request(const QByteArray &url, const char *kind = "IMAGE")
{
    return "say resource_request { stream_id: 7 kind: " + QByteArray(kind) + " url: '" + url + "' }\n";
}

/// Who gets the secret after a page in the folder docs asked for @p url.
QString whoGets(Scene &scene, const QByteArray &url, const QByteArray &what = "SECRET")
{
    scene.visit(scene.file(QStringLiteral("docs/index.html"), "#!hostile\n" + request(url)));
    return scene.whoGot(what);
}

QByteArray at(const Scene &scene, const char *path)
{
    return QUrl::fromLocalFile(scene.path(QLatin1String(path))).toEncoded();
}

/// Who gets @p what of @p url after the person let the page read @p folder.
QString whoGetsWith(Scene &scene, const QString &folder, const QByteArray &url, const QByteArray &what)
{
    Tab *tab = scene.visit(scene.file(QStringLiteral("docs/index.html"), "#!hostile\n" + request(url)));
    tab->allowFolder(folder, GrantLasts::ThisTab);
    scene.settle();
    return scene.whoGot(what);
}

constexpr char Page[] = "renderer of file://~/docs";

/// What lies outside of the page's folder.
void addOutside(const Group &add)
{
    add(
        "a file's page gets nothing from outside its folder", openedFiles,
        [](Scene &s) { return whoGets(s, s.file(QStringLiteral("secret.txt")).toEncoded()); }, "nobody", Page);
    add(
        "a file's page gets no font from outside its folder", openedFiles,
        [](Scene &s) {
            s.visit(s.file(QStringLiteral("docs/index.html"),
                           "#!hostile\n" + request(s.file(QStringLiteral("secret.txt")).toEncoded(), "FONT")));
            return s.whoGot("SECRET");
        },
        "nobody", Page);
    add(
        "a file's page gets nothing by a symbolic link that leads outside", openedFiles,
        [](Scene &s) {
            s.file(QStringLiteral("docs/page.txt"), "harmless");
            s.file(QStringLiteral("secret.txt"));
            QFile::link(s.path(QStringLiteral("secret.txt")), s.path(QStringLiteral("docs/inside.txt")));
            return whoGets(s, at(s, "docs/inside.txt"));
        },
        "nobody", Page);
    add(
        "a file's page gets nothing by a folder that is a symbolic link", openedFiles,
        [](Scene &s) {
            s.file(QStringLiteral("private/secret.txt"));
            s.file(QStringLiteral("docs/page.txt"), "harmless");
            QFile::link(s.path(QStringLiteral("private")), s.path(QStringLiteral("docs/below")));
            return whoGets(s, at(s, "docs/below/secret.txt"));
        },
        "nobody", Page);
    add(
        "a file's page gets nothing by way of ..", openedFiles,
        [](Scene &s) {
            s.file(QStringLiteral("secret.txt"));
            return whoGets(s, at(s, "docs/../secret.txt"));
        },
        "nobody", Page);
    add(
        "a folder whose name begins with that of the page's folder is another folder", openedFiles,
        [](Scene &s) { return whoGets(s, s.file(QStringLiteral("docs-private/secret.txt")).toEncoded()); }, "nobody",
        Page);
    add(
        "a file's page gets no internal page", access,
        [](Scene &s) {
            s.visit(s.file(QStringLiteral("docs/index.html"), "#!hostile\n" + request("about:version")));
            return s.whoGot("Bulkhead");
        },
        "nobody", Page);
    add(
        "an address with a host names no file of this computer", localPaths,
        [](Scene &s) {
            QUrl url = s.file(QStringLiteral("secret.txt"));
            url.setHost(QStringLiteral("elsewhere"));
            s.visit(url);
            return s.shown() + QStringLiteral(", ") + s.whoGot("SECRET");
        },
        "refused: not-a-local-file, nobody", "file://elsewhere~/secret.txt, renderer of file://~");
}

/// Which folder is a document's.
void addWhose(const Group &add)
{
    add(
        "a symbolic link to a document has the rights of the folder where that really lies", openedFiles,
        [](Scene &s) {
            s.file(QStringLiteral("real/index.html"),
                   "#!hostile\n" + request(s.file(QStringLiteral("docs/secret.txt")).toEncoded()));
            QFile::link(s.path(QStringLiteral("real/index.html")), s.path(QStringLiteral("docs/index.html")));
            s.visit(QUrl::fromLocalFile(s.path(QStringLiteral("docs/index.html"))));
            return s.whoGot("SECRET");
        },
        "nobody", "renderer of file://~/real");
    add(
        "a document that was reached from a listing has its own folder's rights", navigationRights,
        [](Scene &s) {
            s.file(QStringLiteral("docs/secret.txt"));
            const QUrl inner =
                s.file(QStringLiteral("docs/inner/index.html"), "#!hostile\n" + request(at(s, "docs/secret.txt")));
            Tab *tab = s.visit(QUrl::fromLocalFile(s.path(QStringLiteral("docs/"))));
            tab->navigate(inner, Initiator::page(*tab->site()));
            s.settle();
            return s.whoGot("SECRET");
        },
        "nobody", "renderer of file://~/docs");
    add(
        "a document that a page of a folder beside it leads to has its own folder's rights", navigationRights,
        [](Scene &s) {
            const QByteArray other =
                s.file(QStringLiteral("other/index.html"),
                       "#!hostile\n" + request(s.file(QStringLiteral("docs/secret.txt")).toEncoded()))
                    .toEncoded();
            s.visit(
                s.file(QStringLiteral("docs/index.html"), "#!hostile\nsay link_activated { url: '" + other + "' }\n"));
            return s.whoGot("SECRET");
        },
        "nobody", "renderer of file://~");
}

/// What the person lets a document into.
void addGrants(const Group &add)
{
    add(
        "a document is never let into /etc", folderGrants,
        [](Scene &s) { return whoGetsWith(s, QStringLiteral("/etc"), "file:///etc/passwd", "root:"); }, "nobody", Page);
    add(
        "a document is never let into /proc", folderGrants,
        [](Scene &s) { return whoGetsWith(s, QStringLiteral("/proc"), "file:///proc/self/status", "Name:"); }, "nobody",
        Page);
    add(
        "a document is never let into the whole computer", folderGrants,
        [](Scene &s) {
            const QByteArray secret = s.file(QStringLiteral("secret.txt")).toEncoded();
            return whoGetsWith(s, QStringLiteral("/"), secret, "SECRET");
        },
        "nobody", Page);
    add(
        "a document is never let into the home folder", folderGrants,
        [](Scene &s) {
            const QByteArray before = qgetenv("HOME");
            qputenv("HOME", QFile::encodeName(s.path(QString())));
            const QByteArray secret = s.file(QStringLiteral("secret.txt")).toEncoded();
            const QString who = whoGetsWith(s, s.path(QString()), secret, "SECRET");
            qputenv("HOME", before);
            return who;
        },
        "nobody", Page);
    add(
        "a document is never let into what the home folder hides", folderGrants,
        [](Scene &s) {
            const QByteArray before = qgetenv("HOME");
            qputenv("HOME", QFile::encodeName(s.path(QString())));
            const QByteArray secret = s.file(QStringLiteral(".ssh/secret.txt")).toEncoded();
            const QString who = whoGetsWith(s, s.path(QStringLiteral(".ssh")), secret, "SECRET");
            qputenv("HOME", before);
            return who;
        },
        "nobody", Page);
    add(
        "a folder that one tab was let into stays closed to the others", openedFiles,
        [](Scene &s) {
            s.file(QStringLiteral("more/secret.txt"));
            Tab *tab = s.visit(s.file(QStringLiteral("docs/index.html"), "#!hostile\n"));
            tab->allowFolder(s.path(QStringLiteral("more")), GrantLasts::ThisTab);
            s.settle();
            return whoGets(s, at(s, "more/secret.txt"));
        },
        "nobody", Page);
}

} // namespace

void addFileCases(Cases &cases)
{
    const Group group(cases, "file rights");
    addOutside(group);
    addWhose(group);
    addGrants(group);
}

} // namespace bulkhead
