// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/typed_lookup.h"
#include "browser/pages/tabs/tab_list.h"

#include <QHash>
#include <QLineEdit>
#include <QPointer>

class QStandardItemModel;

namespace bulkhead {

class FlatButton;
class History;
class OverlayBubble;

/// Where one reads and types addresses. Shows the URL of the tab it was last given, with its registrable domain
/// standing out, who the site is at the left and the progress of loading at the foot. What is typed is kept per tab
/// until it is opened or given up with Esc.
class AddressBar : public QLineEdit
{
    Q_OBJECT
public:
    /// @p tabs and @p history outlive the bar.
    AddressBar(TabList &tabs, History &history, QWidget *parent = nullptr);
    ~AddressBar() override;

    /// Null shows nothing.
    void setTab(Tab *tab);
    /// Takes the focus and selects all.
    void focusAll();
    /// Opens the small window about the page's site and process.
    void showSite();
    /// Why the typed text is not an address; empty when nothing is wrong.
    QString error() const;

    QSize sizeHint() const override;

Q_SIGNALS:
    /// The person typed @p url, or chose it among the suggestions.
    void opened(const QUrl &url, bulkhead::LinkTarget target);
    /// The person wants what the tab shows once more, by the right that it is shown by: nothing was typed.
    void openedAgain(bulkhead::LinkTarget target);
    /// Esc with nothing to give up: the page wants the focus back.
    void left();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showUrl();
    void showSiteMark();
    void accept(LinkTarget target);
    void open(const QUrl &url, LinkTarget target);
    void complain(const QString &sentence);
    void suggest(const QString &typed);
    void emphasizeDomain();
    void arrange();
    void applyColors();
    /// The person has typed and neither opened nor given it up.
    bool isDraft() const { return text() != m_shown; }
    /// What stands in the field for @p url: to be read, or (with the focus) to be edited and copied.
    QString textOf(const QUrl &url) const;
    void showText(const QString &text);

    TabList &m_tabs;
    History &m_history;
    QPointer<Tab> m_tab;
    QHash<quint32, QString> m_drafts; ///< typed and not yet opened text, by tab id
    FlatButton *m_site;
    QStandardItemModel *m_suggestions;
    TypedLookup m_lookup;
    QPointer<OverlayBubble> m_complaint; ///< owned by the window, which it floats over
    QString m_shown;                     ///< the text of the tab's URL
    bool m_selectOnRelease = false;
};

} // namespace bulkhead
