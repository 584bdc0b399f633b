// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/host_lookup.h"

#include "browser/pages/network/host_question.h"

#include <utility>

namespace bulkhead {

void HostLookup::systemResolve(const QString &host, QObject *context, Found found)
{
    new HostQuestion(host, std::move(found), context);
}

} // namespace bulkhead
