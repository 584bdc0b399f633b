// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/disk_thread.h"
#include "ipc/core/result.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace bulkhead {

/// What a person means by what they typed in an address bar or on a command line: a URL, a host name or address with or
/// without a scheme, or a file or folder (absolute, relative to the working folder as "./name" or "../name", or with
/// ~). What can be a host is one, whatever lies in the folder; a bare name of a file there is meant when nothing else
/// can be. Otherwise a sentence that says why not: there is no search engine to hand it to. Encrypted connections are
/// assumed for names in public domains, open ones for this machine, IP addresses and single-label hosts. Immutable
/// value, any thread.
class TypedAddress
{
public:
    TypedAddress(const QString &typed, const QString &workingDirectory);

    /// What is meant where no file can be; nothing where it depends on what files there are.
    const std::optional<Result<QUrl>> &settled() const { return m_settled; }
    /// What is meant, by the files that are there.
    Result<QUrl> lookedUp(const DiskThread &thread) const;
    /// What is taken for meant while the disk does not say what there is: a path is that of a file, whose tab waits for
    /// it; a bare name is none.
    Result<QUrl> assumed() const;
    /// The file that may be meant, by its name alone.
    QString path() const;

private:
    QString m_text;
    QString m_workingDirectory;
    bool m_isPath = false;
    std::optional<Result<QUrl>> m_settled;
    Result<QUrl> m_otherwise; ///< when there is no such file
};

/// The same for a program that has no window yet: waits for the disk, though not for ever.
Result<QUrl> typedUrl(const QString &typed, const QString &workingDirectory);
/// Whether @p url names a file of this computer that is not there, for the same programs. A disk that does not answer
/// has not said so.
bool isKnownToBeMissing(const QUrl &url);

} // namespace bulkhead
