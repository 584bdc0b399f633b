// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <vector>

namespace bulkhead {

/// Makes this machine's fonts usable where no file can be opened: fontconfig keeps its rules (which family stands in
/// for which) and loses its folders, and every font file is mapped and given to Qt as memory, which forked processes
/// share. Two steps, because Qt asks fontconfig as soon as there is a QGuiApplication.
class FontMemory
{
public:
    /// Before there is a QGuiApplication: notes which font files there are, best first, and takes the folders away.
    static FontMemory takeOver();
    /// With a QGuiApplication, before the first text: maps the files and registers them. Returns how many fonts were
    /// left out because there are too many; the most useful are taken first.
    int load() const;

private:
    std::vector<std::string> m_files;
};

} // namespace bulkhead
