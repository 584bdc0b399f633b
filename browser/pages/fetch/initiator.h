// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/address_space.h"
#include "browser/pages/fetch/site.h"

#include <QMetaType>

#include <optional>

namespace bulkhead {

/// The word of the person who sits here: they typed an address, chose a file, named it on a command line. It opens
/// everything that can be opened at all, so it can be said only where a person's deed arrives, and those places are the
/// friends named here. Whoever passes on what a page wants has no way to make one.
class PersonsWord
{
    PersonsWord() {}
    friend class MainWindow;    // address bar, file dialog, what is dropped from outside, menus, history and download
                                // lists
    friend class BrowserApp;    // command line
    friend class HeadlessRun;   // the same without a window
    friend class PersonsScript; // remote control: whoever can reach the profile's own socket is this person
    friend class ExperimentSession; // an experiment, in a program of its own that the person started
    friend class PersonInTests;     // tests/support/initiators.h
};

/// Whose right a request uses: a page's, or the person's. Travels with every navigation, tab, download, embed,
/// subresource and history entry from whoever asked to whoever decides, and cannot be made from nothing. Immutable
/// value, any thread.
class Initiator
{
public:
    /// @p space is where the page came from (ResponseHead::space): it reaches nothing nearer by itself.
    static Initiator page(Site site, AddressSpace space = AddressSpace::Public)
    {
        return Initiator(std::move(site), space);
    }
    static Initiator person(const PersonsWord &) { return Initiator(std::nullopt, AddressSpace::Loopback); }

    bool isPerson() const { return !m_site; }
    /// Of the page; only when it is one.
    const Site &site() const { return *m_site; }
    AddressSpace space() const { return m_space; }
    bool isPageOf(const QString &scheme) const { return m_site && m_site->scheme() == scheme; }

    friend bool operator==(const Initiator &, const Initiator &) = default;

private:
    Initiator(std::optional<Site> site, AddressSpace space) : m_site(std::move(site)), m_space(space) {}
    friend class SavedInitiator; // an entry of a tab's history that was the person's still is after a restart

    std::optional<Site> m_site; ///< nothing: the person
    AddressSpace m_space;       ///< of the page
};

} // namespace bulkhead
