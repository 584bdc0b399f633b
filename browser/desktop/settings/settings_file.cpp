// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/settings/settings_file.h"

#include "browser/host/processes/log.h"
#include "browser/pages/fetch/kept_file.h"
#include "browser/pages/fetch/safe_file.h"
#include "ipc/core/unique_fd.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QThread>

#include <fcntl.h>
#include <sys/file.h>

namespace bulkhead::settings_file {

namespace {

const QString VersionName = QStringLiteral("version");
const QString SettingsName = QStringLiteral("settings");

struct FileText
{
    Q_DECLARE_TR_FUNCTIONS(SettingsFile)
};

/// Holds the folder of the file, so that of several processes one writes at a time. The folder and not a file beside
/// the settings: in that one's place there could be anything.
class FolderLock
{
public:
    explicit FolderLock(const QString &folder)
        : m_folder(::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    {
        // Whoever holds it for longer is not one of ours, or hangs: then the file is written all the same, since at
        // worst one setting of the other is lost. File systems without locks end the loop at once.
        for (int i = 0; i < Tries && ::flock(m_folder.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK; ++i)
            QThread::msleep(Pause);
    }

private:
    static constexpr int Tries = 100;
    static constexpr unsigned long Pause = 20; // milliseconds

    UniqueFd m_folder; // closing it ends the lock
};

/// The whole of a file; an error says what is wrong with it.
Result<QJsonObject> parse(const QByteArray &bytes)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return fail(Error{
            FileText::tr("it is not JSON: %1 at byte %2").arg(error.errorString()).arg(error.offset).toStdString(),
            EINVAL});
    const QJsonObject file = document.object();
    if (file[VersionName].toInt() < 1)
        return fail(Error{FileText::tr("it does not say of which version it is").toStdString(), EINVAL});
    if (!file[SettingsName].isObject())
        return fail(Error{FileText::tr("there are no settings in it").toStdString(), EINVAL});
    return file;
}

/// Links are refused: the file is replaced, and would be so somewhere else.
Result<QByteArray> readAll(const QString &fileName)
{
    return safe_file::read(fileName, MostBytes, Links::Refuse);
}

/// What a newer version wrote, as it was before this one writes to it. One copy for each version is enough.
Result<void> keepCopy(const QString &fileName, int version, const QByteArray &bytes)
{
    const QString copy = QStringLiteral("%1.version-%2").arg(fileName).arg(version);
    return QFileInfo::exists(copy) ? Result<void>() : safe_file::replace(copy, bytes);
}

} // namespace

Contents load(const QString &fileName)
{
    const QString subject = FileText::tr("The settings");
    Contents contents;
    const Result<QByteArray> bytes = readAll(fileName);
    contents.isThere = bytes || bytes.error().number != ENOENT;
    if (!contents.isThere)
        return contents;
    const Result<QJsonObject> file = bytes ? parse(*bytes) : tl::unexpected(bytes.error());
    if (!file) {
        const SetAside aside = setAsideBroken(fileName, subject, file.error());
        contents.mayWrite = aside.isFree;
        contents.notices << aside.sentence;
        return contents;
    }
    contents.values = file->value(SettingsName).toObject();
    if (const int version = file->value(VersionName).toInt(); version > Version)
        log::info(
            FileText::tr("%1 is of a newer version of Bulkhead (%2): what is understood of it is used, the rest stays.")
                .arg(fileName)
                .arg(version));
    return contents;
}

Result<void> change(const QString &fileName, const Changes &changes, const QJsonObject &all)
{
    QDir().mkpath(QFileInfo(fileName).path());
    const FolderLock lock(QFileInfo(fileName).path());
    QJsonObject file{{VersionName, Version}, {SettingsName, all}};
    const Result<QByteArray> bytes = readAll(fileName);
    if (bytes || bytes.error().number != ENOENT) {
        const Result<QJsonObject> found = bytes ? parse(*bytes) : tl::unexpected(bytes.error());
        if (found) {
            file = *found;
        } else {
            // It was whole, or not there, when the app started.
            const SetAside aside = setAsideBroken(fileName, FileText::tr("The settings"), found.error());
            log::warn(aside.sentence);
            if (!aside.isFree)
                return tl::unexpected(found.error());
        }
    }
    const int version = file[VersionName].toInt();
    if (version > Version) {
        if (const Result<void> kept = keepCopy(fileName, version, *bytes); !kept)
            return kept;
    }
    QJsonObject values = file[SettingsName].toObject();
    for (auto changed = changes.cbegin(); changed != changes.cend(); ++changed) {
        if (changed->isUndefined())
            values.remove(changed.key());
        else
            values.insert(changed.key(), *changed);
    }
    file[SettingsName] = values;
    return safe_file::replace(fileName, QJsonDocument(file).toJson());
}

} // namespace bulkhead::settings_file
