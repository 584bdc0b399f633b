// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/kit/ipc_objects.h"
#include "browser/lab/kit/lab_page.h"

#include <QTimer>

class QCheckBox;
class QLabel;
class QPushButton;
class QTableWidget;

namespace bulkhead {

/// What outlives processes, live: every System V object, POSIX queue, shared memory file, socket path and FIFO of this
/// machine, who owns it and who has it now. Looks while it is seen; the person's own may be removed, after a question.
class LeftoversPage : public LabPage
{
    Q_OBJECT
public:
    explicit LeftoversPage(LabContext &context, QWidget *parent = nullptr);
    ~LeftoversPage() override;

    static constexpr std::chrono::milliseconds Period{2000};

    /// Looks at once.
    void start() override;
    QJsonObject exported() const override;
    QList<LabTable> tables() const override;
    QStringList lessons() const override;
    /// What has come and gone.
    QList<QStringList> comparedWith(const QJsonObject &before) const override;

    const QList<IpcObject> &objects() const { return m_objects; }
    /// Asks first, then removes what @p keys name.
    void askToRemove(const QList<IpcObject> &objects);

    // For tests.
    QTableWidget *table() const { return m_table; }
    QPushButton *removeButton() const { return m_remove; }
    QPushButton *removeOrphansButton() const { return m_removeOrphans; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void look();
    void take(const QList<IpcObject> &objects);
    void fill();
    void updateButtons();
    QList<IpcObject> selected() const;
    QList<IpcObject> orphansOfTheLab() const;
    QList<QStringList> rows() const;
    void remove(const QList<IpcObject> &objects);

    QCheckBox *m_onlyOwn;
    QLabel *m_summary;
    QTableWidget *m_table;
    QPushButton *m_remove;
    QPushButton *m_removeOrphans;
    QTimer m_again;
    std::unique_ptr<LabTask> m_looking;
    QList<IpcObject> m_objects;
    QList<IpcObject> m_shown; ///< by row
    bool m_hasLooked = false;
};

} // namespace bulkhead
