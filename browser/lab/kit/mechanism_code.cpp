// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/mechanism_code.h"

#include <QFile>
#include <QStringList>

#include <algorithm>

static void initializeCode()
{
    Q_INIT_RESOURCE(mechanism_code);
}

namespace bulkhead {

namespace {

/// Without the indentation that all lines have.
QString outdented(const QString &code)
{
    QStringList lines = code.split(u'\n');
    qsizetype least = code.size();
    for (const QString &line : std::as_const(lines)) {
        qsizetype spaces = 0;
        while (spaces < line.size() && line[spaces] == u' ')
            ++spaces;
        if (spaces < line.size())
            least = std::min(least, spaces);
    }
    for (QString &line : lines)
        line.remove(0, std::min(least, line.size()));
    return lines.join(u'\n');
}

/// The marked parts of ipc/mechanisms/NAME.cpp, and what else it includes.
QString marked(const QString &name, QStringList *also)
{
    static const bool initialized = (initializeCode(), true);
    Q_UNUSED(initialized)
    QFile file(QStringLiteral(":/bulkhead/mechanisms/%1.txt").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(file.readAll());
    if (also)
        *also = text.section(u'\n', 0, 0).mid(5).split(u' ', Qt::SkipEmptyParts);
    return outdented(text.section(u'\n', 1));
}

/// Of a pair such as posix-shm+futex, the memory's file; the other is the pair's source.
QString regionOf(const QString &mechanism)
{
    const QString memory = mechanism.section(u'+', 0, 0);
    if (!mechanism.contains(u'+'))
        return {};
    return memory == u"sysv-shm"    ? QStringLiteral("region_sysv")
           : memory == u"posix-shm" ? QStringLiteral("region_posix")
           : memory == u"memfd"     ? QStringLiteral("region_memfd")
                                    : QStringLiteral("region_file");
}

} // namespace

QList<CodePart> mechanismCode(const QString &mechanism, const QString &source)
{
    QStringList also;
    QString own = source.section(u'/', -1);
    own.chop(4); // ".cpp"
    const QString first = marked(own, &also);
    QStringList names = also;
    if (mechanism.contains(u'+'))
        names = QStringList{regionOf(mechanism), QStringLiteral("shared_memory")} + also;
    names.removeAll(own);
    names.removeDuplicates();
    QList<CodePart> parts{{source, first}};
    for (const QString &name : names) {
        const QString code = marked(name, nullptr);
        if (!code.isEmpty())
            parts.append({QStringLiteral("ipc/lab/mechanisms/%1.cpp").arg(name), code});
    }
    return parts;
}

} // namespace bulkhead
