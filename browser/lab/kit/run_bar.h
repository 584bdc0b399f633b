// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QWidget>

class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace bulkhead {

class LabPage;

/// Below a page of the lab: run and cancel it, how far it is, and what can be done with its result.
class RunBar : public QWidget
{
    Q_OBJECT
public:
    /// A part of @p page.
    explicit RunBar(LabPage &page);

    void showProgress(int done, int total, const QString &text);
    void say(const QString &sentence);
    QString sentence() const { return m_sentence; }

    // For tests.
    QPushButton *runButton() const { return m_run; }
    QPushButton *cancelButton() const { return m_cancel; }
    QMenu *pictureMenu() const { return m_pictures; }
    QMenu *exportMenu() const { return m_exports; }
    QMenu *keptMenu() const { return m_kept; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeMenus();
    void fillKept();
    void askName();
    void update();
    void showSentence();
    void saveAs(const QString &filter, const QString &ending);

    LabPage &m_page;
    QPushButton *m_run;
    QPushButton *m_cancel;
    QProgressBar *m_progress;
    QLabel *m_status;
    QToolButton *m_keep;
    QToolButton *m_picture;
    QToolButton *m_export;
    QMenu *m_kept;
    QMenu *m_pictures;
    QMenu *m_exports;
    QString m_sentence;
};

} // namespace bulkhead
