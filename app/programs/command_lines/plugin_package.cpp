// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/plugin_package.h"

#include "browser/pages/plugins/plugin_fault_text.h"
#include "browser/pages/plugins/plugin_registry.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

namespace bulkhead::plugin_package {

namespace {

Error sentence(const QString &text)
{
    return Error{text.toStdString(), 0};
}

Result<void> check(PluginFile &plugin)
{
    if (plugin.fault())
        return fail(sentence(pluginFaultText(*plugin.fault())));
    if (const auto library = plugin.library(); !library)
        return fail(sentence(pluginFaultText(library.error())));
    return {};
}

/// GNU tar, which every system that can build has.
Result<void> tar(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("tar"), arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        const QString why = process.error() == QProcess::FailedToStart
                                ? process.errorString()
                                : QString::fromLocal8Bit(process.readAllStandardError());
        return fail(sentence(QStringLiteral("tar: ") + why.trimmed()));
    }
    return {};
}

QStringList filesOf(const PluginManifest &manifest)
{
    QStringList files = manifest.libraries.values();
    files.prepend(QStringLiteral("manifest.json"));
    files.removeDuplicates();
    return files;
}

} // namespace

Result<QString> pack(const QString &folder, const QString &target)
{
    const QFileInfo info(QDir(folder).absolutePath());
    PluginFile plugin(info.filePath());
    if (const Result<void> checked = check(plugin); !checked)
        return tl::unexpected(checked.error());
    const PluginManifest &manifest = *plugin.manifest();
    const QString package =
        QDir(target).absoluteFilePath(manifest.id + u'-' + manifest.version + QStringLiteral(".tar.gz"));
    QStringList arguments{QStringLiteral("--create"),
                          QStringLiteral("--gzip"),
                          QStringLiteral("--sort=name"),
                          QStringLiteral("--owner=0"),
                          QStringLiteral("--group=0"),
                          QStringLiteral("--file=") + package,
                          QStringLiteral("--directory=") + info.path()};
    const QStringList files = filesOf(manifest);
    for (const QString &file : files) {
        if (QFileInfo::exists(info.filePath() + u'/' + file))
            arguments << info.fileName() + u'/' + file;
    }
    if (const Result<void> made = tar(arguments); !made)
        return tl::unexpected(made.error());
    return package;
}

Result<QString> install(const QString &source)
{
    QString folder = QDir(source).absolutePath();
    QTemporaryDir unpacked;
    if (QFileInfo(source).isFile()) {
        const Result<void> made = tar({QStringLiteral("--extract"), QStringLiteral("--gzip"),
                                       QStringLiteral("--no-same-owner"), QStringLiteral("--no-same-permissions"),
                                       QStringLiteral("--file=") + QFileInfo(source).absoluteFilePath(),
                                       QStringLiteral("--directory=") + unpacked.path()});
        if (!made)
            return tl::unexpected(made.error());
        const QStringList folders =
            QDir(unpacked.path()).entryList({QStringLiteral("*.bulkplug")}, QDir::Dirs | QDir::NoSymLinks);
        if (folders.size() != 1)
            return fail(sentence(QStringLiteral("%1 holds no plugin.").arg(source)));
        folder = unpacked.filePath(folders.first());
    }
    PluginFile plugin(folder);
    if (const Result<void> checked = check(plugin); !checked)
        return tl::unexpected(checked.error());
    const PluginManifest &manifest = *plugin.manifest();
    const QString place = PluginRegistry::personFolder();
    const QString target = place + u'/' + manifest.id + QStringLiteral(".bulkplug");
    const QString fresh = target + QStringLiteral(".new");
    QDir(fresh).removeRecursively();
    if (!QDir().mkpath(fresh))
        return fail(sentence(QStringLiteral("The folder %1 cannot be made.").arg(fresh)));
    const QStringList files = filesOf(manifest);
    for (const QString &file : files) {
        const QFileInfo from(folder + u'/' + file);
        if (!from.exists() && file != manifest.libraries.value(PluginManifest::architecture()) &&
            file != u"manifest.json")
            continue; // for another processor
        if (from.isSymLink() || !from.isFile() || from.size() > PluginFile::MostLibraryBytes ||
            !QFile::copy(from.filePath(), fresh + u'/' + file)) {
            QDir(fresh).removeRecursively();
            return fail(sentence(QStringLiteral("%1 cannot be copied.").arg(from.filePath())));
        }
    }
    QDir(target).removeRecursively();
    if (!QDir().rename(fresh, target))
        return fail(sentence(QStringLiteral("%1 cannot be put in place.").arg(target)));
    return target;
}

Result<void> remove(const QString &id)
{
    const QString target = PluginRegistry::personFolder() + u'/' + id + QStringLiteral(".bulkplug");
    if (id.isEmpty() || id.contains(u'/') || !QFileInfo(target).isDir())
        return fail(sentence(QStringLiteral("There is no plugin %1 of yours.").arg(id)));
    if (!QDir(target).removeRecursively())
        return fail(sentence(QStringLiteral("%1 cannot be removed.").arg(target)));
    return {};
}

} // namespace bulkhead::plugin_package
