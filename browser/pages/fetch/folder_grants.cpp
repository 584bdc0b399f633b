// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/folder_grants.h"

#include "browser/pages/fetch/background_file.h"
#include "browser/pages/fetch/kept_file.h"
#include "browser/pages/fetch/local_path.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace bulkhead {

namespace {
constexpr qint64 MaxFileBytes = 1 << 20;
constexpr int Format = 1; // files of the time before have none
} // namespace

FolderGrants::FolderGrants(const QString &dataFolder)
{
    if (dataFolder.isEmpty())
        return;
    const QString fileName = dataFolder + QStringLiteral("/folders.json");
    const KeptJson kept = KeptJson::read(fileName, MaxFileBytes, Format,
                                         QCoreApplication::translate("FolderGrants", "What documents may read"));
    m_notice = kept.notice;
    const QJsonObject all = kept.document.object();
    for (auto site = all.begin(); site != all.end(); ++site) {
        for (const QJsonValue &folder : site->toArray()) {
            if (mayBeGranted(folder.toString()))
                m_folders[site.key()] << folder.toString();
        }
    }
    if (kept.mayWrite)
        m_file = std::make_unique<BackgroundFile>(fileName);
}

FolderGrants::~FolderGrants() = default;

void FolderGrants::add(const Site &site, const QString &folder)
{
    if (site.folder().isEmpty() || !mayBeGranted(folder) || m_folders.value(site.folder()).contains(folder))
        return;
    m_folders[site.folder()] << folder;
    save();
}

void FolderGrants::revoke(const QString &documents, const QString &folder)
{
    const auto granted = m_folders.find(documents);
    if (granted == m_folders.end() || granted->removeAll(folder) == 0)
        return;
    if (granted->isEmpty())
        m_folders.erase(granted);
    save();
}

void FolderGrants::save()
{
    if (!m_file)
        return;
    QJsonObject all{{QLatin1String(KeptJson::Format), Format}}; // no folder is called so: those begin with a slash
    for (auto site = m_folders.begin(); site != m_folders.end(); ++site)
        all.insert(site.key(), QJsonArray::fromStringList(*site));
    m_file->replace(QJsonDocument(all).toJson());
}

bool FolderGrants::mayBeGranted(const QString &folder)
{
    if (!folder.startsWith(u'/'))
        return false;
    const QString place = QDir::cleanPath(folder);
    // The home folder, what lies above it, and what it hides: keys, passwords, settings of other programs. No page
    // named it.
    for (const QString &home : {QDir::cleanPath(QDir::homePath()), QFileInfo(QDir::homePath()).canonicalFilePath()}) {
        if (!home.isEmpty() && (local_path::isBelow(home, place) || place.startsWith(home + QStringLiteral("/."))))
            return false;
    }
    static const char *const Closed[] = {"/etc", "/proc", "/sys", "/dev", "/run", "/boot"};
    return std::none_of(std::begin(Closed), std::end(Closed),
                        [&place](const char *closed) { return local_path::isBelow(place, QLatin1String(closed)); });
}

} // namespace bulkhead
