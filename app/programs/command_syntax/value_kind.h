// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace bulkhead {

/// "1073741824", "64K", "2MB", "1G": one kilobyte is 1024 bytes, and nothing is more than 1T.
std::optional<quint64> parseBytes(const QString &text);
/// "1.5" in @p unit seconds, or with a unit of its own: us, ms, s, min, h. In seconds.
std::optional<double> parseDuration(const QString &text, double unit = 1);
/// "1280x800"
std::optional<QSize> parseSize(const QString &text);
/// 65536 as "64K": how sizes are typed.
QString typedBytes(quint64 bytes);

/// What the value of an option, or a word, may be. Whatever reads one is checked here, and help, sentences about
/// mistakes and completions are made of the same.
class ValueKind
{
public:
    enum class Type { Text, Whole, Real, Bytes, Duration, Size, Choice, File, Folder };

    static ValueKind text() { return ValueKind(Type::Text); }
    static ValueKind whole(qint64 least, qint64 most) { return ValueKind(Type::Whole, double(least), double(most)); }
    static ValueKind real(double least, double most) { return ValueKind(Type::Real, least, most); }
    static ValueKind bytes(quint64 least, quint64 most) { return ValueKind(Type::Bytes, double(least), double(most)); }
    /// @p least and @p most in seconds.
    static ValueKind seconds(double least, double most) { return ValueKind(Type::Duration, least, most); }
    /// The same for an option that counts in millionths: @p least and @p most are such.
    static ValueKind microseconds(double least, double most);
    static ValueKind size(int leastEdge, int mostEdge) { return ValueKind(Type::Size, leastEdge, mostEdge); }
    static ValueKind choice(const QStringList &choices);
    static ValueKind file() { return ValueKind(Type::File); }
    static ValueKind folder() { return ValueKind(Type::Folder); }

    /// Several, with commas between.
    ValueKind list() const;
    /// No part of a second counts.
    ValueKind wholeOnly() const;
    /// @p word is as good, such as "0" or "max".
    ValueKind orWord(const QString &word) const;
    /// Completions that are no limits.
    ValueKind suggesting(const QStringList &words) const;

    Type type() const { return m_type; }
    bool isList() const { return m_isList; }
    /// How many seconds 1 without a unit is.
    double unit() const { return m_unit; }
    /// What can be completed besides files.
    QStringList suggestions() const;
    /// "a number from 1 to 1000"; empty for what may be anything.
    QString expected() const;
    /// The part of @p text that is not as expected.
    std::optional<QString> mistake(const QString &text) const;

private:
    explicit ValueKind(Type type, double least = 0, double most = 0) : m_type(type), m_least(least), m_most(most) {}
    bool accepts(const QString &text) const;
    bool isInRange(std::optional<double> value) const;

    Type m_type;
    double m_least;
    double m_most;
    double m_unit = 1;
    bool m_isList = false;
    bool m_wholeOnly = false;
    QString m_word;
    QStringList m_choices;     ///< of Type::Choice
    QStringList m_suggestions; ///< of any other
};

} // namespace bulkhead
