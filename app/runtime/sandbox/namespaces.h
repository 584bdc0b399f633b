// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/messages/sandbox.pb.h"

#include <cstdint>

namespace bulkhead::sandbox {

/// Moves the zygote, which must have one thread, into new namespaces as @p mode says: user (USER_NAMESPACE only),
/// mount, network, IPC, UTS and cgroup. Root becomes nobody first: a process of root's would be exempt from limits even
/// inside a user namespace. An error leaves the process half way and fit for nothing but to end.
Result<void> enterNamespaces(wire::SandboxMode mode);

/// Replaces everything that the zygote can name by an empty read-only file system with one empty folder, EmptyFolder.
/// What is mapped or open stays usable.
Result<void> leaveFileSystem();
inline constexpr char EmptyFolder[] = "/e";

/// For fork servers that stay in the file system because each of their children needs other libraries: makes the empty
/// file system, aside, so that children can go there, each by itself and later.
Result<void> prepareEmptyFileSystem();
/// Does so in a child: as leaveFileSystem(), but in EmptyFolder there is DescriptorFolder, which holds this process's
/// descriptors as /proc/self/fd does.
Result<void> leaveFileSystemButDescriptors();
/// As it is called once EmptyFolder is the root.
inline constexpr char DescriptorFolder[] = "/f";

/// clone3 flags with which the zygote makes a child in namespaces of its own.
std::uint64_t childNamespaces(wire::SandboxMode mode);

/// Notes in @p report which namespaces this process is in. @p procFd is a descriptor of the machine's /proc.
void noteNamespaces(int procFd, wire::SandboxReport &report);

/// ROOT_NAMESPACES: the child gives up root for nobody. Call after chroot, before capabilities are dropped.
Result<void> becomeNobody();

} // namespace bulkhead::sandbox
