// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/host_question.h"

#include <utility>

namespace bulkhead {

HostQuestion::HostQuestion(const QString &host, HostLookup::Found found, QObject *context)
    : QObject(context), m_found(std::move(found))
{
    QHostInfo::lookupHost(host, this, SLOT(onAnswer(QHostInfo)));
}

void HostQuestion::onAnswer(const QHostInfo &info)
{
    const HostLookup::Found found = std::move(m_found); // which may end the context, and this with it
    deleteLater();
    found(info.addresses(), info.errorString());
}

} // namespace bulkhead
