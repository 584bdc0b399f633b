// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QStringList>

namespace bulkhead {

/// Results that the person keeps, with the names given to them, as files of the profile; and each page's last result,
/// which other pages may build upon. What lab_export's labDocument() makes is what is kept. Main thread; the files are
/// small.
class LabResults : public QObject
{
    Q_OBJECT
public:
    /// In @p folder, which is made when needed; only in memory when it is empty.
    explicit LabResults(QString folder, QObject *parent = nullptr);

    /// Replaces one with the same name. An error is a sentence.
    Result<void> keep(const QString &page, const QString &name, const QJsonObject &document);
    /// Of a page, the newest first.
    QStringList names(const QString &page) const;
    /// Empty when there is none, or it cannot be read.
    QJsonObject load(const QString &page, const QString &name) const;
    void remove(const QString &page, const QString &name);

    /// The "result" of a page's last run, from an earlier start of the app, too.
    QJsonObject last(const QString &page) const;
    void setLast(const QString &page, const QJsonObject &document);

Q_SIGNALS:
    void changed();

private:
    QString fileOf(const QString &page, const QString &name) const;
    Result<void> write(const QString &file, const QJsonObject &document) const;

    QString m_folder;
    QHash<QString, QHash<QString, QJsonObject>> m_inMemory; ///< without a folder: page, name
    QHash<QString, QJsonObject> m_last;
};

} // namespace bulkhead
