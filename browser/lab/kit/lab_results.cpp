// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/lab_results.h"

#include "browser/pages/fetch/safe_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace bulkhead {

namespace {

/// A profile's file, which the person may have edited; larger ones are not ours.
constexpr qint64 LargestFile = 64 << 20;

QJsonObject read(const QString &name)
{
    const Result<QByteArray> kept = safe_file::read(name, LargestFile);
    return kept ? QJsonDocument::fromJson(*kept).object() : QJsonObject();
}

const QString LastPrefix = QStringLiteral("last-");

} // namespace

LabResults::LabResults(QString folder, QObject *parent) : QObject(parent), m_folder(std::move(folder)) {}

QString LabResults::fileOf(const QString &page, const QString &name) const
{
    // Whatever a person types is one file name.
    return QStringLiteral("%1/%2-%3.json").arg(m_folder, page, QString::fromLatin1(name.toUtf8().toPercentEncoding()));
}

Result<void> LabResults::write(const QString &name, const QJsonObject &document) const
{
    const Result<void> written = safe_file::replace(name, QJsonDocument(document).toJson(QJsonDocument::Compact));
    if (!written)
        return fail(Error{
            tr("%1 cannot be written: %2").arg(name, QString::fromStdString(written.error().what)).toStdString(), 0});
    return {};
}

Result<void> LabResults::keep(const QString &page, const QString &name, const QJsonObject &document)
{
    if (m_folder.isEmpty()) {
        m_inMemory[page][name] = document;
    } else {
        const QString file = fileOf(page, name);
        if (QFileInfo(file).fileName().size() > 200)
            return fail(Error{tr("The name is too long.").toStdString(), 0});
        if (const Result<void> written = write(file, document); !written)
            return written;
    }
    Q_EMIT changed();
    return {};
}

QStringList LabResults::names(const QString &page) const
{
    if (m_folder.isEmpty())
        return m_inMemory.value(page).keys();
    QStringList names;
    for (const QString &file : QDir(m_folder).entryList({page + QStringLiteral("-*.json")}, QDir::Files, QDir::Time)) {
        const QString encoded = file.mid(page.size() + 1).chopped(5);
        names << QString::fromUtf8(QByteArray::fromPercentEncoding(encoded.toLatin1()));
    }
    return names;
}

QJsonObject LabResults::load(const QString &page, const QString &name) const
{
    return m_folder.isEmpty() ? m_inMemory.value(page).value(name) : read(fileOf(page, name));
}

void LabResults::remove(const QString &page, const QString &name)
{
    if (m_folder.isEmpty())
        m_inMemory[page].remove(name);
    else
        QFile::remove(fileOf(page, name));
    Q_EMIT changed();
}

QJsonObject LabResults::last(const QString &page) const
{
    QJsonObject document = m_last.value(page);
    if (document.isEmpty() && !m_folder.isEmpty())
        document = read(m_folder + u'/' + LastPrefix + page + QStringLiteral(".json"));
    return document[QStringLiteral("result")].toObject();
}

void LabResults::setLast(const QString &page, const QJsonObject &document)
{
    m_last[page] = document;
    if (!m_folder.isEmpty())
        (void)write(m_folder + u'/' + LastPrefix + page + QStringLiteral(".json"), document); // it is in memory, too
    Q_EMIT changed();
}

} // namespace bulkhead
