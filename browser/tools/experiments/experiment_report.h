// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/experiments/experiment_file.h"

#include <QDateTime>
#include <QJsonObject>

namespace bulkhead {

/// What an experiment needs from outside to be graded: what the learner predicted. Plain value.
struct ExperimentAnswers
{
    QString learner;
    quint32 seed = 0;               ///< 0: none said
    QMap<QString, QString> answers; ///< by question; tabs' names sorted, with spaces between

    /// {"learner", "seed", "answers": {QUESTION: KEY or [TAB, ...]}}; an empty sentence, or what is wrong with it.
    static QString read(const QByteArray &json, ExperimentAnswers *answers);
};

/// What happened in one run, judged. Plain value.
struct ExperimentReport
{
    struct Event
    {
        qint64 milliseconds = 0; ///< since the run began
        QString text;
    };
    struct Check
    {
        QString say, expected, actual;
        bool passed = false;
    };
    struct Question
    {
        QString name, text, answer, truth; ///< texts for people
        bool answered = false;
        bool right = false;
    };

    QString experiment, title, goal, explanation, learner;
    quint32 seed = 0;
    QDateTime started;
    qint64 milliseconds = 0;
    QString trouble; ///< why the run could not be finished; empty
    QMap<QString, QString> facts;
    QList<Event> events;
    QList<Check> checks;
    QList<Question> questions;

    bool checksPassed() const;
    bool answersRight() const; ///< also when nothing was answered
    int rightAnswers() const;
    bool passed() const { return trouble.isEmpty() && checksPassed() && answersRight(); }

    QJsonObject toJson() const;
    /// A page of its own, which loads nothing. UTF-8.
    QByteArray toHtml() const;
    /// The part of it that stands inside a page.
    QString toHtmlBody() const;
};

} // namespace bulkhead
