// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/hang.h"

#include <QCoreApplication>

namespace bulkhead {

QString Hang::code() const
{
    switch (cause) {
    case HangCause::Stopped:
        return QStringLiteral("stopped");
    case HangCause::Busy:
        return QStringLiteral("busy");
    case HangCause::NotReading:
        return QStringLiteral("not-reading");
    case HangCause::NotAnswering:
        return QStringLiteral("not-answering");
    }
    return {};
}

QString Hang::sentence() const
{
    const auto text = [](const char *source) { return QCoreApplication::translate("Hang", source); };
    switch (cause) {
    case HangCause::Stopped:
        return text("This page does not answer: its process was stopped (SIGSTOP) and waits to be continued.");
    case HangCause::Busy:
        return text(
            "This page does not answer: its process is calculating without a pause, perhaps in an endless loop.");
    case HangCause::NotReading:
        return text("This page does not answer: its process is asleep and does not read its messages.");
    case HangCause::NotAnswering:
        return text("This page does not answer: its process reads its messages but says nothing.");
    }
    return {};
}

} // namespace bulkhead
