// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/font_file.h"
#include "renderer/engine/text/hb_shaper.h"

#include <QElapsedTimer>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QTest>
#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

using namespace bulkhead::engine;

namespace {

FontDescription describe(std::vector<QString> families, float size = 16, std::uint16_t weight = 400,
                         FontSlant slant = FontSlant::Normal)
{
    FontDescription description;
    description.families = std::move(families);
    description.size = size;
    description.weight = weight;
    description.slant = slant;
    return description;
}

FontDescription dejaVu(float size = 16)
{
    return describe({QStringLiteral("DejaVu Sans")}, size);
}

bool isInstalled(const char *family)
{
    const QStringList families = QFontDatabase::families();
    return std::any_of(families.begin(), families.end(), [&](const QString &name) {
        return name.section(QStringLiteral(" ["), 0, 0) == QLatin1String(family);
    });
}

QByteArray be32(quint32 value)
{
    value = qToBigEndian(value);
    return QByteArray(reinterpret_cast<const char *>(&value), 4);
}

QByteArray be16(quint16 value)
{
    value = qToBigEndian(value);
    return QByteArray(reinterpret_cast<const char *>(&value), 2);
}

using Tables = std::vector<std::pair<QByteArray, QByteArray>>;

/// The tables of an installed font, as a style sheet's font would have them.
Tables tablesOf(const QString &family)
{
    QFont font(family);
    font.setPixelSize(16);
    const QRawFont raw = QRawFont::fromFont(font);
    Tables tables;
    for (const char *name : {"OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"})
        tables.emplace_back(name, raw.fontTable(name));
    return tables;
}

QByteArray sfnt(const Tables &tables)
{
    QByteArray out = be32(0x00010000) + be16(quint16(tables.size())) + be16(128) + be16(3) + be16(32), body;
    for (const auto &[name, bytes] : tables) {
        out += name + be32(0) + be32(quint32(12 + tables.size() * 16) + quint32(body.size())) +
               be32(quint32(bytes.size()));
        body += bytes + QByteArray((4 - bytes.size() % 4) % 4, '\0');
    }
    return out + body;
}

QByteArray woff(const Tables &tables)
{
    QByteArray entries, body;
    for (const auto &[name, bytes] : tables) {
        const QByteArray packed = qCompress(bytes).mid(4);
        const QByteArray &stored = packed.size() < bytes.size() ? packed : bytes;
        entries += name + be32(quint32(44 + tables.size() * 20) + quint32(body.size())) + be32(quint32(stored.size())) +
                   be32(quint32(bytes.size())) + be32(0);
        body += stored + QByteArray((4 - stored.size() % 4) % 4, '\0');
    }
    return QByteArray("wOFF") + be32(0x00010000) + be32(quint32(44 + entries.size() + body.size())) +
           be16(quint16(tables.size())) + be16(0) + QByteArray(28, '\0') + entries + body;
}

} // namespace

class FontsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_shaper = std::make_unique<HbShaper>(); }
    void cleanup() { m_shaper.reset(); }
    void widthsAreLinearInSixtyFourths();
    void metricsAreRoundedAsInBrowsers_data();
    void metricsAreRoundedAsInBrowsers();
    void metricsTellUnits();
    void equalDescriptionsAreOneFont();
    void wordsAreShapedOnce();
    void familiesThatAreNotThereArePassedOver();
    void metricTwinsStandIn();
    void genericFamiliesAreThere();
    void boldAndItalicAreFacesOfTheFamily();
    void condensedFacesAreFoundByStretch();
    void weightsMatchAsInCssFonts();
    void charactersThatAFontLacksComeFromAnother();
    void marksStayWithTheirBase();
    void rightToLeftGlyphsGoFromTheLeft();
    void arabicJoinsAcrossElements();
    void ligaturesCanBeSwitchedOff();
    void kerningCanBeSwitchedOff();
    void featuresOfTheStyleAreUsed();
    void smallCapitalsAreMade();
    void controlsAndObjectsHaveNoWidth();
    void webFontsComeLater();
    void webFontsCoverTheirRangeOnly();
    void woffIsUnpacked();
    void damagedFontsAreRefused();
    void localFacesAreFoundByFullName();
    void sizeAdjustMakesXEqual();
    void missingFacesAreMadeForPainting();
    void glyphsArePainted();
    void unknownCharactersDoNotTakeLong();

