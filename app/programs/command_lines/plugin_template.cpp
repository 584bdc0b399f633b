// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/plugin_template.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace bulkhead {

namespace {

QByteArray filled(const QString &resource, const QList<std::pair<QByteArray, QByteArray>> &values)
{
    QFile file(QStringLiteral(":/bulkhead/plugin_template/") + resource);
    QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    for (const auto &[name, value] : values)
        text.replace('@' + name + '@', value);
    return text;
}

/// "my-notes" as "MyNotes" or "My notes".
QString words(const QString &name, bool forClass)
{
    QString result;
    const QStringList parts = name.split(u'-', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const bool capital = forClass || result.isEmpty();
        result += (forClass || result.isEmpty() ? QString() : QStringLiteral(" ")) +
                  (capital ? part.left(1).toUpper() + part.mid(1) : part);
    }
    return result;
}

} // namespace

QStringList PluginTemplate::kinds()
{
    return {QStringLiteral("viewer"), QStringLiteral("stream"), QStringLiteral("c")};
}

Result<QStringList> PluginTemplate::write(const QString &folder) const
{
    if (QFileInfo::exists(folder))
        return fail(Error{"there is a " + folder.toStdString() + " already", 0});
    if (!QDir().mkpath(folder))
        return fail(Error{"the folder " + folder.toStdString() + " cannot be made", 0});
    const bool isC = kind == u"c";
    const QString source = name + (isC ? QStringLiteral(".c") : QStringLiteral(".cpp"));
    QString className = words(name, true);
    if (!className.isEmpty() && className[0].isDigit())
        className.prepend(u'V');
    const QList<std::pair<QByteArray, QByteArray>> values{
        {"NAME", name.toUtf8()},
        {"CLASS", className.toUtf8()},
        {"TITLE", words(name, false).toUtf8()},
        {"ID", "org." + vendor.toUtf8() + '.' + name.toUtf8()},
        {"VENDOR", vendor.toUtf8()},
        {"SOURCE", source.toUtf8()},
        {"LANGUAGES", isC ? "C" : "CXX"},
        {"QT", isC ? "" : "\n  \"qt\": \"6.4\","},
        {"CONTENT", kind == u"stream" ? "stream" : "whole"},
    };
    const std::pair<QString, QString> files[] = {
        {QStringLiteral("CMakeLists.txt"), QStringLiteral("CMakeLists.txt.in")},
        {QStringLiteral("manifest.json"), QStringLiteral("manifest.json.in")},
        {source, kind + (isC ? QStringLiteral(".c.in") : QStringLiteral(".cpp.in"))},
        {QStringLiteral("sample.") + name, QStringLiteral("sample.in")},
    };
    QStringList written;
    for (const auto &[file, resource] : files) {
        QFile out(folder + u'/' + file);
        const QByteArray text = filled(resource, values);
        if (text.isEmpty() || !out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            return fail(Error{"the file " + out.fileName().toStdString() +
                                  " cannot be written: " + out.errorString().toStdString(),
                              0});
        written << file;
    }
    return written;
}

} // namespace bulkhead
