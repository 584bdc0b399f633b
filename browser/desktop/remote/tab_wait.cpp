// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/remote/tab_wait.h"

namespace bulkhead {

namespace {

constexpr std::chrono::milliseconds TextAgain{150};

const QString TextPrefix = QStringLiteral("text:");

} // namespace

bool TabWait::isCondition(const QString &condition)
{
    static const QStringList Names{QStringLiteral("loaded"), QStringLiteral("frame"), QStringLiteral("crash"),
                                   QStringLiteral("unresponsive"), QStringLiteral("responsive")};
    return Names.contains(condition) || (condition.startsWith(TextPrefix) && condition.size() > TextPrefix.size());
}

TabWait::TabWait(Tab &tab, RpcCall call, QString condition, std::chrono::milliseconds timeout, QObject *parent)
    : QObject(parent), m_tab(&tab), m_call(std::move(call)), m_condition(std::move(condition)),
      m_afterFrame(quint64(m_call.params()[QStringLiteral("after")].toDouble(0)))
{
    m_clock.start();
    m_timeout.setSingleShot(true);
    m_again.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, [this] {
        finish(tl::unexpected(
            rpc::Error{rpc::TimedOut,
                       tr("\"%1\" did not come within %2 s.").arg(m_condition).arg(m_timeout.interval() / 1000.0)}));
    });
    connect(&m_again, &QTimer::timeout, this, [this] {
        m_asking = false; // a page that went away meanwhile never answers
        check();
    });
    connect(&tab, &QObject::destroyed, this, [this] {
        finish(tl::unexpected(rpc::Error{rpc::NoSuchTab, tr("The tab was closed.")}));
    });
    connect(&tab, &Tab::loaded, this, &TabWait::check);
    connect(&tab, &Tab::loadStateChanged, this, &TabWait::check);
    connect(&tab, &Tab::frameChanged, this, &TabWait::check);
    connect(&tab, &Tab::crashChanged, this, &TabWait::check);
    connect(&tab, &Tab::hangChanged, this, &TabWait::check);
    if (m_call.connection())
        connect(m_call.connection(), &QObject::destroyed, this, &QObject::deleteLater);
    m_timeout.start(timeout);
    QMetaObject::invokeMethod(this, &TabWait::check, Qt::QueuedConnection);
}

void TabWait::check()
{
    if (m_done || !m_tab)
        return;
    const bool crashed = m_tab->crash().has_value();
    bool holds = false;
    if (m_condition == u"crash") {
        holds = crashed;
    } else if (m_condition == u"unresponsive") {
        holds = m_tab->hang().has_value();
    } else if (crashed) {
        // Unless it is being loaded again, which leaves the crash on screen until the new page is there.
        if (!m_tab->isOpening())
            finish(tl::unexpected(rpc::Error{rpc::Crashed, m_tab->crash()->sentence()}));
        return;
    } else if (m_condition == u"responsive") {
        holds = !m_tab->hang();
    } else if (m_condition == u"loaded") {
        holds = m_tab->loadState() == LoadState::Idle && !m_tab->isOpening() && !m_tab->history().isEmpty() &&
                (m_tab->frameCount() > 0 || !m_tab->isVisible());
    } else if (m_condition == u"frame") {
        holds = m_tab->frameCount() > m_afterFrame;
    } else {
        return askForText();
    }
    if (holds)
        finish(QJsonObject{{QStringLiteral("waited_ms"), m_clock.elapsed()},
                           {QStringLiteral("frames"), double(m_tab->frameCount())}});
}

void TabWait::askForText()
{
    if (m_asking)
        return;
    m_asking = true;
    m_again.start(TextAgain * 10);
    m_tab->requestText([self = QPointer(this)](const QString &text) {
        if (!self)
            return;
        self->m_asking = false;
        if (text.contains(self->m_condition.mid(TextPrefix.size())))
            return self->finish(QJsonObject{{QStringLiteral("waited_ms"), self->m_clock.elapsed()}});
        self->m_again.start(TextAgain);
    });
}

void TabWait::finish(const rpc::Answer &answer)
{
    if (std::exchange(m_done, true))
        return;
    m_call.finish(answer);
    deleteLater();
}

} // namespace bulkhead