private:
    std::shared_ptr<const ShapedText> shape(const FontDescription &description, const char16_t *text,
                                            Direction direction = Direction::Ltr)
    {
        return m_shaper->shape(m_shaper->font(description), QStringView(text), direction, {});
    }

    std::unique_ptr<HbShaper> m_shaper;
};

void FontsTest::initTestCase()
{
    if (!isInstalled("DejaVu Sans") || !isInstalled("DejaVu Serif") || !isInstalled("Liberation Serif"))
        QSKIP(
            "packages fonts-dejavu-core and fonts-liberation are not installed: the numbers are those of their fonts");
}

void FontsTest::widthsAreLinearInSixtyFourths()
{
    QCOMPARE(shape(dejaVu(), u"a")->width, 9.8125F);
    QCOMPARE(shape(dejaVu(), u" ")->width, 5.09375F);
    const float sixteen = shape(dejaVu(), u"The quick brown fox")->width;
    const float thirteen = shape(dejaVu(40.0F / 3), u"The quick brown fox")->width;
    QVERIFY(std::abs(sixteen / 16 - thirteen / (40.0F / 3)) < 0.01F);
}

void FontsTest::metricsAreRoundedAsInBrowsers_data()
{
    QTest::addColumn<QString>("family");
    QTest::addColumn<double>("size");
    QTest::addColumn<int>("ascent");
    QTest::addColumn<int>("content");
    QTest::addColumn<int>("line");
    const auto add = [](const char *family, double size, int ascent, int content, int line) {
        QTest::addRow("%s %g", family, size) << QString::fromLatin1(family) << size << ascent << content << line;
    };
    add("DejaVu Sans", 13.333, 12, 15, 15);
    add("DejaVu Sans", 16, 15, 19, 19);
    add("DejaVu Sans", 40, 37, 46, 46);
    add("DejaVu Serif", 18, 17, 21, 21);
    add("Liberation Serif", 16, 14, 17, 18);
    add("Liberation Serif", 40, 36, 45, 47);
    add("Liberation Sans", 13, 12, 15, 15);
    add("Liberation Mono", 16, 13, 18, 18);
    add("C059", 40, 29, 40, 48);
    add("Droid Sans Fallback", 16, 17, 21, 21);
    add("Noto Sans Mono", 24, 26, 33, 33);
}

void FontsTest::metricsAreRoundedAsInBrowsers()
{
    QFETCH(QString, family);
    QFETCH(double, size);
    if (!isInstalled(family.toLatin1().constData()))
        QSKIP(qPrintable(QStringLiteral("the font %1 is not installed").arg(family)));
    const FontMetrics &metrics = m_shaper->metrics(m_shaper->font(describe({family}, float(size))));
    QTEST(int(metrics.ascent), "ascent");
    QTEST(int(metrics.ascent + metrics.descent), "content");
    QTEST(int(metrics.ascent + metrics.descent + metrics.lineGap), "line");
}

void FontsTest::metricsTellUnits()
{
    const FontMetrics sans = m_shaper->metrics(m_shaper->font(dejaVu()));
    QCOMPARE(sans.xHeight, 8.75F);
    QVERIFY(std::abs(sans.zeroAdvance - 10.1797F) < 0.001F);
    QCOMPARE(sans.spaceAdvance, 5.0859375F);
    QCOMPARE(sans.underlineThickness, 1.0F);
    QCOMPARE(sans.underlinePosition, 1.5F);
    QCOMPARE(sans.strikePosition, 5.0F);
    const FontMetrics serif = m_shaper->metrics(m_shaper->font(describe({QStringLiteral("Liberation Serif")})));
    QVERIFY(std::abs(serif.xHeight - 7.34375F) < 0.01F);
    QCOMPARE(serif.zeroAdvance, 8.0F);
}

