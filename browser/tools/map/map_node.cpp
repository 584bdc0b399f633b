// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/map/map_node.h"

#include "browser/host/processes/sandbox_verdict.h"
#include "browser/tools/model/figures.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/icons.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace bulkhead::map {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("ProcessMap", source);
}

/// The rings, from the inside: what kind of wall, and which layers it is made of.
struct Ring
{
    const char *name;
    std::vector<wire::SandboxLayer> layers;
};
const std::vector<Ring> &rings()
{
    using namespace wire;
    static const std::vector<Ring> all{
        {QT_TRANSLATE_NOOP("ProcessMap", "system calls"), {LAYER_SYSTEM_CALL_FILTER, LAYER_FORBIDDEN_CALLS_NAMED}},
        {QT_TRANSLATE_NOOP("ProcessMap", "privileges"),
         {LAYER_SESSION, LAYER_DESCRIPTORS, LAYER_LIMITS, LAYER_NO_NEW_PRIVILEGES, LAYER_NO_CAPABILITIES,
          LAYER_NOT_DUMPABLE}},
        {QT_TRANSLATE_NOOP("ProcessMap", "files and Landlock"),
         {LAYER_EMPTY_ROOT, LAYER_LANDLOCK_FILES, LAYER_LANDLOCK_NETWORK, LAYER_LANDLOCK_SCOPES}},
        {QT_TRANSLATE_NOOP("ProcessMap", "namespaces"),
         {LAYER_USER_NAMESPACE, LAYER_MOUNT_NAMESPACE, LAYER_NETWORK_NAMESPACE, LAYER_IPC_NAMESPACE,
          LAYER_UTS_NAMESPACE, LAYER_CGROUP_NAMESPACE, LAYER_PID_NAMESPACE}}};
    return all;
}

bool isDone(const ProcessInfo &info, wire::SandboxLayer layer)
{
    const wire::SandboxStep *step = stepOf(info.sandbox, layer);
    return step && step->done();
}

QString layersKey(const ProcessInfo &info)
{
    QString key;
    for (const wire::SandboxLayer layer : sandboxLayers())
        key += isDone(info, layer) ? QLatin1Char('1') : QLatin1Char('0');
    return info.hasSandbox ? key : QString();
}

QString iconName(const ProcessInfo &info)
{
    switch (info.role) {
    case ProcessRole::Browser:
        return QStringLiteral("bulkhead");
    case ProcessRole::Zygote:
        return QStringLiteral("tab-duplicate");
    case ProcessRole::PluginHost:
        return QStringLiteral("system-run");
    case ProcessRole::LabWorker:
        return QStringLiteral("applications-science");
    default:
        return info.phase == ProcessPhase::Spare ? QStringLiteral("list-add") : QString();
    }
}

QStringList textLines(const ProcessInfo &info, MapLayout::Detail detail)
{
    const QString pid = info.pid > 0 ? QString::number(info.pid) : QStringLiteral("…");
    if (detail == MapLayout::Detail::Number)
        return {pid};
    if (detail == MapLayout::Detail::Title)
        return {info.title(), info.sample && info.phase == ProcessPhase::Ready
                                  ? tr("%1 · %2 · %3")
                                        .arg(pid, figures::percent(info.rates.processorPercent),
                                             figures::bytes(double(info.memoryBytes())))
                                  : tr("%1 · %2").arg(pid, phaseText(info.phase))};
    QStringList lines{info.title(), tr("%1 %2 · %3").arg(roleText(info.role), pid, phaseText(info.phase))};
    if (info.sample)
        lines << tr("CPU %1 · %2")
                     .arg(figures::percent(info.rates.processorPercent), figures::bytes(double(info.memoryBytes())));
    if (info.role != ProcessRole::Browser && info.role != ProcessRole::Zygote)
        lines << tr("%1 msg/s · %2 frames/s")
                     .arg(figures::perSecond(info.rates.messages()), figures::perSecond(info.rates.frames));
    return lines;
}

