// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/place.h"

#include "ipc/core/unique_fd.h"

#include <fcntl.h>
#include <map>
#include <sys/ipc.h>
#include <utility>

namespace bulkhead::lab {

Result<key_t> Place::key(char letter) const
{
    static std::map<std::pair<std::string, char>, key_t> known;
    const std::string file = path("key");
    if (const auto it = known.find({file, letter}); it != known.end())
        return it->second;
    const UniqueFd exists(::open(file.c_str(), O_CREAT | O_RDONLY | O_CLOEXEC, 0600));
    if (!exists)
        return fail("open " + file);
    const key_t made = ::ftok(file.c_str(), letter);
    if (made == -1)
        return fail("ftok");
    known[{file, letter}] = made;
    return made;
}

} // namespace bulkhead::lab
