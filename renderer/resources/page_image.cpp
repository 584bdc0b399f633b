// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/resources/page_image.h"

#include <QRegularExpression>
#include <QXmlStreamReader>

#include <cmath>

namespace bulkhead {

namespace {

constexpr qint64 maxScaledPixels = 8'000'000;
constexpr qsizetype maxSvgBytes = 8 * 1024 * 1024;
constexpr int maxSvgDepth = 200; // Qt's SVG library is recursive

bool looksLikeSvg(const QByteArray &data, const QString &mimeType)
{
    if (mimeType.startsWith(u"image/svg"))
        return true;
    const QByteArrayView head = QByteArrayView(data).first(qMin<qsizetype>(data.size(), 1024)).trimmed();
    return (head.startsWith('<') || head.startsWith("\xef\xbb\xbf<")) && head.indexOf("<svg") >= 0;
}

bool isShallow(const QByteArray &xml)
{
    int depth = 0;
    for (qsizetype i = 0; i + 1 < xml.size(); ++i) {
        if (xml[i] == '<' && xml[i + 1] != '!' && xml[i + 1] != '?')
            depth += xml[i + 1] == '/' ? -1 : 1;
        else if (xml[i] == '/' && xml[i + 1] == '>')
            --depth;
        if (depth > maxSvgDepth)
            return false;
    }
    return true;
}

// "120", "12.5px", "3em"; nothing for percentages and "auto".
std::optional<double> svgLength(QStringView text)
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*([0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*([a-z]*)\\s*$"));
    const QRegularExpressionMatch match = pattern.match(text.toString());
    bool ok = match.hasMatch();
    const double number = ok ? match.capturedView(1).toDouble(&ok) : 0;
    const QString unit = match.captured(2);
    const double pixels = unit.isEmpty() || unit == u"px" ? 1
                          : unit == u"pt"                 ? 96.0 / 72
                          : unit == u"pc"                 ? 16
                          : unit == u"in"                 ? 96
                          : unit == u"cm"                 ? 96 / 2.54
                          : unit == u"mm"                 ? 96 / 25.4
                          : unit == u"em"                 ? 16
                          : unit == u"ex"                 ? 8
                                                          : 0;
    return ok && pixels > 0 && number >= 0 && number < 1e7 ? std::optional(number * pixels) : std::nullopt;
}

PageImage::NaturalSize naturalSizeOfSvg(const QByteArray &data)
{
    QXmlStreamReader xml(data);
    while (!xml.atEnd() && xml.readNext() != QXmlStreamReader::StartElement) {
    }
    const QXmlStreamAttributes attributes = xml.attributes();
    PageImage::NaturalSize size;
    size.width = svgLength(attributes.value(QLatin1String("width")));
    size.height = svgLength(attributes.value(QLatin1String("height")));
    const QString viewBox = attributes.value(QLatin1String("viewBox")).toString().replace(u',', u' ');
    const QStringList box = viewBox.simplified().split(u' ');
    size.hasViewBox = box.size() == 4 && box[2].toDouble() > 0 && box[3].toDouble() > 0;
    size.isStretched = attributes.value(QLatin1String("preserveAspectRatio")).startsWith(QLatin1String("none"));
    if (size.width && size.height && *size.width > 0 && *size.height > 0)
        size.ratio = *size.width / *size.height;
    else if (size.hasViewBox)
        size.ratio = box[2].toDouble() / box[3].toDouble();
    return size;
}

} // namespace

PageImage::PageImage(QUrl url, std::shared_ptr<ImageBudget> budget) : m_url(std::move(url)), m_budget(std::move(budget))
{
}

PageImage::~PageImage()
{
    m_budget->left += m_reserved;
}

bool PageImage::reserve(QSize size)
{
    const qint64 pixels = qint64(size.width()) * size.height();
    if (size.isEmpty() || size.width() > 32'000 || size.height() > 32'000 || pixels > ImageBudget::perImage ||
        pixels > m_budget->left)
        return false;
    m_budget->left -= pixels;
    m_reserved += pixels;
    return true;
}

void PageImage::load(const QByteArray &data, const QString &mimeType)
{
    const bool loaded = looksLikeSvg(data, mimeType) ? loadSvg(data) : loadRaster(data);
    m_state = loaded ? State::Ready : State::Failed;
}

bool PageImage::loadSvg(const QByteArray &data)
{
    if (data.size() > maxSvgBytes || !isShallow(data))
        return false;
    m_svg = std::make_unique<QSvgRenderer>(data);
    if (!m_svg->isValid())
        return false;
    m_svg->setFramesPerSecond(0);
    m_size = m_svg->defaultSize().boundedTo(QSize(8192, 8192));
    m_natural = naturalSizeOfSvg(data);
    return !m_size.isEmpty();
}

bool PageImage::restart()
{
    m_reader.reset();
    m_buffer = std::make_unique<QBuffer>(&m_bytes);
    m_buffer->open(QIODevice::ReadOnly);
    m_reader = std::make_unique<QImageReader>(m_buffer.get());
    m_reader->setDecideFormatFromContent(true);
    m_reader->setAutoTransform(true);
    return m_reader->canRead();
}

bool PageImage::loadRaster(const QByteArray &data)
{
    m_bytes = data;
    if (!restart() || !reserve(m_reader->size())) {
        m_reader.reset();
        m_bytes.clear();
        return false;
    }
    const bool animated = m_reader->supportsAnimation() && m_reader->imageCount() != 1;
    m_loopsLeft = m_reader->loopCount();
    m_image = m_reader->read();
    const bool ok = !m_image.isNull();
    m_image = std::move(m_image).convertToFormat(m_image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied
                                                                           : QImage::Format_RGB32);
    m_size = m_image.size();
    if (ok)
        m_natural = {double(m_size.width()), double(m_size.height()), double(m_size.width()) / m_size.height()};
    if (!animated || !ok) {
        m_reader.reset();
        m_buffer.reset();
        m_bytes.clear();
    }
    return ok;
}

int PageImage::frameDelay() const
{
    const int delay = m_reader ? m_reader->nextImageDelay() : 0;
    return delay <= 10 ? 100 : delay; // as every browser does for unset and absurd delays
}

bool PageImage::advance()
{
    if (!m_reader)
        return false;
    if (!m_reader->canRead()) {
        if (m_loopsLeft == 0 || !restart())
            return false;
        if (m_loopsLeft > 0)
            --m_loopsLeft;
    }
    const QImage frame = m_reader->read();
    if (frame.isNull() || frame.size() != m_size)
        return false;
    m_image = frame.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    m_scaled = {};
    return true;
}

void PageImage::draw(QPainter &painter, const QRectF &target) const
{
    if (m_state != State::Ready || target.isEmpty())
        return;
    m_shown = true;
    const QTransform transform = painter.transform();
    const QSize device(int(std::ceil(target.width() * transform.m11())),
                       int(std::ceil(target.height() * transform.m22())));
    const bool scalable = !device.isEmpty() && qint64(device.width()) * device.height() <= maxScaledPixels;
    if (m_svg) {
        if (!scalable) {
            m_svg->render(&painter, target);
            return;
        }
        if (m_scaled.size() != device) {
            m_scaled = QImage(device, QImage::Format_ARGB32_Premultiplied);
            m_scaled.fill(Qt::transparent);
            QPainter svgPainter(&m_scaled);
            m_svg->render(&svgPainter, QRectF(QPointF(), device));
        }
        painter.drawImage(target, m_scaled);
        return;
    }
    if (device == m_size) {
        painter.drawImage(target, m_image);
        return;
    }
    const bool smaller = device.width() <= m_size.width() && device.height() <= m_size.height();
    if (smaller && scalable) {
        // Averaging beats the painter's two-by-two sampling, and is done once per size.
        if (m_scaled.size() != device)
            m_scaled = m_image.scaled(device, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                           .convertToFormat(m_image.format());
        painter.drawImage(target, m_scaled);
        return;
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(target, m_image);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
}

QImage PageImage::picture(QSize pixels, double scale) const
{
    if (m_state != State::Ready || pixels.isEmpty())
        return {};
    m_shown = true;
    const bool canScale = qint64(pixels.width()) * pixels.height() <= maxScaledPixels;
    if (m_svg) {
        const QSize size = canScale ? pixels : m_size;
        if (m_scaled.size() != size) {
            m_scaled = QImage(size, QImage::Format_ARGB32_Premultiplied);
            m_scaled.fill(Qt::transparent);
            QPainter painter(&m_scaled);
            painter.setRenderHint(QPainter::Antialiasing);
            const QRectF target(QPointF(), size);
            if (!m_natural.hasViewBox)
                m_svg->setViewBox(m_natural.width && m_natural.height
                                      ? QRectF(0, 0, *m_natural.width, *m_natural.height)
                                      : QRectF(0, 0, size.width() / scale, size.height() / scale));
            m_svg->setAspectRatioMode(m_natural.isStretched ? Qt::IgnoreAspectRatio : Qt::KeepAspectRatio);
            m_svg->render(&painter, target);
        }
        return m_scaled;
    }
    const bool isSmaller = pixels.width() <= m_size.width() && pixels.height() <= m_size.height() && pixels != m_size;
    if (!isSmaller || !canScale)
        return m_image;
    if (m_scaled.size() != pixels)
        m_scaled =
            m_image.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(m_image.format());
    return m_scaled;
}

} // namespace bulkhead
