// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

namespace bulkhead {

/// `bulkhead plugin validate`: puts a plugin through what it will meet, in real processes in the real sandbox: manifest
/// against library, life cycles in every order, sizes and scales, parts painted against the whole, broken content,
/// denied permissions, leaks. Needs a QGuiApplication. Prints a line for every check.
class PluginValidation
{
public:
    struct Options
    {
        QString document; ///< a good one of the plugin's type; without one a made-up text serves
        quint32 seed = 1; ///< of everything random
        bool json = false;
    };

    PluginValidation(QString folder, Options options);

    /// 0 when every check is passed.
    int run();

private:
    const QString m_folder;
    const Options m_options;
};

} // namespace bulkhead
