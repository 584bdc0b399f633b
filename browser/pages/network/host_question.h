// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/network/host_lookup.h"

#include <QHostInfo>
#include <QObject>

namespace bulkhead {

/// One question for a host's addresses, asked of the system. Deletes itself with the answer, or goes with its context.
///
/// It has a slot, since Qt 6.4 calls a function that QHostInfo was given a second time, after freeing it, when the
/// application ends between the answer and the end of the object that brought it.
class HostQuestion : public QObject
{
    Q_OBJECT
public:
    HostQuestion(const QString &host, HostLookup::Found found, QObject *context);

private Q_SLOTS:
    void onAnswer(const QHostInfo &info);

private:
    HostLookup::Found m_found;
};

} // namespace bulkhead
