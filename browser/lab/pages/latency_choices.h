// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/lab_run.h"
#include "ipc/messages/lab.pb.h"

#include <QJsonObject>
#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QListWidget;
class QSpinBox;
class QToolButton;

namespace bulkhead {

/// What is to be measured: mechanisms, sizes, placements, how often and how long, with an estimate of the time.
class LatencyChoices : public QWidget
{
    Q_OBJECT
public:
    enum class Picked { ByPerson, Otherwise };

    explicit LatencyChoices(QWidget *parent = nullptr);

    /// What there is to choose from, once it is known. Once.
    void setMechanisms(const std::vector<wire::LabMechanism> &known);
    /// By the names of LatencyPage::configure(); what is not in there stays.
    void configure(const QJsonObject &options);
    /// Nothing while no mechanism, size or placement is chosen. The worker program is the caller's.
    std::optional<lab::LabRun::Options> options() const;
    /// The same by the names of configure(), for the result.
    QJsonObject named() const;

Q_SIGNALS:
    /// A mechanism of the list became the current one.
    void mechanismPicked(const QString &name, bulkhead::LatencyChoices::Picked how);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void addMechanisms(QFormLayout &form);
    void addSlices(QFormLayout &form);  ///< sizes and placements
    void addWaiting(QFormLayout &form); ///< and how often, and how long
    void fitMechanisms();
    QStringList chosenMechanisms() const;
    void estimate();

    QListWidget *m_mechanisms;
    std::vector<QToolButton *> m_sizes;      ///< with their bytes as a property
    std::vector<QToolButton *> m_placements; ///< with their names
    QComboBox *m_wait;
    QSpinBox *m_rounds;
    QDoubleSpinBox *m_seconds;
    QLabel *m_estimate;
    QStringList m_wanted; ///< mechanisms, before they are known
};

} // namespace bulkhead
