// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab_list.h"

#include <QFrame>
#include <QPointer>

namespace bulkhead {

/// How a page came here, as far as a person must know.
enum class Connection { Internal, File, Encrypted, NotEncrypted, Inline, Unknown };

Connection connectionOf(const QUrl &url);
/// Of what @p tab shows: the lock is for a TLS document without errors only, never for an error page.
Connection connectionOf(const Tab &tab);
QString connectionIconName(Connection connection);
/// Two or three words: "Not encrypted".
QString connectionLabel(Connection connection);

/// A small window under the address bar's site button: who the page is, how it came here, which process holds it and
/// with which tabs it shares that. Closes when one clicks elsewhere or presses Esc; deletes itself.
class SitePopover : public QFrame
{
    Q_OBJECT
public:
    SitePopover(const TabList &tabs, Tab &tab, QWidget *parent);

    /// Opens below @p anchor, inside the screen.
    void popUpBelow(const QWidget *anchor);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QPointer<Tab> m_tab;
};

} // namespace bulkhead