void FontsTest::equalDescriptionsAreOneFont()
{
    QVERIFY(m_shaper->font(dejaVu()) == m_shaper->font(dejaVu()));
    QVERIFY(m_shaper->font(dejaVu()) != m_shaper->font(dejaVu(17)));
    FontDescription other = dejaVu();
    other.features.emplace_back(QStringLiteral("liga"), 0);
    QVERIFY(m_shaper->font(dejaVu()) != m_shaper->font(other));
}

void FontsTest::wordsAreShapedOnce()
{
    QVERIFY(shape(dejaVu(), u"word ") == shape(dejaVu(), u"word "));
    QVERIFY(shape(dejaVu(), u"word ") != shape(dejaVu(17), u"word "));
    QVERIFY(shape(dejaVu(), u"word ") != shape(dejaVu(), u"word ", Direction::Rtl));
}

void FontsTest::familiesThatAreNotThereArePassedOver()
{
    const float serif = shape(describe({QStringLiteral("Liberation Serif")}), u"WWii")->width;
    QCOMPARE(shape(describe({QStringLiteral("Lucida Grande"), QStringLiteral("Roboto"),
                             QStringLiteral("liberation SERIF"), QStringLiteral("sans-serif")}),
                   u"WWii")
                 ->width,
             serif);
    QVERIFY(shape(describe({QStringLiteral("Nothing Like It")}), u"a")->width > 0);
    QVERIFY(shape(describe({}), u"a")->width > 0);
}

void FontsTest::metricTwinsStandIn()
{
    QCOMPARE(shape(describe({QStringLiteral("Times New Roman")}), u"WWii")->width,
             shape(describe({QStringLiteral("Liberation Serif")}), u"WWii")->width);
    QCOMPARE(shape(describe({QStringLiteral("Helvetica")}), u"WWii")->width,
             shape(describe({QStringLiteral("Liberation Sans")}), u"WWii")->width);
}

void FontsTest::genericFamiliesAreThere()
{
    const auto width = [&](const char *family) {
        return shape(describe({QString::fromLatin1(family)}), u"WWii")->width;
    };
    QCOMPARE(width("monospace"), 4 * shape(describe({QStringLiteral("monospace")}), u"i")->width);
    QVERIFY(width("serif") != width("sans-serif"));
    QCOMPARE(width("system-ui"), width("sans-serif"));
}

void FontsTest::boldAndItalicAreFacesOfTheFamily()
{
    const QString family = QStringLiteral("DejaVu Sans");
    QVERIFY(shape(describe({family}, 16, 700), u"Hello")->width > shape(dejaVu(), u"Hello")->width + 3);
    QCOMPARE(shape(describe({family}, 16, 600), u"Hello")->width, shape(describe({family}, 16, 900), u"Hello")->width);
    QCOMPARE(shape(describe({family}, 16, 500), u"Hello")->width, shape(dejaVu(), u"Hello")->width);
    for (const std::uint16_t weight : {400, 700}) {
        const auto glyph = shape(describe({family}, 16, weight, FontSlant::Italic), u"a")->glyphs.at(0);
        const PaintFace &face = m_shaper->paintFace(glyph.face);
        QVERIFY(!face.isSlanted);
        QCOMPARE(face.boldBy, 0.0F);
        QVERIFY(face.font.style() != QFont::StyleNormal);
    }
}

void FontsTest::condensedFacesAreFoundByStretch()
{
    FontDescription narrow = dejaVu();
    narrow.stretch = 75;
    if (isInstalled("DejaVu Sans Condensed") ||
        QFontDatabase::styles(QStringLiteral("DejaVu Sans")).contains(QStringLiteral("Condensed")))
        QVERIFY(shape(narrow, u"Hello")->width < shape(dejaVu(), u"Hello")->width * 0.95F);
}

