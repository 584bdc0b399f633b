// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/plugin_manifest.h"

#include "browser/pages/fetch/safe_file.h"
#include "browser/pages/plugins/json_position.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSysInfo>
#include <QUrl>

#include <algorithm>
#include <cerrno>

namespace bulkhead {

namespace {

using Type = QJsonValue::Type;

QString typeName(Type type)
{
    switch (type) {
    case Type::Bool:
        return QStringLiteral("true or false");
    case Type::Double:
        return QStringLiteral("a number");
    case Type::String:
        return QStringLiteral("a text");
    case Type::Array:
        return QStringLiteral("a list");
    case Type::Object:
        return QStringLiteral("an object");
    default:
        return QStringLiteral("nothing");
    }
}

/// The manifest while it is read. The first fault is kept, and everything after it is of no interest.
class Reader
{
public:
    explicit Reader(const QByteArray &json) : m_json(json) {}

    bool hasFault() const { return m_fault.code != PluginCode::None; }
    const PluginFault &fault() const { return m_fault; }

    void complain(PluginCode code, const QStringList &path, const QString &found, const QString &needed)
    {
        if (hasFault())
            return;
        const TextPosition at = positionOf(m_json, path);
        m_fault = {code, path.join(u'.').toStdString(), found.toStdString(), needed.toStdString(), at.line, at.column};
    }

    void onlyKeys(const QJsonObject &object, const QStringList &path, const QStringList &known)
    {
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!known.contains(it.key()))
                complain(PluginCode::ManifestUnknown, path + QStringList(it.key()), it.key(),
                         known.join(QStringLiteral(", ")));
        }
    }

    /// The member, or undefined when it is missing or of another type.
    QJsonValue member(const QJsonObject &object, const QStringList &path, const QString &key, Type type, bool required)
    {
        const QStringList here = path + QStringList(key);
        const QJsonValue value = object.value(key);
        if (value.isUndefined()) {
            if (required)
                complain(PluginCode::ManifestKey, here, QStringLiteral("no such key"), typeName(type));
            return value;
        }
        if (value.type() != type) {
            complain(PluginCode::ManifestType, here, typeName(value.type()), typeName(type));
            return QJsonValue::Undefined;
        }
        return value;
    }
    QString text(const QJsonObject &object, const QStringList &path, const QString &key, bool required = true)
    {
        return member(object, path, key, Type::String, required).toString();
    }

private:
    const QByteArray &m_json;
    PluginFault m_fault;
};

bool matches(const QString &text, const char *pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern))).match(text).hasMatch();
}

/// "6.4" as 6 and 4.
bool versionPair(const QString &text, unsigned &major, unsigned &minor)
{
    if (!matches(text, "[0-9]{1,4}\\.[0-9]{1,4}"))
        return false;
    major = text.section(u'.', 0, 0).toUInt();
    minor = text.section(u'.', 1, 1).toUInt();
    return true;
}

/// "64K", "1M", "1048576"
qint64 byteCount(const QString &text)
{
    if (!matches(text, "[0-9]{1,9}[KMG]?"))
        return -1;
    const int shift = text.endsWith(u'K') ? 10 : text.endsWith(u'M') ? 20 : text.endsWith(u'G') ? 30 : 0;
    return (shift ? text.chopped(1) : text).toLongLong() << shift;
}

void readMagic(Reader &reader, const QJsonObject &type, const QStringList &path, HandledType &handled)
{
    const QJsonArray list = reader.member(type, path, QStringLiteral("magic"), Type::Array, false).toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QStringList here = path + QStringList{QStringLiteral("magic"), QString::number(i)};
        const QJsonObject object = list[i].toObject();
        reader.onlyKeys(object, here, {QStringLiteral("offset"), QStringLiteral("text"), QStringLiteral("hex")});
        HandledType::Magic magic;
        magic.offset = object.value(QStringLiteral("offset")).toInteger();
        const QString hex = object.value(QStringLiteral("hex")).toString();
        magic.bytes = hex.isEmpty() ? object.value(QStringLiteral("text")).toString().toUtf8()
                                    : QByteArray::fromHex(hex.toLatin1());
        const bool isHex = hex.isEmpty() || matches(hex, "([0-9a-fA-F]{2})+");
        if (magic.bytes.isEmpty() || !isHex || magic.offset < 0 || magic.offset + magic.bytes.size() > 1024)
            reader.complain(
                PluginCode::Magic, here, QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)),
                QStringLiteral(
                    "{\"offset\": 0, \"text\": \"RIFF\"} or {\"hex\": \"89504e47\"} in the first 1024 bytes"));
        handled.magic << magic;
    }
}

