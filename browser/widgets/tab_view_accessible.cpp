// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/tab_view_accessible.h"

#include "browser/widgets/tab_view.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace bulkhead {

namespace {

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<TabView *>(object);
    return view ? new QAccessibleWidget(view, QAccessible::Document) : nullptr;
}

} // namespace

void installTabViewAccessibility()
{
    QAccessible::installFactory(makeInterface); // ignores a factory it has
}

} // namespace bulkhead
