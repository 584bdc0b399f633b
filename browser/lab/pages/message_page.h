// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/kit/lab_page.h"
#include "ipc/lab/engine/message_trace.h"

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;

namespace bulkhead {

class ChartView;
class FiguresTable;

/// A text that is typed in one process and arrives in the other, with every system call of both.
class MessagePage : public LabPage
{
    Q_OBJECT
public:
    explicit MessagePage(LabContext &context, QWidget *parent = nullptr);
    ~MessagePage() override;

    void start() override;
    /// "mechanism" and "text".
    void configure(const QJsonObject &options) override;
    QJsonObject exported() const override;
    QList<const LabChart *> charts() const override;
    QStringList lessons() const override;
    bool restore(const QJsonObject &result) override;
    QList<QStringList> comparedWith(const QJsonObject &before) const override;

    // For tests.
    QLineEdit *input() const { return m_text; }
    QLabel *arrived() const { return m_arrived; }

protected:
    void onFinished(const Result<void> &result) override;

private:
    void fillChoice();
    QString lesson() const;
    void showTrace();

    QComboBox *m_mechanism;
    QLineEdit *m_text;
    QLabel *m_arrived;
    QLabel *m_lesson;
    ChartView *m_chart;
    FiguresTable *m_table;
    QString m_wanted; ///< mechanism, before they are known
    std::optional<lab::MessageTrace> m_trace;
};

} // namespace bulkhead