void readTypes(Reader &reader, const QJsonObject &root, PluginManifest &manifest)
{
    const QString key = QStringLiteral("handles");
    const QJsonArray list = reader.member(root, {}, key, Type::Array, true).toArray();
    if (list.isEmpty())
        reader.complain(PluginCode::Types, {key}, QStringLiteral("an empty list"), QStringLiteral("at least one type"));
    for (qsizetype i = 0; i < list.size() && !reader.hasFault(); ++i) {
        const QStringList path{key, QString::number(i)};
        if (!list[i].isObject())
            return reader.complain(PluginCode::ManifestType, path, typeName(list[i].type()), typeName(Type::Object));
        const QJsonObject type = list[i].toObject();
        reader.onlyKeys(type, path,
                        {QStringLiteral("mime"), QStringLiteral("extensions"), QStringLiteral("magic"),
                         QStringLiteral("full"), QStringLiteral("embed"), QStringLiteral("priority")});
        HandledType handled;
        handled.mimeType = reader.text(type, path, QStringLiteral("mime")).toLower();
        if (!reader.hasFault() && !matches(handled.mimeType, "[a-z0-9!#$&^_.+-]+/([a-z0-9!#$&^_.+-]+|\\*)"))
            reader.complain(PluginCode::Types, path + QStringList(QStringLiteral("mime")), handled.mimeType,
                            QStringLiteral("a type such as image/png or image/*"));
        const QJsonArray extensions =
            reader.member(type, path, QStringLiteral("extensions"), Type::Array, false).toArray();
        for (const QJsonValue &value : extensions) {
            const QString extension = value.toString().toLower();
            if (!matches(extension, "[a-z0-9][a-z0-9._+-]{0,30}"))
                reader.complain(PluginCode::Types, path + QStringList(QStringLiteral("extensions")), extension,
                                QStringLiteral("endings such as \"png\", without the dot"));
            handled.extensions << extension;
        }
        readMagic(reader, type, path, handled);
        handled.full = reader.member(type, path, QStringLiteral("full"), Type::Bool, false).toBool(true);
        handled.embed = reader.member(type, path, QStringLiteral("embed"), Type::Bool, false).toBool(true);
        handled.priority = int(std::clamp(
            reader.member(type, path, QStringLiteral("priority"), Type::Double, false).toDouble(0), -1000.0, 1000.0));
        if (!handled.full && !handled.embed)
            reader.complain(PluginCode::Types, path, QStringLiteral("neither \"full\" nor \"embed\""),
                            QStringLiteral("at least one of them"));
        manifest.handles << handled;
    }
}

void readPermissions(Reader &reader, const QJsonObject &root, PluginManifest &manifest)
{
    const QString key = QStringLiteral("permissions");
    const QJsonObject object = reader.member(root, {}, key, Type::Object, false).toObject();
    for (auto it = object.begin(); it != object.end() && !reader.hasFault(); ++it) {
        const QStringList path{key, it.key()};
        if (!PluginManifest::permissionNames().contains(it.key()))
            return reader.complain(PluginCode::Permission, path, it.key(),
                                   PluginManifest::permissionNames().join(QStringLiteral(", ")));
        if (!it.value().isObject())
            return reader.complain(PluginCode::ManifestType, path, typeName(it.value().type()), typeName(Type::Object));
        const QJsonObject details = it.value().toObject();
        reader.onlyKeys(details, path, {QStringLiteral("reason"), QStringLiteral("urls"), QStringLiteral("quota")});
        PluginPermission permission;
        permission.reason = details.value(QStringLiteral("reason")).toString().simplified();
        if (permission.reason.isEmpty())
            reader.complain(PluginCode::PermissionReason, path, QStringLiteral("no \"reason\""),
                            QStringLiteral("a sentence for the person who is asked"));
        if (it.key() == u"fetch") {
            const QJsonArray urls = details.value(QStringLiteral("urls")).toArray();
            for (const QJsonValue &value : urls) {
                const QString pattern = value.toString();
                if (!matches(pattern, "https?://(\\*\\.)?[a-z0-9.-]+(:[0-9]+)?/.*"))
                    reader.complain(PluginCode::Permission, path + QStringList(QStringLiteral("urls")), pattern,
                                    QStringLiteral("patterns such as https://example.org/data/*"));
                permission.urls << pattern;
            }
            if (permission.urls.isEmpty())
                reader.complain(PluginCode::Permission, path, QStringLiteral("no \"urls\""),
                                QStringLiteral("patterns such as https://example.org/data/*"));
        } else if (it.key() == u"storage") {
            permission.quota = byteCount(details.value(QStringLiteral("quota")).toString());
            if (permission.quota <= 0 || permission.quota > (qint64(64) << 20))
                reader.complain(PluginCode::Permission, path, QStringLiteral("no \"quota\""),
                                QStringLiteral("a \"quota\" such as \"1M\", at most 64M"));
        }
        manifest.permissions.insert(it.key(), permission);
    }
}

