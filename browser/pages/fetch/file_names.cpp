// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/file_names.h"

#include <QMimeDatabase>

#include <algorithm>

namespace bulkhead::file_names {
namespace {

/// ext4 and others allow 255 bytes; leave room for " (123)" and ".part".
constexpr qsizetype MaxBytes = 200;

/// Length of the suffix with its dot, counting ".tar.gz" as one; 0 when there is none.
qsizetype suffixLength(const QString &name)
{
    const QString known = QMimeDatabase().suffixForFileName(name);
    if (!known.isEmpty() && known.size() + 1 < name.size())
        return known.size() + 1;
    const qsizetype dot = name.lastIndexOf(u'.');
    const qsizetype length = name.size() - dot;
    return dot > 0 && length > 1 && length <= 10 ? length : 0;
}

bool isUnsafe(QChar c)
{
    // Format characters include the direction overrides that make "gpj.exe" read "exe.jpg".
    return c == u'/' || c == u'\\' || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
           c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
}

} // namespace

QString safe(const QString &wanted)
{
    QString name = wanted.mid(std::max(wanted.lastIndexOf(u'/'), wanted.lastIndexOf(u'\\')) + 1);
    name = QString::fromUtf8(name.toUtf8()); // lone surrogates
    for (QChar &c : name) {
        if (isUnsafe(c))
            c = u'_';
    }
    name = name.simplified();
    while (name.startsWith(u'.') || name.startsWith(u' '))
        name.remove(0, 1);
    while (name.endsWith(u'.') || name.endsWith(u' '))
        name.chop(1);

    const qsizetype suffix = suffixLength(name);
    QString stem = name.chopped(suffix);
    const QString ending = name.right(suffix);
    while (stem.toUtf8().size() + ending.toUtf8().size() > MaxBytes && !stem.isEmpty())
        stem.chop(stem.back().isLowSurrogate() && stem.size() > 1 ? 2 : 1);
    name = stem + ending;
    return name.isEmpty() ? QStringLiteral("download") : name;
}

QString suggest(const QString &serversName, const QUrl &url, const QString &mimeType)
{
    QString name = serversName;
    if (safe(name) == QLatin1String("download"))
        name = url.scheme() == QLatin1String("data") ? QString() : url.fileName(QUrl::FullyDecoded);
    if (name.isEmpty() && !url.host().isEmpty())
        name = url.host().replace(u'.', u'_');
    name = safe(name);
    if (suffixLength(name) == 0) {
        const QString suffix = QMimeDatabase().mimeTypeForName(mimeType).preferredSuffix();
        if (!suffix.isEmpty())
            name += u'.' + suffix;
    }
    return name;
}

QString unique(const QString &name, const std::function<bool(const QString &)> &isTaken)
{
    if (!isTaken(name))
        return name;
    const qsizetype suffix = suffixLength(name);
    for (int number = 1;; ++number) {
        const QString candidate =
            QStringLiteral("%1 (%2)%3").arg(name.chopped(suffix), QString::number(number), name.right(suffix));
        if (!isTaken(candidate))
            return candidate;
    }
}

} // namespace bulkhead::file_names
