// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/local_path.h"
#include "browser/pages/fetch/site.h"

#include <QFileInfo>

namespace bulkhead {

/// A test may wait for the disk on its own thread.
class DiskThreadInTests
{
public:
    static DiskThread token() { return DiskThread(); }
};

namespace test {

/// What opening the file: address @p url finds; what is not there is taken for a file.
inline RealFile realFile(const QUrl &url)
{
    const DiskThread thread = DiskThreadInTests::token();
    const QString path = local_path::real(url.toLocalFile(), thread);
    return RealFile(path, QFileInfo(path).isDir() ? RealFile::Kind::Folder : RealFile::Kind::File, thread);
}

/// The site of what the person opened at @p url.
inline Site siteOf(const QUrl &url)
{
    return url.isLocalFile() && local_path::fromUrl(url) ? Site::forFile(realFile(url)) : Site::forUrl(url);
}

} // namespace test
} // namespace bulkhead
