// SPDX-License-Identifier: BSD-3-Clause
// Rights: none may be gained, and no door out of the namespaces be opened.
#include "tests/system/sandbox/attack.h"

#include <cerrno>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/prctl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::attack {

std::vector<Attack> privilegeAttacks()
{
    static constexpr char G[] = "privilege";
    static __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    static __user_cap_data_struct data[2];
    return {
        killed(G, "setuid", SYS_setuid, {0}),
        killed(G, "setgid", SYS_setgid, {0}),
        killed(G, "setreuid", SYS_setreuid, {0, 0}),
        killed(G, "setresuid", SYS_setresuid, {0, 0, 0}),
        killed(G, "setresgid", SYS_setresgid, {0, 0, 0}),
        killed(G, "setfsuid", SYS_setfsuid, {0}),
        killed(G, "setgroups", SYS_setgroups, {0, 0}),
        killed(G, "getgroups", SYS_getgroups, {0, 0}),
        killed(G, "capset", SYS_capset, {at(&header), Nowhere}),
        killed(G, "capget", SYS_capget, {at(&header), at(data)}),
        killed(G, "raise a capability for programs", SYS_prctl, {PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 0, 0, 0}),
        killed(G, "set secure bits", SYS_prctl, {PR_SET_SECUREBITS, 0}),
        killed(G, "keep capabilities", SYS_prctl, {PR_SET_KEEPCAPS, 1}),
        killed(G, "another filter", SYS_seccomp, {99, 0, 0}),
        killed(G, "another filter by prctl", SYS_prctl, {PR_SET_SECCOMP, 99, 0}),
        killed(G, "look at the filter", SYS_prctl, {PR_GET_SECCOMP}),
        killed(G, "speculation controls", SYS_prctl, {PR_SET_SPECULATION_CTRL, 99, 99, 0, 0}),
        killed(G, "unshare the user namespace", SYS_unshare, {CLONE_NEWUSER}),
        killed(G, "unshare mounts", SYS_unshare, {CLONE_NEWNS}),
        killed(G, "unshare the network", SYS_unshare, {CLONE_NEWNET}),
        killed(G, "unshare descriptors", SYS_unshare, {CLONE_FILES}),
        killed(G, "setns", SYS_setns, {-1, 0}),
        killed(G, "a Landlock ruleset", SYS_landlock_create_ruleset, {0, 0, 1}),
        killed(G, "landlock_add_rule", SYS_landlock_add_rule, {-1, 1, Nowhere, 0}),
        killed(G, "landlock_restrict_self", SYS_landlock_restrict_self, {-1, 0}),
        killed(G, "setrlimit", SYS_setrlimit, {RLIMIT_NOFILE, Nowhere}),
        killed(G, "change its own limits", SYS_prlimit64, {0, RLIMIT_DATA, Nowhere, 0}),
        killed(G, "add_key", SYS_add_key, {Nowhere, Nowhere, Nowhere, 1, 0}),
        killed(G, "request_key", SYS_request_key, {Nowhere, Nowhere, 0, 0}),
        killed(G, "keyctl", SYS_keyctl, {KEYCTL_GET_KEYRING_ID, 0, 0}),
    };
}

} // namespace bulkhead::attack
