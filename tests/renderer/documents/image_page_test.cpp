// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/image_page.h"
#include "tests/renderer/documents/fake_page_client.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QFile>
#include <QImageReader>
#include <QRandomGenerator>
#include <QTest>
#include <QtEndian>

#include <array>

using namespace bulkhead;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize viewport(800, 600);

DocumentHead head(const QString &mimeType = QStringLiteral("image/png"))
{
    DocumentHead result;
    result.url = QUrl(QStringLiteral("http://example.org/pictures/name.png"));
    result.mimeType = mimeType;
    return result;
}

QByteArray encoded(const QImage &image, const char *format)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return buffer.data();
}

/// Red in its top left corner, blue otherwise.
QImage picture(int width, int height)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::blue);
    QPainter(&image).fillRect(0, 0, width / 4, height / 4, Qt::red);
    return image;
}

quint32 crc32(QByteArrayView bytes)
{
    quint32 crc = 0xFFFFFFFF;
    for (const char byte : bytes) {
        crc ^= uchar(byte);
        for (int bit = 0; bit < 8; ++bit) {
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
        }
    }
    return ~crc;
}

QByteArray bigEndian(quint32 value)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray pngChunk(const QByteArray &type, const QByteArray &data)
{
    return bigEndian(quint32(data.size())) + type + data + bigEndian(crc32(type + data));
}

/// A few kilobytes that want to be 900 million pixels.
QByteArray pngBomb(quint32 side)
{
    const QByteArray header = bigEndian(side) + bigEndian(side) + QByteArray("\x08\x02\x00\x00\x00", 5);
    const QByteArray pixels = qCompress(QByteArray(4'000'000, '\0'), 9).mid(4);
    return "\x89PNG\r\n\x1a\n" + pngChunk("IHDR", header) + pngChunk("IDAT", pixels) + pngChunk("IEND", {});
}

/// A GIF of two colours, one plain frame of @p delays each, in hundredths of a second.
QByteArray gif(const QList<int> &delays)
{
    QByteArray bytes("GIF89a\x02\x00\x02\x00\x80\x00\x00\xff\x00\x00\x00\x00\xff", 19);
    bytes += QByteArray("!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00", 19);
    for (qsizetype i = 0; i < delays.size(); ++i) {
        bytes += QByteArray("!\xf9\x04\x00", 4) + char(delays[i] & 0xFF) + char(delays[i] >> 8) + QByteArray("\0\0", 2);
        // Image data: clear code, four pixels of one colour, end code, three bits each and more after the third.
        const std::array<QByteArray, 2> pixels{QByteArray("\x02\x03\x84\x00\x05\x00", 6),
                                               QByteArray("\x02\x03\x4c\x12\x05\x00", 6)};
        bytes += QByteArray(",\x00\x00\x00\x00\x02\x00\x02\x00\x00", 10) + pixels[size_t(i % 2)];
    }
    return bytes + ';';
}

/// A JPEG with EXIF data that says it lies on its side.
QByteArray turnedJpeg(const QImage &image, char orientation)
{
    QByteArray exif("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 25);
    exif += orientation + QByteArray("\0\0\0\0\0\0", 6);
    QByteArray marker("\xFF\xE1", 2);
    const qsizetype length = exif.size() + 2;
    marker += char(length >> 8);
    marker += char(length & 0xFF);
    QByteArray jpeg = encoded(image, "JPEG");
    return jpeg.insert(2, marker + exif);
}

PageMouseEvent mouse(QPoint position)
{
    PageMouseEvent event;
    event.position = position;
    event.button = Qt::LeftButton;
    return event;
}

struct Loaded
{
    explicit Loaded(QByteArrayView bytes, const DocumentHead &documentHead = head()) : page(documentHead, client)
    {
        page.setViewport(viewport, 1);
        page.append(bytes);
        page.finish();
    }
    void click(QPoint position)
    {
        page.mousePress(mouse(position));
        page.mouseRelease(mouse(position));
    }

    FakePageClient client;
    ImagePage page;
};

bool isLike(QColor a, QColor b)
{
    return qAbs(a.red() - b.red()) + qAbs(a.green() - b.green()) + qAbs(a.blue() - b.blue()) < 24;
}

} // namespace

class ImagePageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSmallPictureIsCentredInItsOwnSize();
    void aLargePictureFitsAndAClickShowsItsOwnSize();
    void aSmallPictureDoesNotToggle();
    void theSizeOnScreenFollowsTheViewport();
    void transparencyShowsACheckerboard();
    void anExifOrientationIsObeyed();
    void anAnimationPlaysAndSlowsZeroDelays();
    void aHugeJpegIsDecodedSmaller();
    void anSvgIsCrispAtEveryScale();
    void anIconFileShowsItsLargestPicture();
    void realPicturesOfTheSystemAreShown_data();
    void realPicturesOfTheSystemAreShown();
    void badPicturesBecomeASentence_data();
    void badPicturesBecomeASentence();
    void truncatedPicturesDoNoHarm_data();
    void truncatedPicturesDoNoHarm();
    void flippedBitsDoNoHarm_data();
    void flippedBitsDoNoHarm();
};

