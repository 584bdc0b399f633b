// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/session/session_methods.h"

namespace bulkhead {

void addSessionMethods(ControlMethods &methods, SessionRestorer &restorer)
{
    methods.add(QStringLiteral("session"), [&restorer](const RpcCall &call) {
        call.finish(QJsonObject{{QStringLiteral("offered"), restorer.offeredCount()}});
    });
    methods.add(QStringLiteral("session.restore"), [&restorer](const RpcCall &call) {
        call.finish(QJsonObject{{QStringLiteral("restored"), restorer.restore()}});
    });
    methods.add(QStringLiteral("session.dismiss"), [&restorer](const RpcCall &call) {
        const int dropped = restorer.offeredCount();
        restorer.dismiss();
        call.finish(QJsonObject{{QStringLiteral("dropped"), dropped}});
    });
}

} // namespace bulkhead
