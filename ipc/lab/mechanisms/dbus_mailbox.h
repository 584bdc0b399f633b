// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QtDBus/qtdbusglobal.h>

namespace bulkhead::lab {

/// The object that the lab's D-Bus calls reach. Lives on the thread that waits for them.
class DbusMailbox : public QObject
{
    Q_OBJECT
public:
    bool isEmpty() const { return m_messages.isEmpty(); }
    const QByteArray &first() const { return m_messages.first(); }
    void removeFirst() { m_messages.removeFirst(); }

public Q_SLOTS:
    /// No reply is sent: each direction has its own calls.
    Q_NOREPLY void deliver(const QByteArray &message)
    {
        m_messages.append(message);
        Q_EMIT changed();
    }

Q_SIGNALS:
    /// A message came, or the connection ended.
    void changed();

private:
    QList<QByteArray> m_messages;
};

} // namespace bulkhead::lab
