// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"

#include <mosquitto.h>

#include <cerrno>
#include <deque>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

/// Where Debian's package puts it.
constexpr char BrokerProgram[] = "/usr/sbin/mosquitto";

// essential: begin
/// A client of a broker: publishes to one topic, subscribes to another, and never sees the other process itself.
/// With quality of service 1 the broker confirms every message and keeps it for a subscriber that is away.
class MqttLink : public Link
{
public:
    MqttLink(const Place &place, const std::string &name, const std::string &peerName)
        : m_place(place), m_name(name), m_in(place.run + "/" + name), m_out(place.run + "/" + peerName)
    {
        ::mosquitto_lib_init();
        // Not a clean session: what comes while we are away is kept for a client of this name.
        m_client = ::mosquitto_new((place.run + "." + name).c_str(), false, this);
        ::mosquitto_message_callback_set(m_client, &MqttLink::onMessage);
        ::mosquitto_publish_callback_set(
            m_client, [](mosquitto *, void *self, int) { --static_cast<MqttLink *>(self)->m_unconfirmed; });
        ::mosquitto_subscribe_callback_set(m_client, [](mosquitto *, void *self, int, int, const int *) {
            static_cast<MqttLink *>(self)->m_isSubscribed = true;
        });
    }
    ~MqttLink() override
    {
        ::mosquitto_disconnect(m_client);
        ::mosquitto_destroy(m_client);
    }

    Result<void> connect()
    {
        constexpr int UnixSocket = 0, KeepAlive = 60;
        if (const int error = ::mosquitto_connect(m_client, m_place.broker.c_str(), UnixSocket, KeepAlive))
            return failed("mosquitto_connect", error);
        if (const int error = ::mosquitto_subscribe(m_client, nullptr, m_in.c_str(), AtLeastOnce))
            return failed("mosquitto_subscribe", error);
        while (!m_isSubscribed) {
            if (const auto turned = turn(); !turned)
                return turned;
        }
        return {};
    }

    Result<void> send(ConstBytes message) override
    {
        while (m_unconfirmed >= Window) {
            if (const auto turned = turn(); !turned)
                return turned;
        }
        ++m_unconfirmed;
        if (const int error = ::mosquitto_publish(m_client, nullptr, m_out.c_str(), int(message.size()), message.data(),
                                                  AtLeastOnce, false))
            return failed("mosquitto_publish", error);
        return {};
    }

    /// Until the broker has confirmed everything.
    Result<void> flush() override
    {
        while (m_unconfirmed > 0) {
            if (const auto turned = turn(); !turned)
                return turned;
        }
        return {};
    }

    Result<ConstBytes> receive(std::size_t bytes) override
    {
        while (m_received.empty()) {
            if (const auto turned = turn(); !turned)
                return tl::unexpected(turned.error());
        }
        if (m_received.front().size() != bytes)
            return fail(Error::fromErrno("MQTT: a message of another size", EMSGSIZE));
        return std::as_bytes(std::span(m_received.front()));
    }
    void release() override { m_received.pop_front(); }

    /// A clean session under the same name makes the broker forget what it kept for us.
    void remove() override
    {
        ::mosquitto_disconnect(m_client);
        mosquitto *clean = ::mosquitto_new((m_place.run + "." + m_name).c_str(), true, this);
        m_isConnected = false;
        ::mosquitto_connect_callback_set(
            clean, [](mosquitto *, void *self, int) { static_cast<MqttLink *>(self)->m_isConnected = true; });
        if (::mosquitto_connect(clean, m_place.broker.c_str(), 0, 60) == MOSQ_ERR_SUCCESS) {
            while (!m_isConnected && ::mosquitto_loop(clean, 1000, 1) == MOSQ_ERR_SUCCESS) {
            }
            ::mosquitto_disconnect(clean);
        }
        ::mosquitto_destroy(clean);
    }

private:
    static constexpr int AtLeastOnce = 1; ///< quality of service
    static constexpr int Window = 16;     ///< messages on their way to the broker

    /// Sleeps in select() until something can be read or written, and handles it.
    Result<void> turn()
    {
        constexpr int Milliseconds = 1000, MostPackets = 1;
        if (const int error = ::mosquitto_loop(m_client, Milliseconds, MostPackets))
            return failed("mosquitto_loop", error);
        return {};
    }
    static void onMessage(mosquitto *, void *self, const mosquitto_message *message)
    {
        static_cast<MqttLink *>(self)->m_received.emplace_back(static_cast<const char *>(message->payload),
                                                               std::size_t(message->payloadlen));
    }
    static tl::unexpected<Error> failed(const char *call, int error)
    {
        if (error == MOSQ_ERR_ERRNO)
            return fail(call);
        return fail(Error{std::string(call) + ": " + ::mosquitto_strerror(error), EPROTO});
    }

    Place m_place;
    std::string m_name;
    std::string m_in, m_out; ///< topics
    mosquitto *m_client = nullptr;
    std::deque<std::string> m_received;
    int m_unconfirmed = 0;
    bool m_isSubscribed = false;
    bool m_isConnected = false;
};
// essential: end

Result<std::unique_ptr<Link>> connected(const Place &place, const char *name, const char *peerName)
{
    auto link = std::make_unique<MqttLink>(place, name, peerName);
    if (const auto done = link->connect(); !done)
        return tl::unexpected(done.error());
    return link;
}

class Mqtt : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "mqtt";
        info.title = "MQTT through a broker (Mosquitto)";
        info.family = Family::Library;
        info.summary =
            "Message-oriented middleware: processes publish and subscribe to topics and know only the broker, a third "
            "process, which keeps messages for those who are away. Quality of service 1, over a Unix socket.";
        info.dataPath = "sender's memory -> socket -> broker's memory -> socket -> receiver's memory";
        info.waits = {Wait::NonBlocking};
        info.userCopies = 4; // into the client's packet, into the broker's and out of it, out of the packet
        info.largest = 268435455;
        info.limitedBy = "the MQTT specification: 28 bits of length";
        info.needs = {{"socket", "socketpair", "connect", "read", "write", "recvfrom", "sendto", "pselect6", "select",
                       "poll", "fcntl", "futex", "getrandom", "pipe2"},
                      {"folder", "an MQTT broker"},
                      {{AF_UNIX, SOCK_STREAM}}};
        info.source = "ipc/lab/mechanisms/mqtt.cpp";
        return info;
    }

    Result<void> available() const override
    {
        if (::access(BrokerProgram, X_OK) < 0)
            return fail(Error{"needs the MQTT broker Mosquitto; install it with: apt install mosquitto", ENOENT});
        return {};
    }

    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override { return connected(place, "a", "b"); }
    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override { return connected(place, "b", "a"); }
};

} // namespace

std::unique_ptr<Mechanism> mqttMechanism()
{
    return std::make_unique<Mqtt>();
}

} // namespace bulkhead::lab