void readLimits(Reader &reader, const QJsonObject &root, PluginManifest &manifest)
{
    const QString key = QStringLiteral("limits");
    const QJsonObject limits = reader.member(root, {}, key, Type::Object, false).toObject();
    reader.onlyKeys(limits, {key},
                    {QStringLiteral("memory_mb"), QStringLiteral("start_ms"), QStringLiteral("content_mb")});
    const auto number = [&](const char *name, qint64 least, qint64 most, qint64 standard) {
        const QString member = QLatin1String(name);
        const QJsonValue value = reader.member(limits, {key}, member, Type::Double, false);
        if (value.isUndefined())
            return standard;
        if (value.toDouble() < double(least) || value.toDouble() > double(most))
            reader.complain(PluginCode::Limits, {key, member}, QString::number(value.toDouble()),
                            QStringLiteral("%1 to %2").arg(least).arg(most));
        return qint64(value.toDouble());
    };
    manifest.memoryBytes = quint64(number("memory_mb", 16, 4096, 512)) << 20;
    manifest.startTime = std::chrono::milliseconds(number("start_ms", 100, 60'000, 5000));
    manifest.contentBytes = number("content_mb", 1, 2048, 256) << 20;
}

void readLibraries(Reader &reader, const QJsonObject &root, PluginManifest &manifest)
{
    for (const auto &[key, target] : {std::pair(QStringLiteral("library"), &manifest.libraries),
                                      std::pair(QStringLiteral("sha256"), &manifest.checksums)}) {
        const QJsonObject object = reader.member(root, {}, key, Type::Object, true).toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!it.value().isString())
                return reader.complain(PluginCode::ManifestType, {key, it.key()}, typeName(it.value().type()),
                                       typeName(Type::String));
            target->insert(it.key(), it.value().toString());
        }
    }
    for (auto it = manifest.libraries.begin(); it != manifest.libraries.end(); ++it) {
        if (!matches(*it, "[A-Za-z0-9_][A-Za-z0-9_.+-]{0,200}"))
            reader.complain(PluginCode::LibraryPath, {QStringLiteral("library"), it.key()}, *it,
                            QStringLiteral("the name of a file in the plugin's folder"));
        if (!matches(manifest.checksums.value(it.key()), "[0-9a-f]{64}"))
            reader.complain(PluginCode::ManifestKey, {QStringLiteral("sha256"), it.key()},
                            manifest.checksums.value(it.key()),
                            QStringLiteral("the SHA-256 of %1, as 64 digits").arg(*it));
    }
    if (!reader.hasFault() && !manifest.libraries.contains(PluginManifest::architecture()))
        reader.complain(PluginCode::Architecture, {QStringLiteral("library")},
                        manifest.libraries.keys().join(QStringLiteral(", ")), PluginManifest::architecture());
}

template <class T>
T oneOf(Reader &reader, const QJsonObject &root, const QString &key, PluginCode code,
        std::initializer_list<std::pair<const char *, T>> values, T standard)
{
    const QString text = reader.text(root, {}, key, false);
    QStringList names;
    for (const auto &[name, value] : values) {
        if (text == QLatin1String(name))
            return value;
        names << QLatin1String(name);
    }
    if (root.contains(key))
        reader.complain(code, {key}, text, names.join(QStringLiteral(", ")));
    return standard;
}

