// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/internal_acts.h"

#include <QCoreApplication>
#include <QMap>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace bulkhead {

/// The MIME type of about:crash and its like: an empty body; the page's process does what the URL says.
inline constexpr char MisbehaviourMimeType[] = "application/vnd.bulkhead.misbehaviour";

/// Answers about: URLs from the app's resources, and makes error pages.
/// about:blank, about:start, about:version, about:playground/FILE, and the pages that end their process: about:crash,
/// about:abort, about:kill, about:hang, about:oom.
class InternalPages
{
    Q_DECLARE_TR_FUNCTIONS(InternalPages)
public:
    /// What the {{placeholders}} of internal pages stand for: versions, the kernel, the process model.
    using Values = QMap<QString, QString>;

    /// @p values is asked whenever a page is opened; it may be empty. @p root holds pages/ and playground/.
    explicit InternalPages(std::function<Values()> values = {}, QString root = QStringLiteral(":/bulkhead"));

    /// Who decides whether a request may act; outlives this. Without one no page acts.
    void setActs(InternalActs *acts) { m_acts = acts; }

    /// A page that is made when it is opened: about:NAME, with whatever query.
    using Maker = std::function<std::unique_ptr<Fetch>(const InternalRequest &request)>;
    void add(const QString &name, Maker maker) { m_made.insert(name, std::move(maker)); }
    /// As add(), and about:NAME/REST, too.
    void addBelow(const QString &name, Maker maker) { m_madeBelow.insert(name, std::move(maker)); }
    /// Adds about:NAME and about:NAME/REST, which @p page makes when they are opened, as HTML in UTF-8; it gets REST,
    /// and returns nothing when there is no such page. It must be quick: it runs on the main thread.
    using Page = std::function<std::optional<QByteArray>(const QString &rest, const QString &act)>;
    void add(const QString &name, Page page) { m_added.insert(name, std::move(page)); }

    /// @p request was allowed by the AccessPolicy.
    std::unique_ptr<Fetch> start(const FetchRequest &request) const;
    /// The page that tells what went wrong with @p url. HTML in UTF-8; loads nothing.
    QByteArray errorPage(const FetchError &error, const QUrl &url) const;

    /// What a person may type, with what was added.
    QStringList knownUrls() const;

private:
    std::unique_ptr<Fetch> open(const InternalRequest &request) const;

    std::function<Values()> m_values;
    QString m_root;
    InternalActs *m_acts = nullptr;
    QMap<QString, Maker> m_made;
    QMap<QString, Maker> m_madeBelow;
    QMap<QString, Page> m_added;
};

/// InternalPages::errorPage() from the app's own resources.
QByteArray errorPage(const FetchError &error, const QUrl &url);

} // namespace bulkhead