void ImagePageTest::aSmallPictureIsCentredInItsOwnSize()
{
    Loaded loaded(encoded(picture(400, 200), "PNG"));
    QCOMPARE(loaded.client.title, u"name.png (400 × 200)"_s);
    QCOMPARE(loaded.client.icon.size(), QSize(32, 16));
    QCOMPARE(loaded.client.loads, 1);
    QCOMPARE(loaded.page.contentSize(), viewport);
    const QImage image = grab(loaded.page, {0, 0}, viewport);
    QCOMPARE(image.pixelColor(199, 200), loaded.page.backgroundColor());
    QCOMPARE(image.pixelColor(200, 200), QColor(Qt::red));
    QCOMPARE(image.pixelColor(599, 399), QColor(Qt::blue));
    QCOMPARE(image.pixelColor(600, 400), loaded.page.backgroundColor());
    QCOMPARE(loaded.page.hitTest({400, 300}).image, head().url);
    QVERIFY(loaded.page.hitTest({10, 10}).image.isEmpty());
}

void ImagePageTest::aLargePictureFitsAndAClickShowsItsOwnSize()
{
    Loaded loaded(encoded(picture(4000, 2000), "PNG"));
    QCOMPARE(loaded.page.contentSize(), viewport);
    const QImage fitted = grab(loaded.page, {0, 0}, viewport);
    QCOMPARE(fitted.pixelColor(1, 99), loaded.page.backgroundColor());
    QCOMPARE(fitted.pixelColor(1, 101), QColor(Qt::red));

    loaded.page.mouseMove(mouse({400, 300}));
    QCOMPARE(loaded.client.cursor, Qt::PointingHandCursor);
    loaded.client.sizeChanges = 0;
    loaded.click({600, 400});
    QCOMPARE(loaded.page.contentSize(), QSize(4000, 2000));
    QCOMPARE(loaded.client.sizeChanges, 1);
    // The clicked spot, three quarters down and right, is in the middle of what is asked for.
    QCOMPARE(loaded.client.scrolledTo.center(), QPoint(3000, 1500));
    QCOMPARE(grab(loaded.page, {980, 480}, viewport).pixelColor(10, 10), QColor(Qt::red));
    loaded.click({10, 10});
    QCOMPARE(loaded.page.contentSize(), viewport);
}

void ImagePageTest::aSmallPictureDoesNotToggle()
{
    Loaded loaded(encoded(picture(100, 100), "PNG"));
    loaded.page.mouseMove(mouse({400, 300}));
    QCOMPARE(loaded.client.cursor, Qt::ArrowCursor);
    const QImage before = grab(loaded.page, {0, 0}, viewport);
    loaded.click({400, 300});
    QCOMPARE(before, grab(loaded.page, {0, 0}, viewport));
}

void ImagePageTest::theSizeOnScreenFollowsTheViewport()
{
    Loaded loaded(encoded(picture(1000, 1000), "PNG"));
    loaded.client.sizeChanges = 0;
    loaded.page.setViewport({200, 300}, 2);
    QCOMPARE(loaded.client.sizeChanges, 1);
    QCOMPARE(loaded.page.contentSize(), QSize(200, 300));
    const QImage image = grab(loaded.page, {0, 0}, {200, 300}, 2);
    QCOMPARE(image.pixelColor(1, 97), loaded.page.backgroundColor());
    QCOMPARE(image.pixelColor(1, 105), QColor(Qt::red));
    loaded.page.setViewport({0, 0}, 1);
    loaded.page.setViewport({1, 1}, 1);
    QCOMPARE(loaded.page.contentSize(), QSize(1, 1));
    grab(loaded.page, {0, 0}, {1, 1});
}

void ImagePageTest::transparencyShowsACheckerboard()
{
    QImage clear(64, 64, QImage::Format_ARGB32);
    clear.fill(Qt::transparent);
    Loaded loaded(encoded(clear, "PNG"));
    const QImage image = grab(loaded.page, {0, 0}, viewport);
    const QPoint corner((800 - 64) / 2, (600 - 64) / 2);
    QVERIFY(image.pixelColor(corner) != image.pixelColor(corner + QPoint(8, 0)));
    QCOMPARE(image.pixelColor(corner), image.pixelColor(corner + QPoint(8, 8)));
}

