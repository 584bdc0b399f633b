// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/data_path.h"

#include "browser/lab/charts/chart_style.h"
#include "browser/widgets/plain_text.h"
#include "ipc/messages/lab.pb.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace bulkhead {

namespace {

constexpr qreal Pad = 8;
constexpr qreal ArrowLength = 26;
constexpr qreal Rounding = 6;

void arrow(QPainter &painter, QPointF from, QPointF to)
{
    painter.drawLine(from, to);
    const qreal angle = std::atan2(to.y() - from.y(), to.x() - from.x());
    constexpr qreal Length = 6, Spread = 0.5;
    painter.drawLine(to, to - Length * QPointF(std::cos(angle - Spread), std::sin(angle - Spread)));
    painter.drawLine(to, to - Length * QPointF(std::cos(angle + Spread), std::sin(angle + Spread)));
}

} // namespace

DataPath DataPath::of(const wire::LabMechanism &mechanism)
{
    DataPath path;
    path.userCopies = mechanism.user_copies();
    path.isAlone = mechanism.alone();
    const QString text = QString::fromStdString(mechanism.data_path());
    path.aside = text.section(QStringLiteral("; "), 1);
    const QStringList steps = text.section(QStringLiteral("; "), 0, 0).split(QStringLiteral(" -> "));
    bool crossed = false;
    for (const QString &step : steps) {
        Place place{Owner::Sender, step};
        if (step.contains(u"in place") || step.contains(u"same")) {
            place.owner = Owner::Shared;
            if (!step.contains(u';') && step.contains(u':'))
                place.text = step.section(QStringLiteral(": "), 1);
        } else if (step.contains(u"kernel") || step.contains(u"loopback") || step == u"socket") {
            place.owner = Owner::Kernel;
        } else if (step.contains(u"broker")) {
            place.owner = Owner::Broker;
        } else if (step.contains(u"shared memory")) {
            place.owner = Owner::Shared;
        } else if (crossed) {
            place.owner = Owner::Receiver;
        }
        crossed = crossed || place.owner != Owner::Sender;
        // The frame around it says whose it is.
        for (const char *whose : {"kernel's ", "sender's ", "receiver's ", "broker's "}) {
            if (place.text.startsWith(QLatin1String(whose)))
                place.text.remove(0, qstrlen(whose));
        }
        path.places.push_back(place);
    }
    if (path.places.size() == 1 && path.places[0].owner == Owner::Kernel) {
        path.places.insert(path.places.begin(), {Owner::Sender, DataPathDrawing::tr("an argument")});
        path.places.push_back({Owner::Receiver, DataPathDrawing::tr("an argument")});
    }
    return path;
}

int DataPath::kernelCopies() const
{
    int copies = 0;
    for (std::size_t i = 1; i < places.size(); ++i)
        copies += isKernelCopy(places[i - 1].owner, places[i].owner);
    return copies;
}

QString DataPath::summary() const
{
    const auto count = [](double copies) {
        return copies == 0   ? DataPathDrawing::tr("no copy")
               : copies == 1 ? DataPathDrawing::tr("1 copy")
                             : DataPathDrawing::tr("%1 copies").arg(copies);
    };
    return DataPathDrawing::tr("%1 by the kernel, %2 in user code", "of each byte")
        .arg(count(kernelCopies()), count(userCopies));
}

struct DataPathDrawing::Group
{
    DataPath::Owner owner;
    std::vector<QString> texts;
};