void readIdentity(Reader &reader, const QJsonObject &root, const QString &folder, PluginManifest &manifest)
{
    const double schema = reader.member(root, {}, QStringLiteral("schema"), Type::Double, true).toDouble();
    if (schema != PluginManifest::Schema)
        reader.complain(PluginCode::Schema, {QStringLiteral("schema")}, QString::number(schema),
                        QString::number(PluginManifest::Schema));
    manifest.id = reader.text(root, {}, QStringLiteral("id"));
    if (!matches(manifest.id, "[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9-]*)+") || manifest.id.size() > 100)
        reader.complain(PluginCode::Id, {QStringLiteral("id")}, manifest.id,
                        QStringLiteral("a name such as org.example.viewer"));
    if (!folder.isEmpty() && folder != manifest.id + QStringLiteral(".bulkplug"))
        reader.complain(PluginCode::IdFolder, {QStringLiteral("id")}, folder,
                        manifest.id + QStringLiteral(".bulkplug"));
    manifest.version = reader.text(root, {}, QStringLiteral("version"));
    if (!matches(manifest.version, "[0-9]+(\\.[0-9]+){1,2}([-+][0-9A-Za-z.+-]+)?"))
        reader.complain(PluginCode::Version, {QStringLiteral("version")}, manifest.version,
                        QStringLiteral("a version such as 1.0.0"));
    for (const auto &[key, text] : {std::pair("name", &manifest.name), std::pair("vendor", &manifest.vendor),
                                    std::pair("license", &manifest.license)})
        *text = reader.text(root, {}, QLatin1String(key)).simplified().left(200);
    manifest.description = reader.text(root, {}, QStringLiteral("description"), false).simplified().left(1000);
    const QString abi = reader.text(root, {}, QStringLiteral("abi"));
    if (!versionPair(abi, manifest.abiMajor, manifest.abiMinor))
        reader.complain(PluginCode::ManifestType, {QStringLiteral("abi")}, abi,
                        QStringLiteral("a version such as \"1.0\""));
    unsigned qtMajor = 6;
    const QString qt = reader.text(root, {}, QStringLiteral("qt"), false);
    manifest.usesQt = root.contains(QStringLiteral("qt"));
    if (manifest.usesQt && !versionPair(qt, qtMajor, manifest.qtMinor))
        reader.complain(PluginCode::ManifestType, {QStringLiteral("qt")}, qt,
                        QStringLiteral("a version such as \"6.4\""));
    if (qtMajor != 6)
        reader.complain(PluginCode::QtMajor, {QStringLiteral("qt")}, qt, QStringLiteral("6"));
}

} // namespace

QString PluginManifest::architecture()
{
    const QString name = QSysInfo::buildCpuArchitecture();
    return name == u"arm64" ? QStringLiteral("aarch64") : name;
}

QStringList PluginManifest::permissionNames()
{
    return {QStringLiteral("fetch"), QStringLiteral("storage"), QStringLiteral("clipboard"), QStringLiteral("save-as"),
            QStringLiteral("open-link")};
}

tl::expected<PluginManifest, PluginFault> PluginManifest::parse(const QByteArray &json, const QString &folder)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject()) {
        const bool broken = error.error != QJsonParseError::NoError;
        const TextPosition at = positionOf(json, qsizetype(broken ? error.offset : 0));
        const QString found = broken ? error.errorString() : QStringLiteral("something else than an object");
        return tl::unexpected(PluginFault{PluginCode::Manifest, "manifest.json", found.toStdString(), "a JSON object",
                                          at.line, at.column});
    }
    const QJsonObject root = document.object();
    Reader reader(json);
    PluginManifest manifest;
    reader.onlyKeys(root, {},
                    {QStringLiteral("schema"), QStringLiteral("id"), QStringLiteral("version"), QStringLiteral("name"),
                     QStringLiteral("vendor"), QStringLiteral("license"), QStringLiteral("description"),
                     QStringLiteral("abi"), QStringLiteral("qt"), QStringLiteral("library"), QStringLiteral("sha256"),
                     QStringLiteral("handles"), QStringLiteral("content"), QStringLiteral("isolation"),
                     QStringLiteral("permissions"), QStringLiteral("limits")});
    readIdentity(reader, root, folder, manifest);
    readLibraries(reader, root, manifest);
    readTypes(reader, root, manifest);
    manifest.content = oneOf<PluginContent>(
        reader, root, QStringLiteral("content"), PluginCode::ContentMode,
        {{"stream", PluginContent::Stream}, {"whole", PluginContent::Whole}, {"ranges", PluginContent::Ranges}},
        PluginContent::Whole);
    manifest.isolation = oneOf<PluginIsolation>(
        reader, root, QStringLiteral("isolation"), PluginCode::Isolation,
        {{"type", PluginIsolation::Type}, {"site", PluginIsolation::Site}, {"instance", PluginIsolation::Instance}},
        PluginIsolation::Type);
    readPermissions(reader, root, manifest);
    readLimits(reader, root, manifest);
    if (reader.hasFault())
        return tl::unexpected(reader.fault());
    return manifest;
}

tl::expected<PluginManifest, PluginFault> PluginManifest::read(const QString &folder)
{
    const QString name = folder + QStringLiteral("/manifest.json");
    const Result<QByteArray> bytes = safe_file::read(name, MostBytes, Links::Refuse);
    if (!bytes && bytes.error().number == EFBIG)
        return tl::unexpected(PluginFault{PluginCode::ManifestSize, name.toStdString(), bytes.error().what,
                                          "at most " + std::to_string(MostBytes) + " bytes"});
    if (!bytes)
        return tl::unexpected(
            PluginFault{PluginCode::ManifestMissing, name.toStdString(), bytes.error().what, "a readable file"});
    return parse(*bytes, QFileInfo(folder).fileName());
}

} // namespace bulkhead