void ImagePageTest::anExifOrientationIsObeyed()
{
    Loaded loaded(turnedJpeg(picture(400, 200), 6), head(u"image/jpeg"_s));
    QCOMPARE(loaded.client.title, u"name.png (200 × 400)"_s);
    // Turned clockwise, the red corner is at the top right.
    const QImage image = grab(loaded.page, {0, 0}, viewport);
    QVERIFY(isLike(image.pixelColor(495, 105), Qt::red));
    QVERIFY(isLike(image.pixelColor(305, 105), Qt::blue));
}

void ImagePageTest::anAnimationPlaysAndSlowsZeroDelays()
{
    QElapsedTimer time;
    time.start();
    Loaded loaded(gif({0, 3, 0}), head(u"image/gif"_s));
    QCOMPARE(loaded.client.title, u"name.png (2 × 2)"_s);
    const QColor first = grab(loaded.page, {0, 0}, viewport).pixelColor(400, 300);
    loaded.client.damage = {};
    QTRY_VERIFY(grab(loaded.page, {0, 0}, viewport).pixelColor(400, 300) != first);
    QVERIFY2(time.elapsed() >= 80, qPrintable(QString::number(time.elapsed())));
    QVERIFY(loaded.client.damage.contains(QPoint(400, 300)));
    QVERIFY(!loaded.client.damage.contains(QPoint(10, 10)));
    QTRY_VERIFY(grab(loaded.page, {0, 0}, viewport).pixelColor(400, 300) == first);
    // The loop goes on past the last frame.
    QTRY_VERIFY(grab(loaded.page, {0, 0}, viewport).pixelColor(400, 300) != first);
}

void ImagePageTest::aHugeJpegIsDecodedSmaller()
{
    QByteArray jpeg;
    {
        QImage large(12'000, 9'000, QImage::Format_Grayscale8);
        large.fill(128);
        jpeg = encoded(large, "JPEG");
    }
    Loaded loaded(jpeg, head(u"image/jpeg"_s));
    QCOMPARE(loaded.page.text(), QString());
    QCOMPARE(loaded.client.title, u"name.png (12000 × 9000)"_s);
    QVERIFY(isLike(grab(loaded.page, {0, 0}, viewport).pixelColor(400, 300), QColor(128, 128, 128)));
    loaded.click({400, 300});
    QCOMPARE(loaded.page.contentSize(), QSize(12'000, 9'000));
    QVERIFY(isLike(grab(loaded.page, {11'200, 8'400}, viewport).pixelColor(790, 590), QColor(128, 128, 128)));
}

void ImagePageTest::anSvgIsCrispAtEveryScale()
{
    const QByteArray svg =
        "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>"
        "<rect width='100' height='100' fill='#00f'/><rect width='50' height='100' fill='#f00'/></svg>";
    Loaded loaded(svg, head(u"image/svg+xml"_s));
    QCOMPARE(loaded.client.title, u"name.png (100 × 100)"_s);
    loaded.page.setViewport(viewport, 4);
    // At four device pixels a unit an enlarged bitmap would mix the colours at the edge.
    const QImage image = grab(loaded.page, {390, 290}, {20, 20}, 4);
    QCOMPARE(image.pixelColor(39, 40), QColor(Qt::red));
    QCOMPARE(image.pixelColor(40, 40), QColor(Qt::blue));
}

void ImagePageTest::anIconFileShowsItsLargestPicture()
{
    const QByteArray small = encoded(picture(16, 16), "PNG");
    const QByteArray large = encoded(picture(64, 64), "PNG");
    QByteArray ico("\0\0\1\0\2\0", 6);
    const auto entry = [](char size, quint32 length, quint32 offset) {
        QByteArray bytes;
        bytes += size;
        bytes += size;
        bytes += QByteArray("\0\0\1\0\x20\0", 6);
        std::array<char, 8> numbers;
        qToLittleEndian(length, numbers.data());
        qToLittleEndian(offset, numbers.data() + 4);
        return bytes + QByteArray(numbers.data(), 8);
    };
    ico += entry(16, quint32(small.size()), 38) + entry(64, quint32(large.size()), quint32(38 + small.size()));
    Loaded loaded(ico + small + large, head(u"image/vnd.microsoft.icon"_s));
    QCOMPARE(loaded.client.title, u"name.png (64 × 64)"_s);
}

