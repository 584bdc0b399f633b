// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QTabWidget;

namespace bulkhead {

class DataPathDrawing;
class LabContext;

/// Beside a page: what a mechanism is, where the data lives on its way, and its essential code. Of several mechanisms
/// the person chooses which is explained.
class MechanismCard : public QWidget
{
    Q_OBJECT
public:
    explicit MechanismCard(LabContext &context, QWidget *parent = nullptr);

    /// What can be chosen. Keeps what is shown if it is among them.
    void setMechanisms(const QStringList &names);
    /// Shows one, which is added when it is not among them.
    void show(const QString &mechanism);
    QString shown() const;

    // For tests.
    const DataPathDrawing *drawing() const { return m_drawing; }
    QString code() const;

private:
    void update();

    LabContext &m_context;
    QComboBox *m_choice;
    QLabel *m_title;
    QLabel *m_summary;
    DataPathDrawing *m_drawing;
    QLabel *m_facts;
    QTabWidget *m_code;
};

} // namespace bulkhead
