// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>

namespace bulkhead {

class History;
class InfoBar;
class MainWindow;
class Settings;

/// Tells the person, in the window and in the log, what became of files of the profile that could not be used, and that
/// settings cannot be written for as long as they cannot. Main thread.
class ProfileNotices : public QObject
{
    Q_OBJECT
public:
    /// @p window outlives this.
    explicit ProfileNotices(MainWindow &window, QObject *parent = nullptr);

    /// Those that are not empty.
    void tell(const QStringList &sentences);
    void follow(const Settings &settings);
    void follow(const History &history);

private:
    void showWriteTrouble(const QString &sentence);

    MainWindow &m_window;
    QPointer<InfoBar> m_writeTrouble; ///< null when there is none, or it was dismissed
};

} // namespace bulkhead
