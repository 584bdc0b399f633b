// SPDX-License-Identifier: BSD-3-Clause
#include "browser/crashes/crash_store.h"

#include "browser/processes/log.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr qint64 MaxFileBytes = 4 << 20;

QList<CrashReport> readFolder(const QString &folder)
{
    QList<CrashReport> found;
    const QStringList files =
        QDir(folder).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name | QDir::Reversed);
    for (const QString &name : files) {
        QFile file(folder + u'/' + name);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const auto report = CrashReport::fromJson(QJsonDocument::fromJson(file.read(MaxFileBytes)).object());
        // Its name is made from its id when it is removed.
        if (report && report->id + QStringLiteral(".json") == name)
            found << *report;
    }
    return found;
}

void writeFile(const QString &folder, const QString &fileName, const QByteArray &bytes)
{
    QDir().mkpath(folder);
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(bytes) != bytes.size() || !file.commit())
        log::warn(CrashStore::tr("The crash report %1 cannot be written: %2").arg(fileName, file.errorString()));
}

} // namespace

CrashStore::CrashStore(QString folder, QObject *parent) : QObject(parent), m_folder(std::move(folder))
{
    m_thread.setMaxThreadCount(1);
    if (m_folder.isEmpty())
        return;
    m_thread.start([this] {
        // The destructor waits for this thread.
        QList<CrashReport> earlier = readFolder(m_folder);
        QMetaObject::invokeMethod(
            this, [this, earlier = std::move(earlier)] { merge(earlier); }, Qt::QueuedConnection);
    });
}

CrashStore::~CrashStore()
{
    m_thread.waitForDone();
}

const CrashReport *CrashStore::find(const QString &id) const
{
    const auto it =
        std::find_if(m_reports.begin(), m_reports.end(), [&id](const CrashReport &r) { return r.id == id; });
    return it == m_reports.end() ? nullptr : &*it;
}

void CrashStore::add(const CrashReport &report)
{
    m_reports.prepend(report);
    if (!m_folder.isEmpty()) {
        m_thread.start([folder = m_folder, file = fileOf(report.id), report] {
            writeFile(folder, file, QJsonDocument(report.toJson()).toJson());
        });
    }
    prune();
    Q_EMIT added(report);
}

void CrashStore::merge(QList<CrashReport> earlier)
{
    m_reports += earlier;
    prune();
    Q_EMIT loaded();
}

void CrashStore::prune()
{
    while (m_reports.size() > MaxReports) {
        const QString file = fileOf(m_reports.takeLast().id);
        if (!m_folder.isEmpty())
            m_thread.start([file] { QFile::remove(file); });
    }
}

QString CrashStore::fileOf(const QString &id) const
{
    return m_folder + u'/' + id + QStringLiteral(".json");
}

} // namespace bulkhead
