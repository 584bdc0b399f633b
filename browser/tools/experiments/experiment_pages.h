// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/internal_acts.h"
#include "browser/tools/experiments/experiment_file.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QTemporaryDir>

#include <functional>
#include <memory>

class QProcess;

namespace bulkhead {

/// about:experiments: the experiments that come with the app, to predict, try by hand, and have carried out.
///   about:experiments              the list
///   about:experiments?show=NAME    one of them, whose acts (InternalActs) are
///     answer:QUESTION:ANSWER         a prediction (a tab's name again takes it back)
///     open                           opens its pages in tabs, to try it by hand
///     run                            carries it out, in a program of its own, and shows the evidence
///     save                           writes the evidence beside the person's downloads
///     reset                          forgets predictions and evidence, and takes another seed
/// Only a person or an internal page can open it (AccessPolicy), and only a click in it does anything. Main thread.
class ExperimentPages : public QObject
{
    Q_OBJECT
public:
    /// @p program is this app's own, which carries experiments out. @p acts outlives the pages.
    ExperimentPages(QString program, InternalActs &acts, QObject *parent = nullptr);
    ~ExperimentPages() override;

    std::unique_ptr<Fetch> open(const InternalRequest &request);
    /// Where evidence is saved; empty: the person's downloads.
    void setSaveFolder(const QString &folder) { m_saveFolder = folder; }

Q_SIGNALS:
    /// The person wants the pages of a set-up in tabs.
    void pagesWanted(const QList<QUrl> &urls);
    /// And to see the processes.
    void mapWanted();

private:
    struct Work
    {
        quint32 seed = 0;
        QMap<QString, QString> answers;
        QByteArray reportJson, reportHtml;
        QString message; ///< about the last deed
    };
    Work &work(const QString &name);
    QByteArray list();
    QByteArray show(const ExperimentFile &file, const Work &work) const;
    void predict(const ExperimentFile &file, const QString &question, const QString &answer);
    QList<QUrl> pagesOf(const ExperimentFile &file, const Work &work) const;
    void run(const QString &name, std::function<void()> done);
    QString save(const QString &name, const Work &work) const;

    const QString m_program;
    InternalActs &m_acts;
    QString m_saveFolder;
    QTemporaryDir m_folder;
    QHash<QString, Work> m_work;
};

} // namespace bulkhead
