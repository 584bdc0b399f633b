// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QString>

namespace bulkhead {

/// A Content-Type header taken apart.
struct ContentType
{
    QString mimeType; ///< lower case, "type/subtype"; empty when there is none that can be used
    QString charset;  ///< empty when not named

    static ContentType parse(const QByteArray &header);
    /// A server that says nothing, or one of the things that servers say when they do not know.
    bool isUnknown() const;
};

enum class SniffHtml { Yes, No };

/// How many bytes sniffMimeType() looks at (https://mimesniff.spec.whatwg.org/#resource-header).
constexpr qint64 SniffLength = 1445;

/// What a body of unknown type most likely is: HTML by its first tag, else by content and the URL's file name
/// (the system's MIME database), else text or application/octet-stream. @p start is the body's start. Any thread.
QString sniffMimeType(const QByteArray &start, const QString &fileName, SniffHtml html = SniffHtml::Yes);

/// A Content-Disposition header taken apart (RFC 6266).
struct ContentDisposition
{
    bool attachment = false;
    QString fileName; ///< as the server wrote it: not safe. Empty when not named

    static ContentDisposition parse(const QByteArray &header);
};

} // namespace bulkhead
