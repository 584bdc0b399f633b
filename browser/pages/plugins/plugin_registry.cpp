// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/plugin_registry.h"

#include <QCoreApplication>
#include <QDir>
#include <QSet>
#include <QStandardPaths>

#include <algorithm>
#include <optional>
#include <tuple>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("PluginRegistry", source);
}

constexpr char Suffix[] = ".bulkplug";

/// How a plugin's claim to a document is founded; the better one is the greater.
enum class Match { None, Extension, Magic, WildType, Type };

struct Claim
{
    Match match = Match::None;
    int priority = 0;
    QString by; ///< the type, the ending
};

bool isUnknown(const QString &mimeType)
{
    return mimeType.isEmpty() || mimeType == u"application/octet-stream" || mimeType == u"text/plain";
}

Claim claimOf(const HandledType &type, const PluginRequest &request)
{
    if (type.mimeType == request.mimeType)
        return {Match::Type, type.priority, type.mimeType};
    if (type.mimeType.endsWith(u"/*") && request.mimeType.startsWith(QStringView(type.mimeType).chopped(1)))
        return {Match::WildType, type.priority, type.mimeType};
    // A name or a beginning says something only where the transport does not know better.
    if (!isUnknown(request.mimeType))
        return {};
    for (const HandledType::Magic &magic : type.magic) {
        if (request.start.mid(magic.offset, magic.bytes.size()) == magic.bytes)
            return {Match::Magic, type.priority, QString::fromLatin1(magic.bytes.toHex(' '))};
    }
    for (const QString &extension : type.extensions) {
        if (request.fileName.endsWith(u'.' + extension, Qt::CaseInsensitive))
            return {Match::Extension, type.priority, extension};
    }
    return {};
}

/// The plugin's best claim for this use, and, if there is none, whether there would be one for the other use.
Claim claimOf(const PluginManifest &manifest, const PluginRequest &request, bool &otherUse)
{
    Claim best;
    for (const HandledType &type : manifest.handles) {
        const Claim claim = claimOf(type, request);
        if (claim.match == Match::None)
            continue;
        if (request.use == PluginRequest::Use::Full ? !type.full : !type.embed) {
            otherUse = true;
            continue;
        }
        if (best.match == Match::None || claim.priority > best.priority ||
            (claim.priority == best.priority && claim.match > best.match))
            best = claim;
    }
    return best;
}

QString describe(const Claim &claim)
{
    switch (claim.match) {
    case Match::Type:
    case Match::WildType:
        return tr("handles the type %1, priority %2").arg(claim.by, QString::number(claim.priority));
    case Match::Magic:
        return tr("handles documents that contain the bytes %1, priority %2")
            .arg(claim.by, QString::number(claim.priority));
    case Match::Extension:
        return tr("handles names that end in .%1, priority %2").arg(claim.by, QString::number(claim.priority));
    case Match::None:
        break;
    }
    return {};
}

} // namespace

PluginRegistry::PluginRegistry(QStringList folders) : m_folders(std::move(folders))
{
    rescan();
}

QString PluginRegistry::personFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/bulkhead/plugins");
}

QStringList PluginRegistry::standardFolders(const QStringList &more)
{
    QStringList folders = more;
    folders << personFolder();
    folders << QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../lib/bulkhead/plugins"));
    folders.removeDuplicates();
    return folders;
}