void drawRings(QPainter &painter, const ProcessInfo &info, double inner, double width, const QPalette &palette)
{
    const QColor good = roleColor(info.role, palette);
    for (std::size_t i = 0; i < rings().size(); ++i) {
        const double radius = inner + (double(i) + 0.5) * width * 1.5;
        const QRectF box(-radius, -radius, 2 * radius, 2 * radius);
        const auto &layers = rings()[i].layers;
        const double span = 360.0 / double(layers.size());
        for (std::size_t j = 0; j < layers.size(); ++j) {
            const bool done = isDone(info, layers[j]);
            painter.setPen(QPen(done ? good : chrome::mix(chrome::bar(palette), chrome::error(palette), 0.85),
                                done ? width : width * 0.45, done ? Qt::SolidLine : Qt::DotLine, Qt::FlatCap));
            const double gap = 5;
            painter.drawArc(box, int(16 * (90 - (double(j) + 1) * span + gap / 2)), int(16 * (span - gap)));
        }
    }
}

bool isInTrouble(const ProcessInfo &info)
{
    return info.phase == ProcessPhase::Unresponsive || info.phase == ProcessPhase::Stopped;
}

/// The process itself, inside of its rings.
void drawDisc(QPainter &painter, const ProcessInfo &info, double radius, const QPalette &palette)
{
    const bool isWaiting = info.phase == ProcessPhase::Spare || info.phase == ProcessPhase::Starting;
    const QColor color = isInTrouble(info) ? phaseColor(info.phase, palette) : roleColor(info.role, palette);
    painter.setPen(QPen(color, isInTrouble(info) ? 2.5 : 1.4, isWaiting ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(chrome::mix(chrome::bar(palette), color, isWaiting ? 0.06 : 0.2));
    painter.drawEllipse(QPointF(), radius, radius);
}

/// What is wrong with it, or what it shows.
void drawIcon(QPainter &painter, const ProcessInfo &info, double side, qreal devicePixelRatio, const QPalette &palette)
{
    const QRect box = QRectF(-side / 2, -side / 2, side, side).toAlignedRect();
    const QImage icon = info.tasks.isEmpty() ? QImage() : info.tasks.first().icon;
    if (info.phase == ProcessPhase::Stopped) {
        standardIcon(QStringLiteral("media-playback-pause"), phaseColor(info.phase, palette)).paint(&painter, box);
    } else if (info.phase == ProcessPhase::Unresponsive) {
        standardIcon(QStringLiteral("dialog-warning"), phaseColor(info.phase, palette)).paint(&painter, box);
    } else if (!icon.isNull()) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(box, icon);
    } else if (const QString name = iconName(info); !name.isEmpty()) {
        const QPixmap drawing =
            illustration(name, box.size(), devicePixelRatio, roleColor(info.role, palette), chrome::accent(palette));
        painter.drawPixmap(box.topLeft(), drawing);
    } else {
        const QIcon fallback = fallbackIcon(info.tasks.isEmpty() ? QUrl() : info.tasks.first().url);
        fallback.paint(&painter, box.adjusted(2, 2, -2, -2));
    }
}

/// The lines below it, from the top of @p area on; the first in @p head.
void drawText(QPainter &painter, const ProcessInfo &info, const QStringList &lines, const QFont &head,
              const QFont &others, const QRectF &area, const QPalette &palette)
{
    QColor backing = chrome::bar(palette);
    backing.setAlphaF(0.86f);
    double y = area.top();
    for (int i = 0; i < lines.size(); ++i) {
        painter.setFont(i == 0 ? head : others);
        const QFontMetricsF metrics(painter.font());
        painter.setPen(i == 0 && head != others      ? chrome::text(palette)
                       : i == 1 && isInTrouble(info) ? phaseColor(info.phase, palette)
                                                     : chrome::faintText(palette));
        const QString text = metrics.elidedText(lines[i], Qt::ElideRight, area.width() - 6);
        // Lines of other nodes pass behind the text.
        const double length = metrics.horizontalAdvance(text) + 6;
        painter.fillRect(QRectF(-length / 2, y, length, metrics.height()), backing);
        painter.drawText(QRectF(area.left(), y, area.width(), metrics.height()), Qt::AlignHCenter | Qt::AlignTop, text);
        y += metrics.height();
    }
}

} // namespace

