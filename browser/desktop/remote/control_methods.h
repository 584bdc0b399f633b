// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/remote/rpc_connection.h"

#include <QHash>
#include <QImage>

#include <functional>

namespace bulkhead {

class PageProcessPool;
class Tab;
class TabList;

/// What remote control reaches of the app. What is not there in this run (a window, when headless) is empty.
struct ControlledApp
{
    TabList &tabs;
    PageProcessPool &renderers;
    std::function<qint64()> zygotePid;
    std::function<QImage()> windowPicture;
    std::function<void()> raiseWindow;
    std::function<void()> quit;
};

/// The table of methods that clients may call, by name. Parts of the app add theirs. Main thread.
class ControlMethods
{
public:
    /// The number changes when a client of the one before would misunderstand an answer; new methods and new members of
    /// answers do not change it.
    static constexpr int Protocol = 1;

    using Method = std::function<void(const RpcCall &call)>;

    void add(const QString &name, Method method);
    void handle(const RpcCall &call) const;

private:
    QHash<QString, Method> m_methods;
};

/// `protocol`, `quit`.
void addAppMethods(ControlMethods &methods, const ControlledApp &app);
/// `tabs`, `open`, `close`, `activate`, `navigate`, `reload`, `back`, `forward`, `stop`, `scroll`, `screenshot`,
/// `text`, `input`, `wait`.
void addTabMethods(ControlMethods &methods, const ControlledApp &app);
/// `processes`, `kill`, `capture`.
void addProcessMethods(ControlMethods &methods, const ControlledApp &app);

// ---- for those who add methods

/// The tab a call names by its parameter "tab", the active one when it names none. Answers the call and returns null
/// when there is no such tab.
Tab *tabOf(const RpcCall &call, TabList &tabs);

} // namespace bulkhead
