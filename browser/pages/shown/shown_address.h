// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QUrl>

namespace bulkhead {

/// How an address is written where a person reads it: the one way from a QUrl to a label, a list, a tooltip or a log.
/// Without user name and password; control, space, invisible and direction characters stay percent-encoded; a label of
/// the host that mixes scripts, or looks like an ASCII name, stays punycode (UTS #39, highly restrictive); what is too
/// long is cut in the middle, never in the host. Plain value; any thread.
class ShownAddress
{
public:
    /// A part of text().
    struct Range
    {
        qsizetype start = 0;
        qsizetype length = 0;
        qsizetype end() const { return start + length; }
        bool isEmpty() const { return length == 0; }
    };
    enum class Parts {
        All,
        WithoutScheme, ///< "example.org/path", for titles and narrow columns; only where there is a host
        Host           ///< and port; empty where there is none
    };

    /// Characters for one line of its own (the address bar), and for a column or a tooltip.
    static constexpr qsizetype LongestLine = 2000;
    static constexpr qsizetype LongestMention = 300;

    ShownAddress() = default;
    explicit ShownAddress(const QUrl &url, qsizetype longest = LongestMention, Parts parts = Parts::All);

    const QString &text() const { return m_text; }
    /// Empty where there is no host (file:, about:, data:).
    Range host() const { return m_host; }
    /// The part of the host that one organisation registered; the whole host where there is no such part.
    Range registrableDomain() const { return m_domain; }
    /// Something was left out.
    bool isCut() const { return m_isCut; }

private:
    QString m_text;
    Range m_host;
    Range m_domain;
    bool m_isCut = false;
};

/// ShownAddress(@p url).text().
QString shownAddress(const QUrl &url);
/// Of the key of a Site: its address where it has a host, else the key.
QString shownSite(const QString &key);
/// The address as it is copied and edited: encoded, complete, without user name and password.
QString editableAddress(const QUrl &url);

} // namespace bulkhead
