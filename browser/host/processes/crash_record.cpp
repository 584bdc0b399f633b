// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/crash_record.h"

#include <algorithm>
#include <cstring>

namespace bulkhead {

namespace {

constexpr qsizetype MaxModules = 500;

QList<CrashRecord::Module> parseTable(const QByteArray &table)
{
    QList<CrashRecord::Module> modules;
    const QList<QByteArray> lines = table.split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() < 4 || modules.size() >= MaxModules)
            continue;
        CrashRecord::Module module;
        module.start = words[0].toULongLong(nullptr, 16);
        module.end = words[1].toULongLong(nullptr, 16);
        module.base = words[2].toULongLong(nullptr, 16);
        module.path = QString::fromLocal8Bit(words.mid(3).join(' '));
        if (module.start < module.end && module.base <= module.start)
            modules << module;
    }
    return modules;
}

} // namespace

std::optional<CrashRecord> CrashRecord::parse(QByteArrayView bytes, qsizetype *used)
{
    *used = 0;
    crash::Record raw;
    if (bytes.size() < qsizetype(sizeof raw))
        return {};
    std::memcpy(&raw, bytes.data(), sizeof raw);
    const bool isKnown = raw.magic == crash::Magic && raw.version == crash::Version &&
                         (raw.kind == crash::Kind::Crash || raw.kind == crash::Kind::Capture) && raw.signal >= 0 &&
                         raw.signal <= 64 && raw.frameCount <= crash::MaxFrames &&
                         raw.tableBytes <= crash::MaxTableBytes;
    if (!isKnown) {
        *used = bytes.size();
        return {};
    }
    if (bytes.size() < qsizetype(sizeof raw + raw.tableBytes))
        return {};
    *used = qsizetype(sizeof raw + raw.tableBytes);
    CrashRecord record;
    record.kind = raw.kind;
    record.signal = raw.signal;
    record.code = raw.code;
    record.faultAddress = raw.faultAddress;
    record.sender = raw.sender;
    record.thread = raw.thread;
    record.registers = QList<quint64>(std::begin(raw.registers), std::end(raw.registers));
    record.frames = QList<quint64>(raw.frames, raw.frames + raw.frameCount);
    record.modules = parseTable(bytes.sliced(sizeof raw, qsizetype(raw.tableBytes)).toByteArray());
    return record;
}

} // namespace bulkhead
