// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/trace/trace_methods.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace bulkhead {

void addTraceMethods(ControlMethods &methods, Tracer &tracer)
{
    methods.add(QStringLiteral("trace.start"), [&tracer](const RpcCall &call) {
        const QString file = call.params()[QStringLiteral("file")].toString();
        if (!QFileInfo(file).isAbsolute())
            return call.fail(rpc::InvalidParams,
                             QCoreApplication::translate("ControlMethods", "\"file\" must be an absolute path."));
        if (const QString error = tracer.start(file); !error.isEmpty())
            return call.fail(rpc::Unavailable, error);
        call.finish(QJsonObject{});
    });
    methods.add(QStringLiteral("trace.stop"), [&tracer](const RpcCall &call) {
        if (!tracer.isRunning())
            return call.fail(rpc::Unavailable, QCoreApplication::translate("ControlMethods", "No trace is running."));
        tracer.stop([call](qint64 events) { call.finish(QJsonObject{{QStringLiteral("events"), double(events)}}); });
    });
}

} // namespace bulkhead