DataPathDrawing::DataPathDrawing(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DataPathDrawing::setPath(DataPath path)
{
    m_path = std::move(path);
    m_path.aside = OutsideText(m_path.aside).plain();
    for (DataPath::Place &place : m_path.places)
        place.text = OutsideText::name(place.text).plain();
    QStringList way;
    for (const DataPath::Place &place : m_path.places)
        way << place.text;
    setAccessibleName(tr("Where the data lives"));
    const OutsideText description(way.join(QStringLiteral(" → ")) + QStringLiteral(". ") + m_path.summary());
    plain::setAccessibleDescription(this, description);
    plain::setToolTip(this, description);
    updateGeometry();
    update();
}

qreal DataPathDrawing::rowHeight() const
{
    return QFontMetricsF(ChartStyle(palette(), font()).small()).height() + 8;
}

std::vector<DataPathDrawing::Group> DataPathDrawing::groups() const
{
    std::vector<Group> groups;
    for (const DataPath::Place &place : m_path.places) {
        if (groups.empty() || groups.back().owner != place.owner)
            groups.push_back({place.owner, {}});
        groups.back().texts.push_back(place.text);
    }
    return groups;
}

QSize DataPathDrawing::sizeHint() const
{
    const bool shared = m_path.places.size() == 1 && m_path.places[0].owner == DataPath::Owner::Shared;
    return {260, int(std::ceil(shared ? paintShared(nullptr, 260) : paintPath(nullptr, 260)))};
}

void DataPathDrawing::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_path.places.size() == 1 && m_path.places[0].owner == DataPath::Owner::Shared)
        paintShared(&painter, width());
    else
        paintPath(&painter, width());
}

/// From top to bottom; returns the height. Without a painter it only measures.
qreal DataPathDrawing::paintPath(QPainter *painter, qreal width) const
{
    const ChartStyle style(palette(), font());
    const qreal row = rowHeight();
    qreal y = 1;
    const std::vector<Group> all = groups();
    for (std::size_t g = 0; g < all.size(); ++g) {
        const Group &group = all[g];
        const qreal inner = qreal(group.texts.size()) * row + qreal(group.texts.size() - 1) * ArrowLength;
        const qreal height = row + inner + 2 * Pad - 4;
        if (painter) {
            const bool kernel = group.owner == DataPath::Owner::Kernel;
            const QColor color = kernel                                     ? style.series(1)
                                 : group.owner == DataPath::Owner::Sender   ? style.series(0)
                                 : group.owner == DataPath::Owner::Receiver ? style.series(2)
                                                                            : style.series(3);
            const QString name = m_path.isAlone                             ? tr("One process")
                                 : kernel                                   ? tr("Kernel")
                                 : group.owner == DataPath::Owner::Sender   ? tr("Process A")
                                 : group.owner == DataPath::Owner::Receiver ? tr("Process B")
                                 : group.owner == DataPath::Owner::Broker   ? tr("Broker")
                                                                            : tr("Both processes");
            QColor wash = color;
            wash.setAlphaF(0.10F);
            painter->setPen(QPen(color, 1.3, kernel ? Qt::DashLine : Qt::SolidLine));
            painter->setBrush(wash);
            painter->drawRoundedRect(QRectF(1, y, width - 2, height), Rounding, Rounding);
            painter->setPen(style.text);
            painter->setFont(style.bold());
            style.label(*painter, QRectF(Pad + 2, y + 3, width - 2 * Pad, row), Qt::AlignLeft | Qt::AlignVCenter, name);
            painter->setFont(style.small());
            qreal at = y + row + 2;
            for (std::size_t i = 0; i < group.texts.size(); ++i) {
                const QRectF box(Pad, at, width - 2 * Pad, row);
                painter->setPen(QPen(color, 1));
                painter->setBrush(style.ground);
                painter->drawRoundedRect(box, 3, 3);
                painter->setPen(style.text);
                style.label(*painter, box.adjusted(5, 0, -5, 0), Qt::AlignCenter, group.texts[i]);
                at += row;
                if (i + 1 < group.texts.size()) {
                    painter->setPen(QPen(style.text, 1.4));
                    arrow(*painter, {width * 0.3, at + 3}, {width * 0.3, at + ArrowLength - 3});
                    painter->setPen(style.faint);
                    style.label(*painter, QRectF(width * 0.3 + 10, at, width * 0.7 - 18, ArrowLength),
                                Qt::AlignLeft | Qt::AlignVCenter,
                                kernel ? tr("handed over, no copy") : tr("copied by user code"));
                    at += ArrowLength;
                }
            }
        }
        y += height;
        if (g + 1 < all.size()) {
            if (painter) {
                const bool copies = DataPath::isKernelCopy(group.owner, all[g + 1].owner);
                painter->setPen(QPen(style.text, 1.8));
                arrow(*painter, {width * 0.3, y + 2}, {width * 0.3, y + ArrowLength - 2});
                painter->setFont(style.small());
                painter->setPen(style.text);
                style.label(*painter, QRectF(width * 0.3 + 10, y, width * 0.7 - 12, ArrowLength),
                            Qt::AlignLeft | Qt::AlignVCenter,
                            copies ? tr("copied by the kernel") : tr("copied by user code"));
            }
            y += ArrowLength;
        }
    }
    return y + 1;
}

