// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/font_families.h"

#include <QFontDatabase>
#include <QHash>

namespace bulkhead {

namespace {

const QStringList &relativesOf(const QString &family)
{
    static const QStringList sans{QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"),
                                  QStringLiteral("Liberation Sans"), QStringLiteral("Nimbus Sans")};
    static const QStringList serif{QStringLiteral("Noto Serif"), QStringLiteral("DejaVu Serif"),
                                   QStringLiteral("Liberation Serif"), QStringLiteral("Nimbus Roman")};
    static const QStringList mono{QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans Mono"),
                                  QStringLiteral("Liberation Mono"), QStringLiteral("Nimbus Mono PS")};
    static const QStringList arial{QStringLiteral("Liberation Sans"), QStringLiteral("Arimo"),
                                   QStringLiteral("Nimbus Sans"), QStringLiteral("Noto Sans"),
                                   QStringLiteral("DejaVu Sans")};
    static const QStringList times{QStringLiteral("Liberation Serif"), QStringLiteral("Tinos"),
                                   QStringLiteral("Nimbus Roman"), QStringLiteral("Noto Serif"),
                                   QStringLiteral("DejaVu Serif")};
    static const QStringList courier{QStringLiteral("Liberation Mono"), QStringLiteral("Cousine"),
                                     QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Noto Sans Mono")};
    static const QStringList verdana{QStringLiteral("DejaVu Sans"), QStringLiteral("Noto Sans"),
                                     QStringLiteral("Liberation Sans")};
    static const QStringList georgia{QStringLiteral("Gelasio"), QStringLiteral("Noto Serif"),
                                     QStringLiteral("DejaVu Serif"), QStringLiteral("Liberation Serif")};
    static const QStringList none;
    static const QHash<QString, const QStringList *> table{
        {QStringLiteral("sans-serif"), &sans},
        {QStringLiteral("system-ui"), &sans},
        {QStringLiteral("ui-sans-serif"), &sans},
        {QStringLiteral("-apple-system"), &sans},
        {QStringLiteral("blinkmacsystemfont"), &sans},
        {QStringLiteral("cursive"), &sans},
        {QStringLiteral("fantasy"), &sans},
        {QStringLiteral("segoe ui"), &sans},
        {QStringLiteral("roboto"), &sans},
        {QStringLiteral("open sans"), &sans},
        {QStringLiteral("inter"), &sans},
        {QStringLiteral("lato"), &sans},
        {QStringLiteral("calibri"), &sans},
        {QStringLiteral("emoji"), &sans},
        {QStringLiteral("serif"), &serif},
        {QStringLiteral("ui-serif"), &serif},
        {QStringLiteral("math"), &serif},
        {QStringLiteral("cambria"), &serif},
        {QStringLiteral("monospace"), &mono},
        {QStringLiteral("ui-monospace"), &mono},
        {QStringLiteral("consolas"), &mono},
        {QStringLiteral("menlo"), &mono},
        {QStringLiteral("monaco"), &mono},
        {QStringLiteral("sfmono-regular"), &mono},
        {QStringLiteral("sf mono"), &mono},
        {QStringLiteral("lucida console"), &mono},
        {QStringLiteral("andale mono"), &mono},
        {QStringLiteral("bitstream vera sans mono"), &mono},
        {QStringLiteral("arial"), &arial},
        {QStringLiteral("helvetica"), &arial},
        {QStringLiteral("helvetica neue"), &arial},
        {QStringLiteral("times"), &times},
        {QStringLiteral("times new roman"), &times},
        {QStringLiteral("courier"), &courier},
        {QStringLiteral("courier new"), &courier},
        {QStringLiteral("verdana"), &verdana},
        {QStringLiteral("tahoma"), &verdana},
        {QStringLiteral("geneva"), &verdana},
        {QStringLiteral("trebuchet ms"), &verdana},
        {QStringLiteral("lucida grande"), &verdana},
        {QStringLiteral("lucida sans unicode"), &verdana},
        {QStringLiteral("bitstream vera sans"), &verdana},
        {QStringLiteral("georgia"), &georgia},
        {QStringLiteral("palatino"), &georgia},
        {QStringLiteral("palatino linotype"), &georgia},
        {QStringLiteral("garamond"), &georgia},
    };
    return *table.value(family, &none);
}

const QHash<QString, QString> &installed()
{
    static const QHash<QString, QString> byLowerCase = [] {
        QHash<QString, QString> families;
        for (const QString &family : QFontDatabase::families()) {
            // "Name [foundry]" when two foundries offer one name
            const QString name = family.section(QStringLiteral(" ["), 0, 0);
            families.insert(name.toLower(), name);
        }
        return families;
    }();
    return byLowerCase;
}

} // namespace

QStringList installedFamilies(QStringView cssFontFamily)
{
    QStringList out;
    const auto add = [&](const QString &family) {
        const auto found = installed().constFind(family.toLower());
        if (found != installed().cend() && !out.contains(*found))
            out.append(*found);
    };
    int considered = 0;
    for (QStringView part : cssFontFamily.split(u',')) {
        if (++considered > 16)
            break;
        part = part.trimmed();
        if (part.size() >= 2 && (part.front() == u'"' || part.front() == u'\''))
            part = part.sliced(1, part.size() - 2).trimmed();
        const QString family = part.toString().toLower();
        add(family);
        for (const QString &relative : relativesOf(family))
            add(relative);
    }
    const QString last = QStringLiteral("sans-serif");
    for (const QString &family : relativesOf(last))
        add(family);
    if (out.isEmpty())
        out.append(last);
    return out;
}

} // namespace bulkhead
