// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QList>
#include <QString>

class QWidget;

namespace bulkhead {

class LabContext;
class LabPage;

/// A page of the lab before it is made.
struct LabPageKind
{
    QString name;   ///< in its address: about:lab/NAME
    QString title;  ///< in the list
    QString icon;   ///< for standardIcon()
    QString teaser; ///< one line
    LabPage *(*make)(LabContext &context, QWidget *parent);
};

/// All pages, in the order in which they are shown.
const QList<LabPageKind> &labPageKinds();
/// Null when there is none with this name.
const LabPageKind *labPageKind(const QString &name);

} // namespace bulkhead