void FontsTest::weightsMatchAsInCssFonts()
{
    const auto face = [](std::uint16_t weight, FontSlant slant = FontSlant::Normal) {
        FaceTraits traits;
        traits.minWeight = traits.maxWeight = weight;
        traits.slant = slant;
        return traits;
    };
    const std::vector<FaceTraits> weights{face(100), face(300), face(500), face(800)};
    const auto best = [&](std::uint16_t weight) { return weights[bestFace(weights, {weight})].minWeight; };
    QCOMPARE(best(400), 500);
    QCOMPARE(best(350), 300);
    QCOMPARE(best(200), 100);
    QCOMPARE(best(600), 800);
    QCOMPARE(best(900), 800);
    const std::vector<FaceTraits> slants{face(400), face(700, FontSlant::Oblique)};
    QCOMPARE(bestFace(slants, {400, FontSlant::Italic}), 1U);
    QVERIFY(needsBold(face(400), {700}));
    QVERIFY(!needsBold(face(600), {900}));
    QVERIFY(needsSlant(face(400), {400, FontSlant::Oblique}));
}

void FontsTest::charactersThatAFontLacksComeFromAnother()
{
    const auto mixed = shape(describe({QStringLiteral("Liberation Serif")}), u"a\u2708b");
    QCOMPARE(mixed->glyphs.size(), 3U);
    QVERIFY(mixed->glyphs[1].face != mixed->glyphs[0].face);
    QVERIFY(mixed->glyphs[1].index != 0);
    QCOMPARE(mixed->glyphs[2].face, mixed->glyphs[0].face);
    QCOMPARE(mixed->glyphs[1].cluster, 1U);
}

void FontsTest::marksStayWithTheirBase()
{
    const auto accents = shape(dejaVu(), u"e\u0301q\u0303");
    for (const ShapedText::Glyph &glyph : accents->glyphs)
        QCOMPARE(glyph.face, accents->glyphs[0].face);
    QCOMPARE(accents->width, shape(dejaVu(), u"eq")->width);
    QCOMPARE(accents->glyphs.back().cluster, 2U);
}

void FontsTest::rightToLeftGlyphsGoFromTheLeft()
{
    const auto hebrew = shape(dejaVu(), u"\u05e9\u05dc\u05d5\u05dd", Direction::Rtl);
    QCOMPARE(hebrew->glyphs.size(), 4U);
    QCOMPARE(hebrew->glyphs.front().cluster, 3U);
    QCOMPARE(hebrew->glyphs.back().cluster, 0U);
    QVERIFY(hebrew->isRightToLeft);
}

void FontsTest::arabicJoinsAcrossElements()
{
    const QString word = QString::fromUtf16(u"\u0645\u0631\u062d\u0628\u0627");
    const FontId font = m_shaper->font(dejaVu());
    const auto whole = m_shaper->shape(font, word, Direction::Rtl, {});
    QVERIFY(std::abs(whole->width - 36.99F) < 0.02F);
    const auto end = m_shaper->shapeWithin(font, word, 3, 2, Direction::Rtl, {});
    const auto start = m_shaper->shapeWithin(font, word, 0, 3, Direction::Rtl, {});
    QVERIFY(std::abs(start->width + end->width - whole->width) < 0.001F);
    QCOMPARE(end->glyphs.back().cluster, 0U);
    QVERIFY(m_shaper->shape(font, QStringView(word).mid(3), Direction::Rtl, {})->glyphs.back().index !=
            end->glyphs.back().index);
}

void FontsTest::ligaturesCanBeSwitchedOff()
{
    FontDescription with = describe({QStringLiteral("DejaVu Sans")}), without = with;
    without.ligatures = false;
    QCOMPARE(shape(with, u"office")->glyphs.size(), 4U);
    QCOMPARE(shape(without, u"office")->glyphs.size(), 6U);
}

