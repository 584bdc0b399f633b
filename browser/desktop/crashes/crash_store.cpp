// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/crashes/crash_store.h"

#include "browser/host/processes/log.h"
#include "browser/pages/fetch/safe_file.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

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
        const Result<QByteArray> kept = safe_file::read(folder + u'/' + name, MaxFileBytes);
        if (!kept)
            continue;
        const auto report = CrashReport::fromJson(QJsonDocument::fromJson(*kept).object());
        // Its name is made from its id when it is removed.
        if (report && report->id + QStringLiteral(".json") == name)
            found << *report;
    }
    return found;
}

void writeFile(const QString &fileName, const QByteArray &bytes)
{
    if (const Result<void> written = safe_file::replace(fileName, bytes); !written)
        log::warn(CrashStore::tr("The crash report %1 cannot be written: %2")
                      .arg(fileName, QString::fromStdString(written.error().what)));
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
            writeFile(file, QJsonDocument(report.toJson()).toJson());
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