QColor roleColor(ProcessRole role, const QPalette &palette)
{
    const bool dark = isDark(palette);
    switch (role) {
    case ProcessRole::Browser:
        return chrome::accent(palette);
    case ProcessRole::Zygote:
        return dark ? QColor(0x4f, 0xc4, 0xb0) : QColor(0x0b, 0x7a, 0x68);
    case ProcessRole::Renderer:
        return dark ? QColor(0x7c, 0xb0, 0xff) : QColor(0x2b, 0x62, 0xb5);
    case ProcessRole::PluginHost:
        return dark ? QColor(0xc4, 0x9b, 0xf0) : QColor(0x77, 0x45, 0xb3);
    case ProcessRole::LabWorker:
        return dark ? QColor(0xf0, 0xb4, 0x5a) : QColor(0x9a, 0x5b, 0x00);
    case ProcessRole::Other:
        break;
    }
    return chrome::faintText(palette);
}

QColor phaseColor(ProcessPhase phase, const QPalette &palette)
{
    switch (phase) {
    case ProcessPhase::Unresponsive:
    case ProcessPhase::Stopped:
        return chrome::warning(palette);
    case ProcessPhase::Ended:
        return chrome::error(palette);
    default:
        return chrome::text(palette);
    }
}

QColor socketColor(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x8f, 0xbd, 0xff) : QColor(0x1f, 0x55, 0xa8);
}

QColor memoryColor(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xff, 0xa5, 0x5c) : QColor(0xc8, 0x5a, 0x00);
}

