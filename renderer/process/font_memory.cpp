// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/process/font_memory.h"

#include <atomic>
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_map>

namespace bulkhead {

namespace {

/// A process may have 65,530 mappings (vm.max_map_count).
constexpr std::size_t MostFiles = 20'000;

struct Mapping
{
    const FT_Byte *bytes = nullptr;
    FT_Long size = 0;
};

/// Filled once, before there is a second thread. A function's static: FT_New_Face() may be called before anything of
/// ours.
std::unordered_map<std::string, Mapping> &mappings()
{
    static std::unordered_map<std::string, Mapping> table;
    return table;
}

std::atomic<bool> served{false};

void map(const std::string &file)
{
    if (mappings().size() >= MostFiles || mappings().count(file) > 0)
        return;
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    struct stat status = {};
    if (::fstat(fd, &status) == 0 && status.st_size > 0) {
        void *bytes = ::mmap(nullptr, std::size_t(status.st_size), PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes != MAP_FAILED)
            mappings()[file] = {static_cast<const FT_Byte *>(bytes), FT_Long(status.st_size)};
    }
    ::close(fd);
}

} // namespace

void holdFontsInMemory()
{
    FcConfig *config = FcConfigGetCurrent();
    const FcFontSet *fonts = FcConfigGetFonts(config, FcSetSystem);
    for (int i = 0; fonts && i < fonts->nfont; ++i) {
        FcChar8 *file = nullptr;
        if (FcPatternGetString(fonts->fonts[i], FC_FILE, 0, &file) == FcResultMatch)
            map(reinterpret_cast<const char *>(file));
    }
    FcConfigSetRescanInterval(config, 0);
}

bool fontsCameFromMemory()
{
    return served;
}

} // namespace bulkhead

/// In place of FreeType's own, for every library in this process: exported because they refer to it.
extern "C" __attribute__((visibility("default"))) FT_Error FT_New_Face(FT_Library library, const char *file,
                                                                       FT_Long index, FT_Face *face)
{
    FT_Open_Args from = {};
    const auto mapped = bulkhead::mappings().find(file ? file : "");
    if (mapped != bulkhead::mappings().end()) {
        bulkhead::served = true;
        from.flags = FT_OPEN_MEMORY;
        from.memory_base = mapped->second.bytes;
        from.memory_size = mapped->second.size;
    } else {
        from.flags = FT_OPEN_PATHNAME;
        from.pathname = const_cast<FT_String *>(file);
    }
    return FT_Open_Face(library, &from, index, face);
}
