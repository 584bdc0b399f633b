// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/internal_pages.h"

#include "browser/loading/page_template.h"
#include "browser/loading/stream_fetch.h"

#include <QFile>
#include <QMimeDatabase>

#include <algorithm>
#include <optional>

namespace bulkhead {
namespace {

constexpr QLatin1String Misbehaviours[] = {QLatin1String("crash"), QLatin1String("abort"), QLatin1String("kill"),
                                           QLatin1String("hang"), QLatin1String("oom"), QLatin1String("sleep"),
                                           QLatin1String("exit"), QLatin1String("flood"), QLatin1String("malformed")};

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

ResponseHead htmlHead(const QUrl &url)
{
    ResponseHead head;
    head.url = url;
    head.mimeType = QStringLiteral("text/html");
    head.charset = QStringLiteral("utf-8");
    head.suggestedName = url.path().section(u'/', -1) + QStringLiteral(".html");
    return head;
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

std::unique_ptr<Fetch> InternalPages::start(const QUrl &url) const
{
    const QString path = url.path();
    if (path == QLatin1String("blank"))
        return answerFromMemory(htmlHead(url), {});
    if (const auto made = m_made.constFind(path); made != m_made.constEnd())
        return (*made)(url);
    if (const auto made = m_madeBelow.constFind(path.section(u'/', 0, 0)); made != m_madeBelow.constEnd())
        return (*made)(url);
    if (const auto added = m_added.find(path.section(u'/', 0, 0)); added != m_added.end()) {
        if (const auto page = (*added)(path.section(u'/', 1)))
            return answerFromMemory(htmlHead(url), *page);
    }
    if (path == QLatin1String("start") || path == QLatin1String("version")) {
        if (const auto page = contents(m_root + QStringLiteral("/pages/") + path + QStringLiteral(".html")))
            return answerFromMemory(htmlHead(url), fillTemplate(*page, m_values ? m_values() : Values()));
    }
    if (std::find(std::begin(Misbehaviours), std::end(Misbehaviours), path) != std::end(Misbehaviours)) {
        ResponseHead head = htmlHead(url);
        head.mimeType = QLatin1String(MisbehaviourMimeType);
        head.charset.clear();
        return answerFromMemory(head, {});
    }
    if (path == QLatin1String("playground") || path == QLatin1String("playground/")) {
        QUrl index = url;
        index.setPath(QStringLiteral("playground/index.html")); // so that relative links work
        return start(index);
    }
    if (path.startsWith(QLatin1String("playground/")) && isPlainPath(path)) {
        if (const auto body = contents(m_root + u'/' + path)) {
            ResponseHead head = htmlHead(url);
            head.mimeType = QMimeDatabase().mimeTypeForFileNameAndData(path, *body).name();
            head.charset = head.mimeType.startsWith(QLatin1String("text/")) ? QStringLiteral("utf-8") : QString();
            head.suggestedName = path.section(u'/', -1);
            return answerFromMemory(head, *body);
        }
    }
    return failedFetch({FetchErrorKind::NotFound,
                        tr("There is no internal page “%1”. There are: %2.")
                            .arg(url.toDisplayString(), knownUrls().join(QStringLiteral(", "))),
                        {}});
}

QByteArray InternalPages::errorPage(const FetchError &error, const QUrl &url) const
{
    Values values;
    values.insert(QStringLiteral("title"), tr("This page cannot be opened"));
    values.insert(QStringLiteral("message"), error.message);
    values.insert(QStringLiteral("detail"), error.detail);
    values.insert(QStringLiteral("url"), url.toDisplayString(QUrl::RemovePassword).left(2000));
    values.insert(QStringLiteral("href"), QString::fromLatin1(url.toEncoded(QUrl::RemovePassword)));
    const auto page = contents(m_root + QStringLiteral("/pages/error.html"));
    return fillTemplate(page.value_or(QByteArray(PlainErrorPage)), values);
}

QByteArray errorPage(const FetchError &error, const QUrl &url)
{
    return InternalPages().errorPage(error, url);
}

} // namespace bulkhead
