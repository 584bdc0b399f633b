// SPDX-License-Identifier: BSD-3-Clause
#include "tests/support/remote_browser.h"

#include "tests/support/wait_for.h"

#include <QJsonArray>

namespace bulkhead {

RemoteBrowser::RemoteBrowser(const QString &profile, const QStringList &arguments)
    : m_socket(m_folder.filePath(QStringLiteral("control.sock")))
{
    QStringList all{QStringLiteral("--serve"), QStringLiteral("--control-socket"), m_socket};
    if (!profile.isEmpty())
        all << QStringLiteral("--profile") << profile;
    m_process = std::make_unique<ScopedProcess>(QStringLiteral(BULKHEAD_PROGRAM), all + arguments);
    const bool connected = waitFor([this] {
        if (!m_process->isRunning())
            return true;
        Result<ControlClient> client = ControlClient::connect(m_socket);
        if (client)
            m_client = std::move(*client);
        return m_client.has_value();
    });
    if (!connected || !m_client)
        qWarning("the program does not serve: %s", m_process->errorOutput().constData());
}

QJsonObject RemoteBrowser::call(const QString &method, const QJsonObject &params)
{
    m_error = {};
    if (!m_client) {
        m_error.message = QStringLiteral("not connected");
        return {};
    }
    const auto answer = m_client->call(method, params, std::chrono::seconds(120));
    if (!answer) {
        m_error.message = QString::fromStdString(answer.error().what);
        return {};
    }
    if (!*answer) {
        m_error = answer->error();
        return {};
    }
    return (*answer)->toObject();
}

int RemoteBrowser::openAndWait(const QString &url)
{
    const int id =
        call(QStringLiteral("open"), {{QStringLiteral("url"), url}})[QStringLiteral("tabs")].toArray()[0].toInt();
    return id > 0 && wait(id, QStringLiteral("loaded")) ? id : 0;
}

QJsonObject RemoteBrowser::tab(int id)
{
    const QJsonArray tabs = call(QStringLiteral("tabs"))[QStringLiteral("tabs")].toArray();
    for (const QJsonValue &tab : tabs) {
        if (tab[QStringLiteral("id")].toInt() == id)
            return tab.toObject();
    }
    return {};
}

bool RemoteBrowser::wait(int tab, const QString &condition, double seconds)
{
    call(QStringLiteral("wait"),
         {{QStringLiteral("tab"), tab}, {QStringLiteral("for"), condition}, {QStringLiteral("timeout"), seconds}});
    return m_error.code == 0 && m_error.message.isEmpty();
}

} // namespace bulkhead
