// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/experiments/lab_file.h"
#include "browser/loading/fetch.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QTemporaryDir>

#include <memory>

class QProcess;

namespace bulkhead {

/// about:experiments: the experiments that come with the app, to predict, try by hand, and have carried out.
///   about:experiments                                the list
///   about:experiments?show=NAME                      one of them
///   about:experiments?show=NAME&q=QUESTION&a=ANSWER  a prediction (a tab's name again takes it back)
///   about:experiments?show=NAME&do=open              opens its pages in tabs, to try it by hand
///   about:experiments?show=NAME&do=run               carries it out, in a program of its own, and shows the evidence
///   about:experiments?show=NAME&do=save              writes the evidence beside the person's downloads
///   about:experiments?show=NAME&do=reset             forgets predictions and evidence, and takes another seed
/// Only a person or an internal page can open it (AccessPolicy). Main thread.
class ExperimentPages : public QObject
{
    Q_OBJECT
public:
    /// @p program is this app's own, which carries experiments out.
    explicit ExperimentPages(QString program, QObject *parent = nullptr);
    ~ExperimentPages() override;

    std::unique_ptr<Fetch> open(const QUrl &url);
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
    QByteArray show(const LabFile &file, const Work &work) const;
    void predict(const LabFile &file, const QString &question, const QString &answer);
    QList<QUrl> pagesOf(const LabFile &file, const Work &work) const;
    void run(const QString &name, std::function<void()> done);
    QString save(const QString &name, const Work &work) const;

    const QString m_program;
    QString m_saveFolder;
    QTemporaryDir m_folder;
    QHash<QString, Work> m_work;
};

} // namespace bulkhead