void ImagePageTest::realPicturesOfTheSystemAreShown_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("type");
    const QList<std::pair<const char *, const char *>> pictures{
        {"/usr/share/pixmaps/debian-logo.png", "image/png"},
        {"/usr/share/icons/hicolor/scalable/apps/debian-logo.svg", "image/svg+xml"},
        {"/usr/share/apache2/icons/apache_pb.gif", "image/gif"},
        {"/usr/share/apache2/icons/apache_pb.svg", "image/svg+xml"},
        {"/usr/share/doc/python3/html/_static/py.svg", "image/svg+xml"},
        {"/usr/share/doc/apache2-doc/manual/images/favicon.ico", "image/x-icon"},
        {"/usr/share/doc/apache2-doc/manual/images/custom_errordocs.png", "image/png"},
    };
    for (const auto &[path, type] : pictures) {
        if (QFile::exists(QString::fromLatin1(path))) {
            QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(type);
        }
    }
    QTest::newRow("generated") << QString() << QStringLiteral("image/bmp");
}

void ImagePageTest::realPicturesOfTheSystemAreShown()
{
    QFETCH(QString, path);
    QFETCH(QString, type);
    QByteArray bytes = encoded(picture(30, 30), "BMP");
    if (!path.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        bytes = file.readAll();
    }
    Loaded loaded(bytes, head(type));
    QCOMPARE(loaded.page.text(), QString());
    QVERIFY(!loaded.client.icon.isNull());
    QVERIFY(!isBlank(grab(loaded.page, {0, 0}, viewport)));
}

void ImagePageTest::badPicturesBecomeASentence_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << QByteArray() << u"image/png"_s << u"empty"_s;
    QTest::newRow("text") << QByteArray("this is not a picture") << u"image/png"_s << u"not a picture"_s;
    QTest::newRow("PNG of 30000 x 30000") << pngBomb(30'000) << u"image/png"_s << u"too large"_s;
    QTest::newRow("PNG of 2000000000 x 2000000000") << pngBomb(2'000'000'000) << u"image/png"_s << u"cannot be"_s;
    QTest::newRow("cut PNG") << encoded(picture(300, 300), "PNG").left(60) << u"image/png"_s << u"damaged"_s;
    QTest::newRow("cut SVG") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg'><g><re") << u"image/svg+xml"_s
                             << u"well-formed"_s;
    QTest::newRow("SVG entities")
        << QByteArray(
               "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'>"
               "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
               "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>]>"
               "<svg xmlns='http://www.w3.org/2000/svg'><text>&e;</text></svg>")
        << u"image/svg+xml"_s << u"well-formed"_s;
}

void ImagePageTest::badPicturesBecomeASentence()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, type);
    QFETCH(QString, says);
    Loaded loaded(bytes, head(type));
    QVERIFY2(loaded.page.text().contains(says), qPrintable(loaded.page.text()));
    QCOMPARE(loaded.client.title, u"name.png"_s);
    QCOMPARE(loaded.client.loads, 1);
    QVERIFY(!isBlank(grab(loaded.page, {0, 0}, viewport)));
    loaded.click({400, 300});
}

void ImagePageTest::truncatedPicturesDoNoHarm_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    QTest::newRow("PNG") << encoded(picture(40, 30), "PNG") << u"image/png"_s;
    QTest::newRow("JPEG") << turnedJpeg(picture(40, 30), 6) << u"image/jpeg"_s;
    QTest::newRow("GIF") << gif({5, 5, 5}) << u"image/gif"_s;
    QTest::newRow("BMP") << encoded(picture(10, 8), "BMP") << u"image/bmp"_s;
    QTest::newRow("WebP") << encoded(picture(40, 30), "WEBP") << u"image/webp"_s;
    QTest::newRow("SVG") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>"
                                       "<path d='M0,0 L5,5 A3 3 0 0 1 5 5z' fill='#f00'/></svg>")
                         << u"image/svg+xml"_s;
}

void ImagePageTest::truncatedPicturesDoNoHarm()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, type);
    for (qsizetype length = 0; length <= bytes.size(); ++length) {
        Loaded loaded(bytes.first(length), head(type));
        QCOMPARE(loaded.client.loads, 1);
        grab(loaded.page, {0, 0}, {80, 60});
    }
}

void ImagePageTest::flippedBitsDoNoHarm_data()
{
    truncatedPicturesDoNoHarm_data();
}

void ImagePageTest::flippedBitsDoNoHarm()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, type);
    QRandomGenerator random(1);
    for (int round = 0; round < 300; ++round) {
        QByteArray damaged = bytes;
        for (int i = 0; i < 1 + round % 8; ++i) {
            const qsizetype at = random.bounded(damaged.size());
            damaged[at] = char(damaged[at] ^ (1 << random.bounded(8)));
        }
        Loaded loaded(damaged, head(type));
        QCOMPARE(loaded.client.loads, 1);
        grab(loaded.page, {0, 0}, {80, 60});
    }
}

QTEST_MAIN(ImagePageTest)
#include "image_page_test.moc"
