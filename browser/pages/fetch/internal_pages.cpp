// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/internal_pages.h"

#include "browser/pages/fetch/html_answer.h"
#include "browser/pages/fetch/page_template.h"
#include "browser/pages/fetch/stream_fetch.h"
#include "browser/pages/shown/outside_text.h"
#include "browser/pages/shown/shown_address.h"

#include <QFile>
#include <QMimeDatabase>

#include <algorithm>
#include <optional>

namespace bulkhead {
namespace {

constexpr QLatin1String Misbehaviours[] = {QLatin1String("crash"), QLatin1String("abort"), QLatin1String("kill"),
                                           QLatin1String("hang"),  QLatin1String("oom"),   QLatin1String("sleep"),
                                           QLatin1String("exit"),  QLatin1String("flood"), QLatin1String("malformed")};

/// For a build without resources, and for the error that says so.
constexpr char PlainErrorPage[] = "<!DOCTYPE html><meta charset=\"utf-8\"><title>{{title}}</title>"
                                  "<h1>{{title}}</h1><p>{{message}}</p><p>{{url}}</p><p><small>{{detail}}</small></p>";

std::optional<QByteArray> contents(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll();
}

bool isPlainPath(const QString &path)
{
    const QStringList parts = path.split(u'/');
    return std::none_of(parts.begin(), parts.end(), [](const QString &part) {
        return part.isEmpty() || part.startsWith(u'.') || part.contains(QChar::Null);
    });
}

ResponseHead headOf(const QUrl &url)
{
    return htmlHead(url, url.path().section(u'/', -1) + QStringLiteral(".html"));
}

} // namespace

InternalPages::InternalPages(std::function<Values()> values, QString root)
    : m_values(std::move(values)), m_root(std::move(root))
{
}

QStringList InternalPages::knownUrls() const
{
    QStringList urls{QStringLiteral("about:blank"), QStringLiteral("about:start"), QStringLiteral("about:version"),
                     QStringLiteral("about:playground")};
    for (const QString &name : m_made.keys() + m_madeBelow.keys() + m_added.keys())
        urls += QStringLiteral("about:") + name;
    for (const QLatin1String name : Misbehaviours)
        urls += QStringLiteral("about:") + name;
    return urls;
}

std::unique_ptr<Fetch> InternalPages::start(const FetchRequest &request) const
{
    return open(m_acts ? m_acts->settle(request) : InternalRequest{request.url, {}});
}

std::unique_ptr<Fetch> InternalPages::open(const InternalRequest &request) const
{
    const QUrl &url = request.url;
    const QString path = url.path();
    if (path == QLatin1String("blank"))
        return answerFromMemory(headOf(url), {});
    if (const auto made = m_made.constFind(path); made != m_made.constEnd())
        return (*made)(request);
    if (const auto made = m_madeBelow.constFind(path.section(u'/', 0, 0)); made != m_madeBelow.constEnd())
        return (*made)(request);
    if (const auto added = m_added.find(path.section(u'/', 0, 0)); added != m_added.end()) {
        if (const auto page = (*added)(path.section(u'/', 1), request.act))
            return answerFromMemory(headOf(url), *page);
    }
    if (path == QLatin1String("start") || path == QLatin1String("version")) {
        if (const auto page = contents(m_root + QStringLiteral("/pages/") + path + QStringLiteral(".html")))
            return answerFromMemory(headOf(url), fillTemplate(*page, m_values ? m_values() : Values()));
    }
    if (std::find(std::begin(Misbehaviours), std::end(Misbehaviours), path) != std::end(Misbehaviours)) {
        ResponseHead head = headOf(url);
        head.mimeType = QLatin1String(MisbehaviourMimeType);
        head.charset.clear();
        return answerFromMemory(head, {});
    }
    if (path == QLatin1String("playground") || path == QLatin1String("playground/")) {
        QUrl index = url;
        index.setPath(QStringLiteral("playground/index.html")); // so that relative links work
        return open({index, {}});
    }
    if (path.startsWith(QLatin1String("playground/")) && isPlainPath(path)) {
        if (const auto body = contents(m_root + u'/' + path)) {
            ResponseHead head = headOf(url);
            head.mimeType = QMimeDatabase().mimeTypeForFileNameAndData(path, *body).name();
            head.charset = head.mimeType.startsWith(QLatin1String("text/")) ? QStringLiteral("utf-8") : QString();
            head.suggestedName = path.section(u'/', -1);
            return answerFromMemory(head, *body);
        }
    }
    return failedFetch({FetchErrorKind::NotFound,
                        tr("There is no internal page “%1”. There are: %2.")
                            .arg(shownAddress(url), knownUrls().join(QStringLiteral(", "))),
                        {}});
}

QByteArray InternalPages::errorPage(const FetchError &error, const QUrl &url) const
{
    Values values;
    values.insert(QStringLiteral("title"), tr("This page cannot be opened"));
    values.insert(QStringLiteral("message"), OutsideText(error.message).plain());
    values.insert(QStringLiteral("detail"), OutsideText(error.detail).plain());
    values.insert(QStringLiteral("url"), shownAddress(url));
    values.insert(QStringLiteral("href"), editableAddress(url));
    const auto page = contents(m_root + QStringLiteral("/pages/error.html"));
    return fillTemplate(page.value_or(QByteArray(PlainErrorPage)), values);
}

QByteArray errorPage(const FetchError &error, const QUrl &url)
{
    return InternalPages().errorPage(error, url);
}

} // namespace bulkhead
