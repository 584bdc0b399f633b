// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/site.h"
#include "ipc/channel/read_shares.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <array>
#include <memory>
#include <optional>

namespace bulkhead {

class SiteAccount;

/// What the browser process holds for a site.
enum class Holding {
    Body,    ///< of fetches: what has arrived and was not read, and their addresses
    Backlog, ///< messages that its processes have not read
    Boxes,   ///< places for plugins
    Text,    ///< that its pages answered
    Said,    ///< what its pages say of themselves: titles, icons, links under the pointer, notices, a plugin's state
    Stops,   ///< its pages in the histories of tabs
    Content, ///< documents for plugins, in anonymous files: more than all else, so with an end of their own and no part
             ///< of the total
};
inline constexpr std::size_t Holdings = 7;

/// So many bytes are held; they are given back when this goes. Movable only, so that nothing is given back twice or
/// never.
class Charge
{
public:
    Charge() = default; ///< of nothing
    Charge(Charge &&other) noexcept;
    Charge &operator=(Charge &&other) noexcept;
    ~Charge();

    /// It is another amount now.
    void set(qint64 bytes);
    /// So much more, unless the site would then hold more than @p most of that kind.
    [[nodiscard]] bool grow(qint64 bytes, qint64 most);
    qint64 bytes() const { return m_bytes; }

private:
    friend class SiteAccount;
    Charge(std::shared_ptr<SiteAccount> account, Holding what, qint64 bytes);

    std::shared_ptr<SiteAccount> m_account;
    Holding m_what = Holding::Body;
    qint64 m_bytes = 0;
};

/// What one site costs the browser process. What can wait is reserved and waits for room; what is there already is
/// charged and may be too much, which ends the site's processes. Main thread.
class SiteAccount : public QObject, public std::enable_shared_from_this<SiteAccount>
{
    Q_OBJECT
public:
    /// Above Room nothing is reserved, above Limit the site is overdrawn. Six sites' limits are less than 200 MB.
    static constexpr qint64 Room = qint64(14) << 20;
    static constexpr qint64 Limit = qint64(30) << 20;
    /// What the documents of one site's plugins may take up together. A single one may be as large as its plugin's
    /// manifest says.
    static constexpr qint64 ContentRoom = qint64(512) << 20;
    /// Who is overdrawn and goes on growing is told of again for each of these.
    static constexpr qint64 OverdrawnStep = qint64(1) << 20;
    /// What a fetch can hold unread, on the network's or the disk's side, too, until its reader comes.
    static constexpr qint64 FetchBytes = qint64(768) << 10;
    /// The same for a document, which never waits: the person asked for it. Less, so that many tabs of a site may load
    /// at once.
    static constexpr qint64 DocumentBytes = qint64(256) << 10;
    /// Fetches that may be started at once, and then per second: starting and dropping them costs other threads more
    /// than it costs the page.
    static constexpr int StartsAtOnce = 64;
    static constexpr int StartsPerSecond = 200;

    SiteAccount(Site site, ReadShares::Party party);

    const Site &site() const { return m_site; }
    ReadShares::Party party() const { return m_party; }
    qint64 held(Holding what) const { return m_held[std::size_t(what)]; }
    /// Of everything but content.
    qint64 total() const { return m_total; }
    bool isOverdrawn() const { return m_overdrawnAt > Limit; }

    [[nodiscard]] Charge charge(Holding what, qint64 bytes);
    /// Nothing while there is no room; roomMade() follows when there is.
    [[nodiscard]] std::optional<Charge> reserve(Holding what, qint64 bytes);
    /// reserve() for a fetch that is to be started now.
    [[nodiscard]] std::optional<Charge> reserveFetch();

Q_SIGNALS:
    /// Later than what made it; only after something was refused.
    void roomMade();
    /// Once, until there is room again or it has become more: what tabs remember does not go with the processes that
    /// are ended.
    void overdrawn();

private:
    friend class Charge;
    void change(Holding what, qint64 by);
    /// What is held for a while, so that waiting for room makes sense.
    qint64 passing() const;
    double starts() const;

    const Site m_site;
    const ReadShares::Party m_party;
    std::array<qint64, Holdings> m_held{};
    qint64 m_total = 0;
    qint64 m_overdrawnAt = Limit; ///< beyond it that is told
    bool m_refused = false;       ///< somebody waits for room
    double m_starts = StartsAtOnce;
    QElapsedTimer m_sinceStart;
    QTimer m_tell;
};

/// The accounts of all sites that have pages. Owned by PageProcessPool. Main thread.
class SiteBudget : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    std::shared_ptr<SiteAccount> accountOf(const Site &site);

Q_SIGNALS:
    /// The site's processes are to be ended.
    void overdrawn(const bulkhead::Site &site);

private:
    QHash<QString, std::weak_ptr<SiteAccount>> m_accounts; ///< by the sites' keys
    ReadShares::Party m_nextParty = 1;
};

} // namespace bulkhead
