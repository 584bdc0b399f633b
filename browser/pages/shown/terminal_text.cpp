// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/shown/terminal_text.h"

#include <unistd.h>

namespace bulkhead {

QByteArray forStandardOutput(const QString &text)
{
    return forOutput(text, ::isatty(STDOUT_FILENO) ? StandardOutput::Terminal : StandardOutput::File);
}

QByteArray forOutput(const QString &text, StandardOutput output)
{
    if (output == StandardOutput::File)
        return text.toUtf8();
    QString harmless = text;
    for (QChar &c : harmless) {
        const bool steers =
            (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t') || c.category() == QChar::Other_Format;
        if (steers)
            c = QChar::ReplacementCharacter;
    }
    return harmless.toUtf8();
}

} // namespace bulkhead
