// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/privileges.h"

#include <cerrno>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::sandbox {

Result<void> forbidNewPrivileges()
{
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return fail("PR_SET_NO_NEW_PRIVS");
    return {};
}

Result<void> dropCapabilities()
{
    for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
        // EPERM: no right to, because there is none to drop any more.
        if (::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0 && errno != EPERM)
            return fail("PR_CAPBSET_DROP");
    }
    ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    constexpr unsigned long Locked = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                                     SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
                                     SECBIT_NO_CAP_AMBIENT_RAISE | SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
    ::prctl(PR_SET_SECUREBITS, Locked, 0, 0, 0); // refused without CAP_SETPCAP, where they matter little
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct none[2] = {};
    if (::syscall(SYS_capset, &header, none) < 0)
        return fail("capset");
    __user_cap_data_struct left[2] = {};
    if (::syscall(SYS_capget, &header, left) < 0)
        return fail("capget");
    for (const __user_cap_data_struct &half : left) {
        if (half.effective != 0 || half.permitted != 0 || half.inheritable != 0)
            return fail(Error{"capabilities are left", EPERM});
    }
    return {};
}

Result<void> becomeUndumpable()
{
    if (::prctl(PR_SET_DUMPABLE, 0) < 0)
        return fail("PR_SET_DUMPABLE");
    return {};
}

} // namespace bulkhead::sandbox
