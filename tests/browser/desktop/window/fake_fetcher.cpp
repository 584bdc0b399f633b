// SPDX-License-Identifier: BSD-3-Clause
#include "tests/browser/desktop/window/fake_fetcher.h"

#include <QTimer>

#include <utility>

namespace bulkhead {

namespace {

class FakeFetch : public Fetch
{
public:
    explicit FakeFetch(QByteArray body) : m_body(std::move(body)) {}

    void answer(const ResponseHead &head)
    {
        QTimer::singleShot(0, this, [this, head] {
            Q_EMIT responded(head);
            m_finished = true;
            Q_EMIT readyRead();
            Q_EMIT finished();
        });
    }
    void fail(const FetchError &error)
    {
        QTimer::singleShot(0, this, [this, error] { Q_EMIT failed(error); });
    }

    QByteArray read(qint64 maximum) override
    {
        const QByteArray part = m_body.left(maximum);
        m_body.remove(0, part.size());
        return part;
    }
    bool atEnd() const override { return m_finished && m_body.isEmpty(); }

private:
    QByteArray m_body;
    bool m_finished = false;
};

} // namespace

std::unique_ptr<Fetch> FakeFetcher::start(const FetchRequest &request)
{
    requests.append(request);
    auto fetch = std::make_unique<FakeFetch>(QByteArrayLiteral("body"));
    const QString host = request.url.host();
    if (host == QLatin1String("slow.test"))
        return fetch;
    if (host == QLatin1String("broken.test")) {
        fetch->fail({FetchErrorKind::NotFound, QStringLiteral("No server has this name."), {}});
        return fetch;
    }
    ResponseHead head;
    head.url = request.url;
    head.mimeType = QStringLiteral("text/html");
    head.suggestedName = QStringLiteral("index.html");
    if (host == QLatin1String("download.test")) {
        head.attachment = true;
        head.mimeType = QStringLiteral("application/octet-stream");
        head.suggestedName = QStringLiteral("thing.bin");
        head.length = 4;
    }
    fetch->answer(head);
    return fetch;
}

std::unique_ptr<Fetch> FakeFetcher::startErrorPage(const FetchError &, const QUrl &url)
{
    auto fetch = std::make_unique<FakeFetch>(QByteArrayLiteral("error"));
    ResponseHead head;
    head.url = url;
    head.mimeType = QStringLiteral("text/html");
    fetch->answer(head);
    return fetch;
}

void FakeFetcher::grantFolder(const Site &, const QString &folder)
{
    grantedFolders.append(folder);
}

} // namespace bulkhead