bool NodePicture::update(const ProcessInfo &info, const MapLayout &layout, Look look, const QFont &font,
                         const QPalette &palette, qreal devicePixelRatio)
{
    const bool isCenter = info.role == ProcessRole::Browser;
    const double radius = isCenter ? layout.centerRadius : layout.radius;
    const QStringList lines = textLines(
        info, isCenter && layout.detail == MapLayout::Detail::Number ? MapLayout::Detail::Title : layout.detail);
    const QImage icon = info.tasks.isEmpty() ? QImage() : info.tasks.first().icon;
    const QString key = lines.join(QLatin1Char('\n')) +
                        QStringLiteral("|%1|%2|%3%4|%5|%6|%7|%8|%9")
                            .arg(int(info.phase))
                            .arg(radius)
                            .arg(look.selected)
                            .arg(look.hovered)
                            .arg(layersKey(info))
                            .arg(icon.cacheKey())
                            .arg(palette.cacheKey())
                            .arg(font.key())
                            .arg(devicePixelRatio) +
                        QString::number(layout.cell.width());
    if (key == m_key)
        return false;
    m_key = key;

    const double ringWidth = std::max(1.3, radius * 0.07);
    const double ringsHeight = double(rings().size()) * ringWidth * 1.5;
    m_radius = radius;
    const double core = radius - ringsHeight;
    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * (layout.detail == MapLayout::Detail::Number ? 0.82 : 0.88));
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    bold.setPointSizeF(font.pointSizeF() * 0.95);
    const double smallHeight = QFontMetricsF(small).height();
    const double boldHeight = QFontMetricsF(bold).height();
    const double margin = 5;
    const double width = std::max(layout.cell.width() * (isCenter ? 1.2 : 1.0), 2 * radius + 2 * margin);
    const double height = 2 * radius + 2 * margin + boldHeight + smallHeight * double(lines.size() - 1) + 2;
    m_origin = QPointF(width / 2, radius + margin);
    m_pixmap = QPixmap((QSizeF(width, height) * devicePixelRatio).toSize());
    m_pixmap.setDevicePixelRatio(devicePixelRatio);
    m_pixmap.fill(Qt::transparent);

    QPainter painter(&m_pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(m_origin);
    if (look.selected || look.hovered) {
        painter.setPen(
            QPen(look.selected ? chrome::accent(palette) : chrome::faintText(palette), look.selected ? 2.5 : 1.2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(), radius + 3, radius + 3);
    }
    const double disc = info.hasSandbox ? core - 1 : radius * 0.78;
    drawDisc(painter, info, disc, palette);
    if (info.hasSandbox)
        drawRings(painter, info, core + 0.5, ringWidth, palette);
    drawIcon(painter, info, disc * 1.1, devicePixelRatio, palette);
    drawText(painter, info, lines, layout.detail == MapLayout::Detail::Number ? small : bold, small,
             QRectF(-width / 2, radius + 2, width, height), palette);
    return true;
}

RichText explanation(const ProcessInfo &info)
{
    RichText text;
    text.bold(OutsideText(info.title()));
    const auto row = [&text](const QString &name, const QString &value) {
        text.row(OutsideText(name), OutsideText(value));
    };
    row(tr("Process"), tr("%1 %2, %3").arg(roleText(info.role)).arg(info.pid).arg(phaseText(info.phase)));
    if (!info.trouble.isEmpty())
        row(tr("Trouble"), info.trouble);
    if (!info.sites.isEmpty())
        row(info.sites.size() == 1 ? tr("Site") : tr("Sites"), info.shownSites());
    for (const ProcessTask &task : info.tasks.first(std::min<qsizetype>(6, info.tasks.size())))
        row(task.box > 0 ? tr("Box") : tr("Tab"), task.title);
    if (info.sample) {
        row(tr("Processor"), figures::percent(info.rates.processorPercent));
        row(tr("Memory"), info.memoryIsProportional() ? tr("%1 proportional (PSS), %2 resident (RSS)")
                                                            .arg(figures::bytes(double(info.memoryBytes())),
                                                                 figures::bytes(double(info.sample->residentBytes)))
                                                      : tr("at least %1, %2 resident (RSS)")
                                                            .arg(figures::bytes(double(info.memoryBytes())),
                                                                 figures::bytes(double(info.sample->residentBytes))));
        row(tr("Uptime"), figures::duration(info.sample->age));
    }
    const bool hasChannel = info.role != ProcessRole::Browser && info.role != ProcessRole::Zygote;
    if (hasChannel) {
        row(tr("Socket"),
            tr("to it %1 messages/s, %2; from it %3 messages/s, %4; %5 unread")
                .arg(figures::perSecond(info.rates.sentMessages), figures::bytesPerSecond(info.rates.sentBytes),
                     figures::perSecond(info.rates.receivedMessages), figures::bytesPerSecond(info.rates.receivedBytes),
                     figures::bytes(double(info.totals.queuedBytes))));
        for (const SharedRegion &region : info.regions)
            row(tr("Shared memory"), tr("page %1: %2, frames of %3 × %4 pixels, %5 shown so far")
                                         .arg(region.page)
                                         .arg(figures::bytes(double(region.bytes)))
                                         .arg(region.size.width())
                                         .arg(region.size.height())
                                         .arg(region.frames));
        if (!info.regions.isEmpty())
            row(tr("Frames"),
                tr("%1/s, %2 painted")
                    .arg(figures::perSecond(info.rates.frames), figures::bytesPerSecond(info.rates.frameBytes)));
    }
    if (info.hasSandbox) {
        for (const Ring &ring : rings()) {
            const auto done = std::count_if(ring.layers.begin(), ring.layers.end(),
                                            [&info](wire::SandboxLayer layer) { return isDone(info, layer); });
            row(tr("Ring: %1").arg(tr(ring.name)), tr("%1 of %2 layers").arg(done).arg(ring.layers.size()));
        }
    }
    return text;
}

} // namespace bulkhead::map
