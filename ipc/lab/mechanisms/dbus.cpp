// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"
#include "ipc/lab/mechanisms/dbus_mailbox.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusServer>
#include <QEventLoop>

#include <cerrno>
#include <sys/socket.h>

namespace bulkhead::lab {

namespace {

// essential: begin
class DbusLink : public Link
{
public:
    /// With a server this is the side that is called; otherwise it connects to @p address.
    DbusLink(std::unique_ptr<QDBusServer> server, const QString &address)
        : m_server(std::move(server)), m_address(address), m_connection(QString())
    {
        QObject::connect(&m_mailbox, &DbusMailbox::changed, &m_loop, &QEventLoop::quit);
        if (m_server) {
            QObject::connect(m_server.get(), &QDBusServer::newConnection, &m_mailbox,
                             [this](const QDBusConnection &connection) {
                                 use(connection);
                                 m_loop.quit();
                             });
        }
    }
    ~DbusLink() override { QDBusConnection::disconnectFromPeer(m_connection.name()); }

    Result<void> meet() override
    {
        if (!m_server)
            use(QDBusConnection::connectToPeer(m_address, QStringLiteral("lab")));
        if (m_server && !m_connection.isConnected())
            m_loop.exec();
        if (!m_connection.isConnected())
            return fail(Error{"D-Bus: " + m_connection.lastError().message().toStdString(), ECONNREFUSED});
        return {};
    }

    Result<Bytes> compose(std::size_t bytes) override
    {
        m_outgoing.resize(qsizetype(bytes));
        return Bytes(reinterpret_cast<std::byte *>(m_outgoing.data()), bytes);
    }

    Result<void> send(ConstBytes) override
    {
        QDBusMessage call = QDBusMessage::createMethodCall({}, QStringLiteral("/lab"), {}, QStringLiteral("deliver"));
        call << m_outgoing;
        if (!m_connection.send(call))
            return fail(Error{"D-Bus: " + m_connection.lastError().message().toStdString(), EPIPE});
        return {};
    }

    Result<ConstBytes> receive(std::size_t bytes) override
    {
        if (m_mailbox.isEmpty() && m_connection.isConnected())
            m_loop.exec();
        if (m_mailbox.isEmpty())
            return fail(Error{"D-Bus: the other side is gone", 0});
        if (m_mailbox.first().size() != qsizetype(bytes))
            return fail(Error::fromErrno("D-Bus: a message of another size", EMSGSIZE));
        return std::as_bytes(std::span(m_mailbox.first().constData(), bytes));
    }
    void release() override { m_mailbox.removeFirst(); }

private:
    void use(const QDBusConnection &connection)
    {
        m_connection = connection;
        // What the other side calls: the slot deliver() of the object /lab.
        m_connection.registerObject(QStringLiteral("/lab"), &m_mailbox, QDBusConnection::ExportAllSlots);
        // Without this a connection that ends is noticed at the next message only.
        m_connection.connect({}, QStringLiteral("/org/freedesktop/DBus/Local"),
                             QStringLiteral("org.freedesktop.DBus.Local"), QStringLiteral("Disconnected"), &m_mailbox,
                             SIGNAL(changed()));
    }

    std::unique_ptr<QDBusServer> m_server;
    QString m_address;
    DbusMailbox m_mailbox;
    QDBusConnection m_connection;
    QEventLoop m_loop;
    QByteArray m_outgoing;
};
// essential: end

class Dbus : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "dbus";
        info.title = "D-Bus, peer to peer";
        info.family = Family::Library;
        info.summary =
            "Typed method calls on objects, as desktop services offer them; here from process to process without the "
            "bus in between. QtDBus reads and writes the socket in a thread of its own.";
        info.dataPath = "argument -> marshalled message -> kernel's socket buffers -> message -> argument";
        info.waits = {Wait::NonBlocking};
        info.userCopies = 4; // marshalled, into libdbus's outgoing buffer, out of the incoming one, demarshalled
        info.largest = std::size_t(64) << 20;
        info.limitedBy = "the D-Bus specification: 64 MB in an array";
        info.needs = {{"socket",    "bind",  "listen",      "accept4",     "connect",    "sendmsg",    "recvmsg",
                       "poll",      "ppoll", "futex",       "eventfd2",    "newfstatat", "getsockopt", "getresuid",
                       "getresgid", "chmod", "getsockname", "getpeername", "unlink",     "read",       "write"},
                      {"folder", "threads"},
                      {{AF_UNIX, SOCK_STREAM}}};
        info.source = "ipc/lab/mechanisms/dbus.cpp";
        return info;
    }

    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        place.address = "unix:path=" + place.path("dbus");
        auto server = std::make_unique<QDBusServer>(QString::fromStdString(place.address));
        if (!server->isConnected())
            return fail(Error{"D-Bus: " + server->lastError().message().toStdString(), EADDRNOTAVAIL});
        return std::make_unique<DbusLink>(std::move(server), QString());
    }
    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        return std::make_unique<DbusLink>(nullptr, QString::fromStdString(place.address));
    }
};

} // namespace

std::unique_ptr<Mechanism> dbusMechanism()
{
    return std::make_unique<Dbus>();
}

} // namespace bulkhead::lab