/// Two processes that map the same pages.
qreal DataPathDrawing::paintShared(QPainter *painter, qreal width) const
{
    const ChartStyle style(palette(), font());
    const qreal row = rowHeight();
    const qreal process = row * 5.8;
    if (!painter)
        return process + Pad + row + (m_path.aside.isEmpty() ? 0 : row) + 8;
    const qreal half = width / 2 - 4;
    const auto box = [&](qreal left, int series, const QString &name, int alignment) {
        QColor wash = style.series(series);
        wash.setAlphaF(0.10F);
        painter->setPen(QPen(style.series(series), 1.3));
        painter->setBrush(wash);
        painter->drawRoundedRect(QRectF(left, 1, half, process), Rounding, Rounding);
        painter->setPen(style.text);
        painter->setFont(style.bold());
        style.label(*painter, QRectF(left + Pad, 4, half - 2 * Pad, row), alignment | Qt::AlignVCenter, name);
    };
    box(1, 0, tr("Process A"), Qt::AlignLeft);
    box(width - half - 1, 2, tr("Process B"), Qt::AlignRight);
    const QRectF pages(width * 0.2, 1 + process - 2 * row - Pad, width * 0.6, 2 * row);
    painter->setPen(QPen(style.series(3), 1.6));
    painter->setBrush(style.ground);
    painter->drawRoundedRect(pages, 3, 3);
    painter->setPen(style.text);
    painter->setFont(style.small());
    painter->drawText(pages.adjusted(4, 0, -4, 0), Qt::AlignCenter | Qt::TextWordWrap, tr("the same pages of memory"));
    painter->setPen(QPen(style.text, 1.8));
    arrow(*painter, {width * 0.26, pages.top() - row * 0.9}, {width * 0.34, pages.top() - 2});
    arrow(*painter, {width * 0.66, pages.top() - 2}, {width * 0.74, pages.top() - row * 0.9});
    painter->setPen(style.text);
    style.label(*painter, QRectF(Pad, pages.top() - row * 1.9, half - 2 * Pad, row), Qt::AlignLeft | Qt::AlignVCenter,
                tr("writes in place"));
    style.label(*painter, QRectF(width - half, pages.top() - row * 1.9, half - Pad, row),
                Qt::AlignRight | Qt::AlignVCenter, tr("reads in place"));
    qreal y = process + Pad;
    const qreal kernelHeight = row + (m_path.aside.isEmpty() ? 0 : row);
    QColor wash = style.series(1);
    wash.setAlphaF(0.10F);
    painter->setPen(QPen(style.series(1), 1.3, Qt::DashLine));
    painter->setBrush(wash);
    painter->drawRoundedRect(QRectF(1, y, width - 2, kernelHeight), Rounding, Rounding);
    painter->setPen(style.text);
    style.label(*painter, QRectF(Pad, y, width - 2 * Pad, row), Qt::AlignCenter,
                m_path.aside.isEmpty() ? tr("Kernel: wakes who waits, carries no data") : tr("Kernel: carries only"));
    if (!m_path.aside.isEmpty())
        style.label(*painter, QRectF(Pad, y + row - 4, width - 2 * Pad, row), Qt::AlignCenter, m_path.aside);
    return y + kernelHeight + 2;
}

} // namespace bulkhead