void FontsTest::kerningCanBeSwitchedOff()
{
    FontDescription with = describe({QStringLiteral("Liberation Serif")}), without = with;
    without.kerning = FontKerning::None;
    QVERIFY(shape(with, u"AVAWA")->width < shape(without, u"AVAWA")->width - 1);
}

void FontsTest::featuresOfTheStyleAreUsed()
{
    FontDescription description = dejaVu();
    description.features.emplace_back(QStringLiteral("liga"), 0);
    QCOMPARE(shape(description, u"office")->glyphs.size(), 6U);
}

void FontsTest::smallCapitalsAreMade()
{
    FontDescription small = dejaVu();
    small.caps = FontCaps::SmallCaps;
    const float width = shape(small, u"Hello World")->width;
    QVERIFY2(std::abs(width - 91.31F) < 0.1F, qPrintable(QString::number(width)));
    const auto sharp = shape(small, u"a\u00dfb");
    QCOMPARE(sharp->glyphs.size(), 4U);
    QCOMPARE(sharp->glyphs[2].cluster, 1U);
    QCOMPARE(sharp->glyphs[3].cluster, 2U);
    small.caps = FontCaps::AllSmallCaps;
    QVERIFY(std::abs(shape(small, u"HELLO")->width - shape(dejaVu(11), u"HELLO")->width) < 0.01F);
}

void FontsTest::controlsAndObjectsHaveNoWidth()
{
    QCOMPARE(shape(dejaVu(), u"\u0001\u00ad\u200b\u2067\ufffc\u200d")->width, 0.0F);
}

void FontsTest::webFontsComeLater()
{
    const FontDescription description = describe({QStringLiteral("Mine"), QStringLiteral("DejaVu Sans")});
    const FontId font = m_shaper->font(description);
    const float before = shape(description, u"mm")->width;
    const std::uint64_t epoch = m_shaper->epoch();
    FontFaceDescriptors face;
    face.family = QStringLiteral("mine");
    QVERIFY(m_shaper->addFace(face, sfnt(tablesOf(QStringLiteral("Liberation Serif")))));
    QVERIFY(m_shaper->epoch() != epoch);
    QVERIFY(m_shaper->font(description) == font);
    const auto after = shape(description, u"mm");
    QVERIFY(after->width != before);
    QVERIFY(std::abs(after->width - shape(describe({QStringLiteral("Liberation Serif")}), u"mm")->width) < 0.01F);
    QCOMPARE(m_shaper->metrics(font).ascent, 14.0F);
    QVERIFY(m_shaper->paintFace(after->glyphs[0].face).font.isValid());
}

void FontsTest::webFontsCoverTheirRangeOnly()
{
    FontFaceDescriptors face;
    face.family = QStringLiteral("Digits");
    face.unicodeRange = {{'0', '9'}};
    QVERIFY(m_shaper->addFace(face, sfnt(tablesOf(QStringLiteral("Liberation Serif")))));
    const FontDescription description = describe({QStringLiteral("Digits"), QStringLiteral("DejaVu Sans")});
    const auto mixed = shape(description, u"a1");
    QCOMPARE(mixed->glyphs[0].advance, 9.8125F);
    QCOMPARE(mixed->glyphs[1].advance, 8.0F);
    // The first available font is one that has a space.
    QCOMPARE(m_shaper->metrics(m_shaper->font(description)).ascent, 15.0F);
}

void FontsTest::woffIsUnpacked()
{
    const Tables tables = tablesOf(QStringLiteral("Liberation Serif"));
    QCOMPARE(sfntOf(woff(tables)), sfnt(tables));
    QCOMPARE(sfntOf(sfnt(tables)), sfnt(tables));
}

