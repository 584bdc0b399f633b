// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch_error.h"
#include "browser/pages/fetch/initiator.h"
#include "browser/pages/fetch/real_file.h"
#include "browser/pages/fetch/user_activation.h"

#include <QMetaType>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace bulkhead {

/// What a fetched body will be used as. Decides, with the initiator, what is allowed.
enum class Destination {
    Navigation, ///< a document of a tab's own
    Embed,      ///< a document inside the asking page, which a plugin shows
    Style,
    Image,
    Font,
    Icon,
    Download,
    PluginFetch, ///< bytes for a plugin, as the person allowed it; without the person's credentials
};

enum class CacheUse {
    Normal,      ///< what is fresh is used
    Revalidate,  ///< what is stored is asked for again, by its tag
    PreferCache, ///< what is stored is used, however old
    Bypass,      ///< nothing stored is used; the answer is stored
};

struct FetchRequest
{
    QUrl url;
    Destination destination;
    Initiator initiator;
    QUrl referrer; ///< the asking page's address; what of it is sent is the fetcher's business
    CacheUse cache = CacheUse::Normal;
    UserActivation activation = UserActivation::None; ///< in the asking page
    /// Folders that the person let the asking page's tab read, with symbolic links resolved.
    QStringList grantedFolders;
};

/// Status line and headers of an answer, as far as anyone here needs them.
struct ResponseHead
{
    static constexpr qsizetype StartBytes = 1024;

    QUrl url;                ///< after redirects
    int status = 200;        ///< HTTP's, or 200 for what did not come over HTTP
    QString mimeType;        ///< lower case, without parameters; sniffed where the transport does not know
    QString charset;         ///< empty when not named
    qint64 length = -1;      ///< bytes of the decoded body, or -1
    bool attachment = false; ///< Content-Disposition: attachment
    QString suggestedName;   ///< a safe file name without folders, never empty for documents and downloads
    bool isListing = false;  ///< of a folder, made by the app itself
    AddressSpace space = AddressSpace::Public; ///< of the server; files are no nearer to the network than public pages
    std::optional<RealFile> file = {};         ///< of a file: address: what was opened
    QByteArray start;                          ///< a file's first StartBytes, for who tells types apart by them
};

/// One request in flight: head once, then a body read at the reader's pace. Bytes that are not read are not fetched
/// (beyond a small buffer), so a large body costs no memory. Deleting it cancels it; no signal follows.
/// Lives on the browser's main thread; never blocks it.
class Fetch : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    /// Up to @p maximum bytes of what has arrived; empty when nothing has (then readyRead() will come) or all is read.
    virtual QByteArray read(qint64 maximum) = 0;
    /// No more bytes will come and all were read.
    virtual bool atEnd() const = 0;

Q_SIGNALS:
    /// Once, before any readyRead(). Never emitted from inside Fetcher::start().
    void responded(const bulkhead::ResponseHead &head);
    void readyRead();
    /// The body is complete; unread bytes may remain.
    void finished();
    /// Instead of finished(), before or after responded(). Nothing follows.
    void failed(const bulkhead::FetchError &error);
};

} // namespace bulkhead

Q_DECLARE_METATYPE(bulkhead::ResponseHead)
