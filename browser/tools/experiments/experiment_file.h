// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace bulkhead {

/// A word of a lab file and where it stands; line and column count from 1.
struct ExperimentWord
{
    QString text;
    int line = 0;
    int column = 0;
};

/// A command: a verb, words, and key=value options.
struct ExperimentStep
{
    ExperimentWord verb;
    QList<ExperimentWord> words;
    QMap<QString, ExperimentWord> options;
    QString say; ///< what follows " -- ": for the person

    QString word(int index) const { return words.value(index).text; }
    QString option(const QString &name, const QString &otherwise = {}) const
    {
        return options.contains(name) ? options[name].text : otherwise;
    }
};

/// FACT OPERATOR VALUE, where the value is words or, after @, another fact, which may be followed by "* FACTOR".
struct ExperimentCheck
{
    ExperimentWord fact;
    QString op;
    QString value;
    bool valueIsFact = false;
    double factor = 1;
    QString say;
};

/// Something the learner is asked before it happens.
struct ExperimentQuestion
{
    enum class Kind {
        Choice, ///< one of some answers
        Tabs,   ///< any number of the tabs
    };
    ExperimentWord name;
    QString text;
    Kind kind = Kind::Choice;
    QList<QPair<QString, QString>> choices; ///< key and text
    ExperimentWord truth;                   ///< a key, or @FACT
};

struct ExperimentError
{
    int line = 0;
    int column = 0;
    QString message;
};

/// An experiment as its author wrote it; resources/experiments/README.md describes the format. Plain value.
struct ExperimentFile
{
    QString name; ///< of the file, without folder and ending
    QString title, goal, time;
    QList<ExperimentStep> setup;
    QList<ExperimentQuestion> questions;
    QList<ExperimentStep> steps;
    QList<ExperimentCheck> checks;
    QString explanation;

    QStringList tabs() const;      ///< names, in order
    QStringList variables() const; ///< that `pick` sets

    /// Reads @p text. Everything wrong with it is in @p errors, in order; then the result is not to be run.
    static ExperimentFile parse(const QString &name, const QString &text, QList<ExperimentError> *errors);
    /// The same from a file or resource; a file that cannot be read is an error at 0:0.
    static ExperimentFile read(const QString &fileName, QList<ExperimentError> *errors);
};

/// The experiments that come with the app, by name, in the order in which they are best done.
QStringList shippedExperiments();
QString shippedExperimentFile(const QString &name);

/// What a verb takes and what facts it leaves, for the parser. In experiment_verbs.cpp.
struct ExperimentVerb
{
    QString name;
    /// One letter per word: t tab or $variable, s signal, w state to wait for, n new name, u URL, x anything;
    /// lower-case needed, "?" after it optional, "*" any number of the last.
    QString words;
    QStringList options;
    QStringList facts; ///< suffixes after NAME. of the first word of kind n
};
const ExperimentVerb *labVerb(const QString &name, bool inSetup);
QStringList labVerbs(bool inSetup);
/// Plugins that a tab's "boxes" may name.
const QStringList &labPlugins();
/// What observe leaves of a tab: "state", "reason", ...
const QStringList &labTabFacts();
const QStringList &labStates();

} // namespace bulkhead
