// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/settings/old_settings.h"

#include "browser/desktop/settings/setting_keys.h"
#include "browser/pages/fetch/safe_file.h"

#include <cerrno>
#include <optional>

namespace bulkhead {

namespace {

constexpr qint64 MostBytes = 4 << 20;

/// What QSettings writes as \a, \n and so on, or nothing for another letter.
std::optional<char16_t> namedCharacter(QChar letter)
{
    constexpr QLatin1String Letters("abfnrtv\"\\0");
    constexpr char16_t Meant[] = u"\a\b\f\n\r\t\v\"\\\0";
    const qsizetype at = Letters.indexOf(letter);
    return at < 0 ? std::optional<char16_t>() : Meant[at];
}

/// The text between the quotation marks, or all of it when there are none. Nothing for what QSettings never writes as
/// one value: a list.
std::optional<QString> unescaped(QString text)
{
    const bool isQuoted = text.size() >= 2 && text.startsWith(u'"') && text.endsWith(u'"');
    if (isQuoted)
        text = text.mid(1, text.size() - 2);
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'"' || (text[i] == u',' && !isQuoted))
            return {};
        if (text[i] != u'\\') {
            plain += text[i];
            continue;
        }
        if (++i == text.size())
            return {};
        if (text[i] != u'x') {
            const std::optional<char16_t> meant = namedCharacter(text[i]);
            if (!meant)
                return {};
            plain += QChar(*meant);
            continue;
        }
        qsizetype end = i + 1;
        while (end < text.size() && end < i + 5 &&
               QByteArray("0123456789abcdefABCDEF").contains(text[end].toLatin1()) && text[end].unicode() < 128)
            ++end;
        if (end == i + 1)
            return {};
        plain += QChar(ushort(QStringView(text).mid(i + 1, end - i - 1).toUInt(nullptr, 16)));
        i = end - 1;
    }
    return plain;
}

/// Bytes were written as text, each byte a character.
std::optional<QByteArray> bytesFrom(const QString &value)
{
    const QLatin1String before("@ByteArray(");
    if (!value.startsWith(before) || !value.endsWith(u')'))
        return {};
    return value.mid(before.size(), value.size() - before.size() - 1).toLatin1();
}

/// Adds what @p key had as @p value in the old file. What cannot be is left out.
void take(QJsonObject &settings, const SettingKey<QByteArray> &key, const QString &value)
{
    const std::optional<QByteArray> bytes = bytesFrom(value);
    if (bytes && SettingCodec<QByteArray>::fits(*bytes, key.bounds))
        settings.insert(key.key(), SettingCodec<QByteArray>::toJson(*bytes));
}

void take(QJsonObject &settings, const SettingKey<int> &key, const QString &value)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (isNumber && SettingCodec<int>::fits(number, key.bounds))
        settings.insert(key.key(), SettingCodec<int>::toJson(number));
}

} // namespace

Result<QJsonObject> readOldSettings(const QString &iniFile)
{
    if (iniFile.isEmpty())
        return fail(Error{"there is none", ENOENT});
    const Result<QByteArray> bytes = safe_file::read(iniFile, MostBytes);
    if (!bytes)
        return tl::unexpected(bytes.error());
    QJsonObject settings;
    bool isOfWindow = false;
    const QStringList lines = QString::fromUtf8(*bytes).split(u'\n');
    for (const QString &whole : lines) {
        const QString line = whole.trimmed();
        if (line.startsWith(u'['))
            isOfWindow = line == u"[window]";
        const qsizetype sign = line.indexOf(u'=');
        if (!isOfWindow || sign < 0)
            continue;
        const QString name = line.left(sign).trimmed();
        const std::optional<QString> value = unescaped(line.mid(sign + 1).trimmed());
        if (!value)
            continue;
        if (name == u"geometry")
            take(settings, setting::WindowGeometry, *value);
        else if (name == u"panelWidth")
            take(settings, setting::PanelWidth, *value);
        else if (name == u"tools")
            take(settings, setting::ToolDocks, *value);
    }
    return settings;
}

} // namespace bulkhead