void PluginRegistry::rescan()
{
    const std::vector<std::shared_ptr<PluginFile>> before = std::exchange(m_plugins, {});
    QMap<QString, QString> folderOf;
    for (const QString &folder : std::as_const(m_folders)) {
        QStringList candidates;
        if (folder.endsWith(QLatin1String(Suffix))) {
            candidates << QDir(folder).absolutePath();
        } else {
            const QDir dir(folder);
            const QStringList names = dir.entryList({QLatin1Char('*') + QLatin1String(Suffix)},
                                                    QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
            for (const QString &name : names)
                candidates << dir.absoluteFilePath(name);
        }
        for (const QString &candidate : std::as_const(candidates)) {
            auto plugin = std::make_shared<PluginFile>(candidate);
            // Processes hold on to the object of an unchanged plugin, and its library was checked already.
            const auto same = std::find_if(before.begin(), before.end(), [&](const auto &old) {
                return old->folder() == candidate && old->isUsable() && plugin->isUsable() &&
                       old->manifest()->version == plugin->manifest()->version &&
                       old->manifest()->checksums == plugin->manifest()->checksums;
            });
            if (same != before.end())
                plugin = *same;
            if (plugin->isUsable()) {
                if (folderOf.contains(plugin->id()))
                    plugin->setFault(
                        {PluginCode::Duplicate, plugin->id().toStdString(), folderOf[plugin->id()].toStdString(), ""});
                else
                    folderOf.insert(plugin->id(), candidate);
            }
            m_plugins.push_back(std::move(plugin));
        }
    }
}

std::shared_ptr<PluginFile> PluginRegistry::find(const QString &id) const
{
    const auto it = std::find_if(m_plugins.begin(), m_plugins.end(),
                                 [&id](const auto &plugin) { return plugin->isUsable() && plugin->id() == id; });
    return it == m_plugins.end() ? nullptr : *it;
}

std::shared_ptr<PluginFile> PluginRegistry::choose(const PluginRequest &request) const
{
    const auto candidates = explain(request);
    return !candidates.empty() && candidates.front().chosen ? candidates.front().plugin : nullptr;
}

std::vector<PluginCandidate> PluginRegistry::explain(const PluginRequest &request) const
{
    struct Rated
    {
        PluginCandidate candidate;
        Claim claim;
    };
    std::vector<Rated> rated;
    for (const auto &plugin : m_plugins) {
        Rated entry{{plugin, false, {}}, {}};
        bool otherUse = false;
        if (!plugin->isUsable()) {
            const std::string_view name = pluginCodeName(plugin->fault()->code);
            entry.candidate.reason =
                tr("cannot be used: %1").arg(QString::fromLatin1(name.data(), qsizetype(name.size())));
        } else if (entry.claim = claimOf(*plugin->manifest(), request, otherUse); entry.claim.match != Match::None) {
            entry.candidate.reason = describe(entry.claim);
            // A name or a beginning is no news to the app's own text view, which shows anything.
            const bool byType = entry.claim.match >= Match::WildType;
            if (request.isBuiltIn && byType && request.use == PluginRequest::Use::Full && entry.claim.priority <= 0) {
                entry.claim = {};
                entry.candidate.reason +=
                    tr("; Bulkhead shows this by itself, which only a priority above 0 overrides");
            }
        } else if (otherUse) {
            entry.candidate.reason = request.use == PluginRequest::Use::Full
                                         ? tr("handles it only inside a page")
                                         : tr("handles it only as a page of its own");
        } else {
            entry.candidate.reason = tr("does not handle it");
        }
        rated.push_back(std::move(entry));
    }
    std::stable_sort(rated.begin(), rated.end(), [](const Rated &a, const Rated &b) {
        const auto rank = [](const Rated &r) {
            return std::tuple(r.claim.match != Match::None, r.claim.priority, r.claim.match);
        };
        return rank(a) > rank(b);
    });
    std::vector<PluginCandidate> all;
    for (Rated &entry : rated) {
        entry.candidate.chosen = all.empty() && entry.claim.match != Match::None;
        all.push_back(std::move(entry.candidate));
    }
    return all;
}

QString PluginRegistry::typeForName(const QString &fileName) const
{
    for (const auto &plugin : m_plugins) {
        if (!plugin->isUsable())
            continue;
        for (const HandledType &type : plugin->manifest()->handles) {
            for (const QString &extension : type.extensions) {
                if (fileName.endsWith(u'.' + extension, Qt::CaseInsensitive) && !type.mimeType.endsWith(u'*'))
                    return type.mimeType;
            }
        }
    }
    return {};
}

} // namespace bulkhead
