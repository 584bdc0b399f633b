// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/kept_file.h"

#include "browser/pages/fetch/safe_file.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <cerrno>

namespace bulkhead {

namespace {

struct KeptFile
{
    Q_DECLARE_TR_FUNCTIONS(KeptFile)
};

/// Whether @p error tells something about the file, and not about this moment.
bool isOfTheFile(const Error &error)
{
    return error.number == EINVAL || error.number == EISDIR || error.number == EFBIG || error.number == EACCES ||
           error.number == EPERM;
}

SetAside setAside(const QString &fileName, const QString &why, const QString &told)
{
    const Result<QString> aside = safe_file::setAside(fileName, why);
    if (aside)
        return {KeptFile::tr("%1 It is kept as %2, and Bulkhead began a new one.").arg(told, *aside), true};
    return {KeptFile::tr("%1 It cannot be moved away either (%2): until you do so nothing new is kept there.")
                .arg(told, QString::fromStdString(aside.error().what)),
            false};
}

} // namespace

SetAside setAsideBroken(const QString &fileName, const QString &subject, const Error &error)
{
    const QString told =
        KeptFile::tr("%1 could not be read from %2: %3.").arg(subject, fileName, QString::fromStdString(error.what));
    if (isOfTheFile(error))
        return setAside(fileName, QStringLiteral("broken"), told);
    return {KeptFile::tr("%1 Until Bulkhead is started again nothing new is kept there.").arg(told), false};
}

SetAside setAsideNewer(const QString &fileName, const QString &subject)
{
    return setAside(
        fileName, QStringLiteral("newer"),
        KeptFile::tr("%1 in %2 is of a newer version of Bulkhead, which this one cannot read.").arg(subject, fileName));
}

KeptJson KeptJson::read(const QString &fileName, qint64 mostBytes, int newest, const QString &subject)
{
    const auto without = [](const SetAside &aside) { return KeptJson{{}, aside.isFree, aside.sentence}; };
    const Result<QByteArray> bytes = safe_file::read(fileName, mostBytes);
    if (!bytes && bytes.error().number == ENOENT)
        return {};
    if (!bytes)
        return without(setAsideBroken(fileName, subject, bytes.error()));
    QJsonParseError wrong;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes, &wrong);
    if (document.isNull()) {
        const QString why = KeptFile::tr("it is not JSON: %1 at byte %2").arg(wrong.errorString()).arg(wrong.offset);
        return without(setAsideBroken(fileName, subject, {why.toStdString(), EINVAL}));
    }
    // Of lists there are none of a later format than this one's, which has them.
    if (document.object()[QLatin1String(Format)].toDouble() > newest)
        return without(setAsideNewer(fileName, subject));
    return {document, true, {}};
}

} // namespace bulkhead
