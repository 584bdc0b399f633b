// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab.h"

#include <QHash>
#include <QWidget>

#include <functional>

namespace bulkhead {

/// A widget of the app's own that a tab shows instead of the picture of its page, for addresses such as about:lab. The
/// tab's address, history, title and session stay as with any page. It goes with the tab.
class NativePage : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;
    /// The tab's address, again one of those that it was made for, is now @p url.
    virtual void showUrl(const QUrl &url) = 0;

Q_SIGNALS:
    void openRequested(const QUrl &url, bulkhead::LinkTarget target);
};

/// Which addresses are shown by widgets.
class NativePages
{
public:
    using Factory = std::function<NativePage *(QWidget *parent)>;

    /// @p make is asked once for each tab that opens about:@p name or about:@p name/REST.
    void add(const QString &name, Factory make) { m_factories.insert(name, std::move(make)); }
    /// The name under which somebody shows @p url; empty when nobody does.
    QString nameFor(const QUrl &url) const
    {
        const QString name = url.path().section(u'/', 0, 0);
        return url.scheme() == QLatin1String("about") && m_factories.contains(name) ? name : QString();
    }
    NativePage *make(const QString &name, QWidget *parent) const { return m_factories.value(name)(parent); }

private:
    QHash<QString, Factory> m_factories;
};

} // namespace bulkhead