void FontsTest::damagedFontsAreRefused()
{
    FontFaceDescriptors face;
    face.family = QStringLiteral("Bad");
    const std::uint64_t epoch = m_shaper->epoch();
    QVERIFY(!m_shaper->addFace(face, {}));
    QVERIFY(!m_shaper->addFace(face, QByteArray("wOF2") + QByteArray(100, '\0')));
    QVERIFY(!m_shaper->addFace(face, QByteArray(1000, 'x')));
    const QByteArray good = woff(tablesOf(QStringLiteral("Liberation Serif")));
    for (const qsizetype size : {12, 44, 100, 300})
        QVERIFY(!m_shaper->addFace(face, good.left(size)));
    QCOMPARE(m_shaper->epoch(), epoch);
}

void FontsTest::localFacesAreFoundByFullName()
{
    FontFaceDescriptors face;
    face.family = QStringLiteral("Local");
    QVERIFY(!m_shaper->addLocalFace(face, QStringLiteral("Nothing Like It Bold")));
    QVERIFY(m_shaper->addLocalFace(face, QStringLiteral("Liberation Serif Bold")));
    QCOMPARE(shape(describe({QStringLiteral("Local")}), u"WWii")->width,
             shape(describe({QStringLiteral("Liberation Serif")}, 16, 700), u"WWii")->width);
}

void FontsTest::sizeAdjustMakesXEqual()
{
    FontDescription description = dejaVu();
    description.sizeAdjust = 0.5F;
    QVERIFY(std::abs(m_shaper->metrics(m_shaper->font(description)).xHeight - 8) < 0.01F);
}

void FontsTest::missingFacesAreMadeForPainting()
{
    FontFaceDescriptors face;
    face.family = QStringLiteral("Plain");
    QVERIFY(m_shaper->addFace(face, sfnt(tablesOf(QStringLiteral("Liberation Serif")))));
    const auto word = shape(describe({QStringLiteral("Plain")}, 16, 700, FontSlant::Italic), u"a");
    const PaintFace &made = m_shaper->paintFace(word->glyphs[0].face);
    QVERIFY(made.boldBy > 0.4F && made.boldBy < 0.7F);
    QVERIFY(made.isSlanted);
}

void FontsTest::glyphsArePainted()
{
    FontFaceDescriptors plain;
    plain.family = QStringLiteral("Plain");
    QVERIFY(m_shaper->addFace(plain, sfnt(tablesOf(QStringLiteral("DejaVu Sans")))));
    const auto ink = [&](const FontDescription &description) {
        const auto word = shape(description, u"Ha");
        std::vector<std::uint32_t> glyphs;
        std::vector<QPointF> positions;
        float x = 0;
        for (const ShapedText::Glyph &glyph : word->glyphs) {
            glyphs.push_back(glyph.index);
            positions.emplace_back(x, 0);
            x += glyph.advance;
        }
        QImage image(64, 32, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::white);
        {
            QPainter painter(&image);
            drawGlyphs(painter, m_shaper->paintFace(word->glyphs[0].face), {4, 24}, glyphs, positions);
        }
        int dark = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int column = 0; column < image.width(); ++column)
                dark += 255 - qGreen(image.pixel(column, y));
        }
        return dark / 255;
    };
    const int regular = ink(dejaVu());
    QVERIFY2(regular > 40 && regular < 110, qPrintable(QString::number(regular)));
    const int web = ink(describe({QStringLiteral("Plain")}));
    QVERIFY(std::abs(web - regular) <= 5);
    QVERIFY(ink(describe({QStringLiteral("Plain")}, 16, 700)) > web + 5);
    QVERIFY(std::abs(ink(describe({QStringLiteral("Plain")}, 16, 400, FontSlant::Italic)) - web) < 15);
}

void FontsTest::unknownCharactersDoNotTakeLong()
{
    QElapsedTimer timer;
    timer.start();
    const FontId font = m_shaper->font(dejaVu());
    QString text;
    for (char32_t c = 0xf0000; c < 0xf4000; ++c)
        text.append(QChar::fromUcs4(c));
    const auto shaped = m_shaper->shape(font, text, Direction::Ltr, {});
    QCOMPARE(shaped->glyphs.size(), std::size_t(0x4000));
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_MAIN(FontsTest)
#include "fonts_test.moc"
