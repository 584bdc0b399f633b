// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/engine/page/reference_tests.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace bulkhead::engine {

namespace {

QString attributeOf(const QString &tag, const char *name)
{
    const QRegularExpression pattern(
        QStringLiteral("\\b%1\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>]+))").arg(QLatin1String(name)),
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = pattern.match(tag);
    return match.captured(1) + match.captured(2) + match.captured(3);
}

std::optional<ReferenceTest> readTest(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(file.readAll());
    static const QRegularExpression tags(QStringLiteral("<(?:link|meta)\\b[^>]*>"),
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression leftOut(
        QStringLiteral("interact|paged|animated|dom|history|http|userstyle|speech|combo"));
    if (text.contains(u"<script", Qt::CaseInsensitive))
        return {};
    ReferenceTest test{path, {}, {}};
    bool hasReference = false;
    for (auto at = tags.globalMatch(text); at.hasNext();) {
        const QString tag = at.next().captured();
        if (attributeOf(tag, "name").compare(u"flags", Qt::CaseInsensitive) == 0 &&
            leftOut.match(attributeOf(tag, "content")).hasMatch())
            return {};
        const QString kind = attributeOf(tag, "rel").toLower();
        if (!tag.startsWith(u"<link", Qt::CaseInsensitive) || (kind != u"match" && kind != u"mismatch"))
            continue;
        hasReference = true;
        const QString reference = QDir::cleanPath(QFileInfo(path).dir().filePath(attributeOf(tag, "href")));
        if (QFileInfo::exists(reference))
            (kind == u"match" ? test.matches : test.mismatches).append(reference);
    }
    return hasReference ? std::optional(test) : std::nullopt;
}

} // namespace

std::vector<ReferenceTest> findReferenceTests(const QStringList &places)
{
    QStringList files;
    for (const QString &place : places) {
        if (QFileInfo(place).isFile())
            files.append(QFileInfo(place).absoluteFilePath());
        for (QDirIterator at(place, QDir::Files, QDirIterator::Subdirectories); at.hasNext();) {
            const QString path = QFileInfo(at.next()).absoluteFilePath();
            const QString suffix = QFileInfo(path).suffix();
            if (suffix == u"xht" || suffix == u"html" || suffix == u"htm" || suffix == u"xhtml")
                files.append(path);
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<ReferenceTest> tests;
    for (const QString &path : std::as_const(files)) {
        if (auto test = readTest(path))
            tests.push_back(std::move(*test));
    }
    return tests;
}

} // namespace bulkhead::engine
