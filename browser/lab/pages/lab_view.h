// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/window/native_page.h"

#include <QHash>

class QListWidget;
class QStackedWidget;

namespace bulkhead {

class LabContext;
class LabPage;

/// about:lab: the list of pages, and the one that the address names. A page is made when it is first shown and keeps
/// its state while others are; it goes, with what it runs, when the tab does.
class LabView : public NativePage
{
    Q_OBJECT
public:
    explicit LabView(LabContext &context, QWidget *parent = nullptr);
    ~LabView() override;

    void showUrl(const QUrl &url) override;
    /// Made if need be; null when there is none with this name.
    LabPage *page(const QString &name);
    LabPage *current() const;

    static QUrl urlOf(const QString &page);

protected:
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void choose();
    void sizeList();

    LabContext &m_context;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QHash<QString, LabPage *> m_pages;
};

} // namespace bulkhead
