// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/process/font_memory.h"

#include <QByteArray>
#include <QFontDatabase>

#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <memory>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_set>

namespace bulkhead {

namespace {

/// Registering a file costs about a millisecond; a machine with every font of a TeX distribution has thousands.
constexpr std::size_t MostFiles = 1500;

// Where distributions keep the rules; folders are named in the file above this one.
constexpr char RulesWithoutFolders[] = R"(<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/conf.d</include></fontconfig>)";

void collect(const FcFontSet *set, std::vector<std::string> &files, std::unordered_set<std::string> &seen)
{
    for (int i = 0; set && i < set->nfont; ++i) {
        FcChar8 *name = nullptr;
        FcBool scalable = FcFalse;
        if (FcPatternGetString(set->fonts[i], FC_FILE, 0, &name) != FcResultMatch)
            continue;
        FcPatternGetBool(set->fonts[i], FC_SCALABLE, 0, &scalable);
        FcBool color = FcFalse;
        FcPatternGetBool(set->fonts[i], FC_COLOR, 0, &color);
        std::string file(reinterpret_cast<const char *>(name));
        if ((scalable || color) && seen.insert(file).second)
            files.push_back(std::move(file));
    }
}

/// The fonts that together cover what all of them cover, best first.
void collectBest(FcConfig *config, const char *family, std::vector<std::string> &files,
                 std::unordered_set<std::string> &seen)
{
    FcPattern *pattern = FcPatternBuild(nullptr, FC_FAMILY, FcTypeString, family, nullptr);
    FcConfigSubstitute(config, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcResult result = FcResultNoMatch;
    if (FcFontSet *sorted = FcFontSort(config, pattern, FcTrue, nullptr, &result)) {
        collect(sorted, files, seen);
        FcFontSetDestroy(sorted);
    }
    FcPatternDestroy(pattern);
}

} // namespace

FontMemory FontMemory::takeOver()
{
    FontMemory memory;
    std::unordered_set<std::string> seen;
    if (FcConfig *everything = FcInitLoadConfigAndFonts()) {
        const FcFontSet *all = FcConfigGetFonts(everything, FcSetSystem);
        if (all && std::size_t(all->nfont) > MostFiles) {
            for (const char *family : {"sans-serif", "serif", "monospace"})
                collectBest(everything, family, memory.m_files, seen);
        }
        collect(all, memory.m_files, seen);
        FcConfigDestroy(everything);
    }
    FcConfig *rules = FcConfigCreate();
    FcConfigParseAndLoadFromMemory(rules, reinterpret_cast<const FcChar8 *>(RulesWithoutFolders), FcFalse);
    FcConfigBuildFonts(rules);
    FcConfigSetCurrent(rules);
    FcConfigDestroy(rules); // fontconfig keeps its own reference
    return memory;
}

int FontMemory::load() const
{
    std::size_t loaded = 0;
    for (const std::string &file : m_files) {
        if (loaded == MostFiles)
            return int(m_files.size() - loaded);
        const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat status = {};
        if (fd < 0 || ::fstat(fd, &status) < 0 || status.st_size <= 0) {
            if (fd >= 0)
                ::close(fd);
            continue;
        }
        // Stays mapped as long as the process: its pages are the page cache's, shared with everybody.
        void *bytes = ::mmap(nullptr, std::size_t(status.st_size), PROT_READ, MAP_PRIVATE, fd, 0);
        ::close(fd);
        if (bytes == MAP_FAILED)
            continue;
        QFontDatabase::addApplicationFontFromData(
            QByteArray::fromRawData(static_cast<const char *>(bytes), status.st_size));
        ++loaded;
    }
    return 0;
}

} // namespace bulkhead
