// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

#include <string_view>

/// What a test needs of the machine, and a sentence for why it is not there; empty where it is. Found out without the
/// code that is tested and by nothing that it says: where the machine has what is needed, the test goes on, and
/// whatever is wrong then fails it.
///     SKIP_WHEN_LACKING(lacking::tracing());
namespace bulkhead::lacking {

/// Tracing one's own children.
QString tracing();
/// Filters for system calls that ask a listener.
QString callListeners();
/// Namespaces: root's own, or an ordinary user's in a user namespace.
QString namespaces();
/// Network namespaces, and the command that makes them.
QString networkNamespaces();
/// A program on the path, and the package that has it.
QString program(const char *name, const char *package);
/// Documents of a package of Debian's, which may be installed without them.
QString documents(const char *package);
/// The same for one file, a document of the packages that tests/run installs.
QString document(const QString &file);
/// What a mechanism of the IPC lab stands on beside the kernel calls that every machine has.
QString mechanism(std::string_view name);

} // namespace bulkhead::lacking

#define SKIP_WHEN_LACKING(what)                                                                                        \
    do {                                                                                                               \
        if (const QString lacks = (what); !lacks.isEmpty())                                                            \
            QSKIP(qPrintable(lacks));                                                                                  \
    } while (false)
