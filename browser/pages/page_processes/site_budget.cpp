// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/site_budget.h"

#include <algorithm>

namespace bulkhead {

// ---- Charge

Charge::Charge(std::shared_ptr<SiteAccount> account, Holding what, qint64 bytes)
    : m_account(std::move(account)), m_what(what)
{
    set(bytes);
}

Charge::Charge(Charge &&other) noexcept
    : m_account(std::move(other.m_account)), m_what(other.m_what), m_bytes(std::exchange(other.m_bytes, 0))
{
}

Charge &Charge::operator=(Charge &&other) noexcept
{
    if (this != &other) {
        set(0);
        m_account = std::move(other.m_account);
        m_what = other.m_what;
        m_bytes = std::exchange(other.m_bytes, 0);
    }
    return *this;
}

Charge::~Charge()
{
    set(0);
}

void Charge::set(qint64 bytes)
{
    if (m_account)
        m_account->change(m_what, bytes - std::exchange(m_bytes, bytes));
}

bool Charge::grow(qint64 bytes, qint64 most)
{
    if ((m_account ? m_account->held(m_what) : m_bytes) + bytes > most)
        return false;
    set(m_bytes + bytes);
    return true;
}

// ---- SiteAccount

SiteAccount::SiteAccount(Site site, ReadShares::Party party) : m_site(std::move(site)), m_party(party)
{
    m_tell.setSingleShot(true);
    connect(&m_tell, &QTimer::timeout, this, [this] {
        m_refused = false;
        Q_EMIT roomMade();
    });
    m_sinceStart.start();
}

void SiteAccount::change(Holding what, qint64 by)
{
    m_held[std::size_t(what)] += by;
    if (what == Holding::Content)
        return;
    m_total += by;
    // Later: who gives something back may be in the middle of things.
    if (by < 0 && m_refused && passing() + FetchBytes <= Room && !m_tell.isActive())
        m_tell.start(0);
    if (m_total <= Room)
        m_overdrawnAt = Limit;
    if (m_total > m_overdrawnAt) {
        m_overdrawnAt = m_total + OverdrawnStep;
        Q_EMIT overdrawn();
    }
}

qint64 SiteAccount::passing() const
{
    return m_total - held(Holding::Stops);
}

Charge SiteAccount::charge(Holding what, qint64 bytes)
{
    return Charge(shared_from_this(), what, bytes);
}

std::optional<Charge> SiteAccount::reserve(Holding what, qint64 bytes)
{
    if (passing() + bytes > Room) {
        m_refused = true;
        return {};
    }
    return charge(what, bytes);
}

double SiteAccount::starts() const
{
    return std::min<double>(StartsAtOnce, m_starts + double(m_sinceStart.elapsed()) * StartsPerSecond / 1000);
}

std::optional<Charge> SiteAccount::reserveFetch()
{
    const double starts = this->starts();
    if (starts < 1) {
        m_refused = true;
        m_tell.start(20);
        return {};
    }
    auto room = reserve(Holding::Body, FetchBytes);
    if (room) {
        m_starts = starts - 1;
        m_sinceStart.start();
    }
    return room;
}

// ---- SiteBudget

std::shared_ptr<SiteAccount> SiteBudget::accountOf(const Site &site)
{
    if (auto account = m_accounts.value(site.key()).lock())
        return account;
    m_accounts.removeIf([](const auto &entry) { return entry.value().expired(); });
    auto account = std::make_shared<SiteAccount>(site, m_nextParty++);
    connect(account.get(), &SiteAccount::overdrawn, this, [this, site] { Q_EMIT overdrawn(site); });
    m_accounts.insert(site.key(), account);
    return account;
}

} // namespace bulkhead
