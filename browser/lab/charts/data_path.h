// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace bulkhead {

namespace wire {
class LabMechanism;
}

/// The way of a message's bytes, read from a mechanism's description: who holds them, one after the other.
struct DataPath
{
    enum class Owner { Sender, Kernel, Broker, Receiver, Shared };
    struct Place
    {
        Owner owner = Owner::Sender;
        QString text; ///< "kernel's pipe buffer (64 KB)"
    };
    std::vector<Place> places;
    QString aside;         ///< what goes another way: "a descriptor and one byte through a socket"
    double userCopies = 0; ///< of each byte, by user code or its library
    bool isAlone = false;  ///< a baseline within one process

    static DataPath of(const wire::LabMechanism &mechanism);
    /// Between two places: into or out of the kernel, where it copies.
    static bool isKernelCopy(Owner from, Owner to) { return (from == Owner::Kernel) != (to == Owner::Kernel); }
    int kernelCopies() const;
    /// "2 copies by the kernel, none in user code"
    QString summary() const;
};

/// Draws it: the two processes, the kernel, and an arrow with its copy for every step.
class DataPathDrawing : public QWidget
{
    Q_OBJECT
public:
    explicit DataPathDrawing(QWidget *parent = nullptr);
    void setPath(DataPath path);
    const DataPath &path() const { return m_path; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Group;
    std::vector<Group> groups() const;
    qreal rowHeight() const;
    qreal paintPath(QPainter *painter, qreal width) const;
    qreal paintShared(QPainter *painter, qreal width) const;

    DataPath m_path;
};

} // namespace bulkhead
