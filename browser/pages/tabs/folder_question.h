// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QHash>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace bulkhead {

/// What a tab's files were refused, gathered into one question to the person, and what the person answered for as long
/// as the tab is open. Main thread.
class FolderQuestion : public QObject
{
    Q_OBJECT
public:
    FolderQuestion();

    /// A page asked for something in @p folder, which has no symbolic links, and may not read it.
    void noteDenied(const QString &folder);
    /// Another page comes: what was refused so far is no question any more.
    void reset();

    void grant(const QString &siteKey, const QString &folder) { m_grants[siteKey] << folder; }
    /// Folders that files of that site may read in this tab.
    QStringList grantsOf(const QString &siteKey) const { return m_grants.value(siteKey); }

Q_SIGNALS:
    /// @p folder is the nearest that holds all that was refused. Not twice for the same.
    void asked(const QString &folder);

private:
    QHash<QString, QStringList> m_grants;
    QString m_denied; ///< holds all that the page was refused
    QString m_asked;  ///< that asked() was last told of
    QTimer m_delay;
};

} // namespace bulkhead
