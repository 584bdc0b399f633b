// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/traffic/traffic_filter.h"

#include <algorithm>

#include <QCoreApplication>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("TrafficFilter", source);
}

bool compares(qint64 value, char how, qint64 with)
{
    return how == '>' ? value > with : how == '<' ? value < with : value == with;
}

bool contains(const MessageField &field, const QString &text)
{
    return field.name.contains(text, Qt::CaseInsensitive) || field.value.contains(text, Qt::CaseInsensitive) ||
           std::any_of(field.fields.begin(), field.fields.end(),
                       [&text](const auto &child) { return contains(*child, text); });
}

} // namespace

bool hasFieldText(const TrafficMessage &message, const QString &text)
{
    return contains(*message.fields(), text);
}

std::optional<TrafficFilter> TrafficFilter::parse(const QString &text, QString *error)
{
    using What = Term::What;
    static const QHash<QString, What> Words{
        {QStringLiteral("name"), What::Name},   {QStringLiteral("pid"), What::Pid},
        {QStringLiteral("dir"), What::Way},     {QStringLiteral("kind"), What::Kind},
        {QStringLiteral("bytes"), What::Bytes}, {QStringLiteral("fds"), What::Descriptors},
        {QStringLiteral("field"), What::Field}};
    TrafficFilter filter;
    for (QString word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        Term term;
        if (word.startsWith(QLatin1Char('-'))) {
            term.negated = true;
            word.remove(0, 1);
        }
        const qsizetype colon = word.indexOf(QLatin1Char(':'));
        if (colon >= 0) {
            const auto what = Words.constFind(word.left(colon).toLower());
            if (what == Words.constEnd()) {
                *error = tr("“%1” is none of name, pid, dir, kind, bytes, fds, field.").arg(word.left(colon));
                return {};
            }
            term.what = *what;
            word.remove(0, colon + 1);
        }
        term.text = word;
        if (term.what == What::Pid || term.what == What::Bytes || term.what == What::Descriptors) {
            QString number = word;
            if (number.startsWith(QLatin1Char('>')) || number.startsWith(QLatin1Char('<')) ||
                number.startsWith(QLatin1Char('='))) {
                term.compare = number[0].toLatin1();
                number.remove(0, 1);
            }
            bool ok = false;
            term.number = number.toLongLong(&ok);
            if (!ok) {
                *error = tr("“%1” is no number.").arg(number);
                return {};
            }
        }
        const QStringList allowed =
            term.what == What::Way ? QStringList{QStringLiteral("sent"), QStringLiteral("received")}
            : term.what == What::Kind
                ? QStringList{QStringLiteral("message"), QStringLiteral("request"), QStringLiteral("reply")}
                : QStringList();
        if (!allowed.isEmpty() && !allowed.contains(word)) {
            *error = tr("“%1” is none of %2.").arg(word, allowed.join(QStringLiteral(", ")));
            return {};
        }
        if (!word.isEmpty())
            filter.m_terms << term;
    }
    return filter;
}

bool TrafficFilter::fits(const Term &term, const TrafficMessage &message)
{
    using What = Term::What;
    switch (term.what) {
    case What::Name:
        return message.name().contains(term.text, Qt::CaseInsensitive);
    case What::Pid:
        return compares(message.pid, term.compare, term.number);
    case What::Way:
        return (term.text == QLatin1String("sent")) == (message.way == TrafficMessage::Way::Sent);
    case What::Kind:
        return term.text == QLatin1String(message.kind == PacketKind::Request ? "request"
                                          : message.kind == PacketKind::Reply ? "reply"
                                                                              : "message");
    case What::Bytes:
        return compares(message.bytes, term.compare, term.number);
    case What::Descriptors:
        return compares(message.fds, term.compare, term.number);
    case What::Field:
        return hasFieldText(message, term.text);
    }
    return false;
}

bool TrafficFilter::accepts(const TrafficMessage &message) const
{
    if (m_thread.kind != TrafficThread::Kind::None && !message.isIn(m_thread))
        return false;
    return std::all_of(m_terms.begin(), m_terms.end(),
                       [&message](const Term &term) { return fits(term, message) != term.negated; });
}

bool TrafficFilter::accepts(const TrafficFrame &frame) const
{
    if (m_thread.kind != TrafficThread::Kind::None && !frame.isIn(m_thread))
        return false;
    return std::all_of(m_terms.begin(), m_terms.end(), [&frame](const Term &term) {
        return term.what != Term::What::Pid || compares(frame.pid, term.compare, term.number) != term.negated;
    });
}

} // namespace bulkhead
