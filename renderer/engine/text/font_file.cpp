// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/font_file.h"

#include "renderer/engine/text/inflate.h"

#include <QtEndian>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace bulkhead::engine {

namespace {

constexpr std::uint32_t Woff = 0x774f4646, TrueType = 0x00010000, OpenType = 0x4f54544f, AppleTrueType = 0x74727565;
constexpr std::uint32_t Collection = 0x74746366;
constexpr qsizetype LargestFont = 32 << 20;
constexpr qsizetype MostTables = 128;

std::uint32_t read32(const QByteArray &data, qsizetype at)
{
    return qFromBigEndian<std::uint32_t>(data.constData() + at);
}

std::uint16_t read16(const QByteArray &data, qsizetype at)
{
    return qFromBigEndian<std::uint16_t>(data.constData() + at);
}

void append32(QByteArray &out, std::uint32_t value)
{
    char bytes[4];
    qToBigEndian(value, bytes);
    out.append(bytes, 4);
}

void append16(QByteArray &out, std::uint16_t value)
{
    char bytes[2];
    qToBigEndian(value, bytes);
    out.append(bytes, 2);
}

/// The table's bytes; empty when the entry lies.
QByteArray tableOf(const QByteArray &woff, qsizetype entry)
{
    const qsizetype offset = read32(woff, entry + 4), packed = read32(woff, entry + 8), size = read32(woff, entry + 12);
    if (size == 0 || size > LargestFont || packed > size || offset > woff.size() || packed > woff.size() - offset)
        return {};
    const QByteArray bytes = woff.mid(offset, packed);
    return packed == size ? bytes : inflateZlib(bytes, size);
}

/// WOFF 1.0 4 and 5: the same tables, each compressed on its own.
QByteArray unpackWoff(const QByteArray &woff)
{
    constexpr qsizetype HeaderSize = 44, EntrySize = 20;
    if (woff.size() < HeaderSize)
        return {};
    const qsizetype count = read16(woff, 12);
    if (count == 0 || count > MostTables || woff.size() < HeaderSize + count * EntrySize)
        return {};
    QByteArray out, body;
    append32(out, read32(woff, 4));
    append16(out, std::uint16_t(count));
    const int log = 31 - int(qCountLeadingZeroBits(std::uint32_t(count)));
    append16(out, std::uint16_t(16 << log));
    append16(out, std::uint16_t(log));
    append16(out, std::uint16_t(count * 16 - (16 << log)));
    const qsizetype start = 12 + count * 16;
    for (qsizetype i = 0; i < count; ++i) {
        const qsizetype entry = HeaderSize + i * EntrySize;
        const QByteArray table = tableOf(woff, entry);
        if (body.size() + table.size() > LargestFont)
            return {};
        append32(out, read32(woff, entry));
        append32(out, read32(woff, entry + 16));
        append32(out, std::uint32_t(start + body.size()));
        append32(out, std::uint32_t(table.size()));
        body.append(table);
        body.append(QByteArray((4 - body.size() % 4) % 4, '\0'));
    }
    return out + body;
}

} // namespace

QByteArray sfntOf(const QByteArray &file)
{
    if (file.size() < 12 || file.size() > LargestFont)
        return {};
    switch (read32(file, 0)) {
    case TrueType:
    case OpenType:
    case AppleTrueType:
    case Collection:
        return file;
    case Woff:
        return unpackWoff(file);
    default:
        return {};
    }
}

} // namespace bulkhead::engine
