// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/animation/frame_animation.h"
#include "ipc/lab/animation/shrink.h"
#include "ipc/lab/protocol/frame_board.h"

#include <QTest>

#include <algorithm>
#include <fcntl.h>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

std::vector<unsigned char> painted(FrameAnimation &animation, std::uint64_t number, unsigned char before)
{
    std::vector<unsigned char> pixels(animation.bytes(), before);
    animation.paint(number, pixels.data());
    return pixels;
}

} // namespace

/// What "Frames side by side" consists of.
class FramesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPictureIsTheSameEverywhere_data();
    void aPictureIsTheSameEverywhere();
    void eachPictureDiffersFromTheOneBefore();
    void makingSmallerAveragesEveryPixel();
    void makingSmallerToTheSameSizeCopies();
    void aDisplayShowsTheNewestPicture();
    void aLyingWorkerSpoilsOnlyItsOwnPicture();
    void aBoardOfTheWrongSizeIsRefused();
};

void FramesTest::aPictureIsTheSameEverywhere_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("smallest") << QSize(16, 16);
    QTest::newRow("odd") << QSize(333, 77);
    QTest::newRow("upright") << QSize(200, 640);
    QTest::newRow("usual") << QSize(640, 360);
    QTest::newRow("4K") << QSize(3840, 2160);
}

void FramesTest::aPictureIsTheSameEverywhere()
{
    QFETCH(QSize, size);
    FrameAnimation one(size), other(size);
    painted(other, 5000, 0); // what was painted before makes no difference
    for (const std::uint64_t number : {0U, 1U, 777U, 1'000'000U}) {
        const auto first = painted(one, number, 0x55), second = painted(other, number, 0xaa);
        QVERIFY(first == second); // so every byte was written
        for (std::size_t i = 3; i < first.size(); i += 4)
            QCOMPARE(first[i], 255);
    }
}

void FramesTest::eachPictureDiffersFromTheOneBefore()
{
    FrameAnimation animation(QSize(640, 360));
    auto before = painted(animation, 0, 0);
    for (std::uint64_t number = 1; number < 120; ++number) {
        auto next = painted(animation, number, 0);
        QVERIFY2(next != before, qPrintable(QString::number(number)));
        before = std::move(next);
    }
}

void FramesTest::makingSmallerAveragesEveryPixel()
{
    // 6 x 4 to 2 x 2: each of the four is the mean of six.
    std::vector<unsigned char> source(6 * 4 * 4), target(2 * 2 * 4);
    for (std::size_t i = 0; i < source.size(); ++i)
        source[i] = static_cast<unsigned char>((i * 37) % 251);
    Shrink shrink(6, 4, 2, 2);
    shrink(source.data(), target.data());
    for (int y = 0; y < 2; ++y) {
        for (int x = 0; x < 2; ++x) {
            for (int channel = 0; channel < 4; ++channel) {
                int sum = 0;
                for (int dy = 0; dy < 2; ++dy) {
                    for (int dx = 0; dx < 3; ++dx)
                        sum += source[std::size_t(((y * 2 + dy) * 6 + x * 3 + dx) * 4 + channel)];
                }
                const int got = target[std::size_t((y * 2 + x) * 4 + channel)];
                QVERIFY2(std::abs(got - (sum + 3) / 6) <= 1, qPrintable(QString::number(got)));
            }
        }
    }
    // One pixel of 8192 x 8192 would overflow 32 bits if sums were not bounded by the sizes that are allowed.
    std::vector<unsigned char> white(std::size_t(2048) * 2048 * 4, 255);
    unsigned char pixel[4] = {};
    Shrink(2048, 2048, 1, 1)(white.data(), pixel);
    QVERIFY(pixel[0] >= 254 && pixel[3] >= 254);
}

void FramesTest::makingSmallerToTheSameSizeCopies()
{
    std::vector<unsigned char> source(5 * 3 * 4, 9), target(source.size());
    source[7] = 200;
    Shrink(5, 3, 5, 3)(source.data(), target.data());
    QVERIFY(source == target);
}

void FramesTest::aDisplayShowsTheNewestPicture()
{
    const Result<FrameBoardMemory> board = FrameBoardMemory::create();
    Result<FrameDisplay> shows = FrameDisplay::create(4, 2);
    QVERIFY(board && shows);
    Result<FrameDisplay> fills = FrameDisplay::adopt(shows->duplicate(), 4, 2);
    QVERIFY(fills);
    QVERIFY(!shows->takeNewest(**board));
    const auto publish = [&](unsigned char value) {
        std::fill_n(fills->buffer(), 4 * 2 * 4, value);
        fills->publish(**board);
    };
    publish(1);
    const unsigned char *first = shows->takeNewest(**board);
    QVERIFY(first);
    QCOMPARE(first[0], 1);
    QVERIFY(!shows->takeNewest(**board)); // had it already
    for (unsigned char value = 2; value < 9; ++value) {
        publish(value); // nobody looks: the ones before are overwritten, the one shown is not
        QCOMPARE(first[31], 1);
    }
    const unsigned char *newest = shows->takeNewest(**board);
    QVERIFY(newest);
    QCOMPARE(newest[31], 8);
}

void FramesTest::aLyingWorkerSpoilsOnlyItsOwnPicture()
{
    const Result<FrameBoardMemory> board = FrameBoardMemory::create();
    Result<FrameDisplay> shows = FrameDisplay::create(4, 2);
    QVERIFY(board && shows);
    for (const std::uint32_t lie : {3U, 4U, 5U, 6U, 7U, 100U, 0xffffffffU, 0x80000004U}) {
        (*board)->newest = lie;
        const unsigned char *picture = shows->takeNewest(**board);
        if (picture) { // inside its memory, whatever was said
            unsigned sum = 0;
            for (int i = 0; i < 4 * 2 * 4; ++i)
                sum += picture[i];
            QCOMPARE(sum, 0U);
        }
    }
    // Less memory than three pictures take is refused before anything is read.
    const Result<FrameDisplay> tooSmall = FrameDisplay::adopt(shows->duplicate(), 400, 200);
    QVERIFY(!tooSmall);
    QVERIFY(!FrameDisplay::create(0, 5));
    QVERIFY(!FrameDisplay::create(100'000, 5));
}

void FramesTest::aBoardOfTheWrongSizeIsRefused()
{
    Result<Memfd> small = Memfd::create("small", 64);
    QVERIFY(small);
    QVERIFY(!FrameBoardMemory::adopt(small->duplicate()));
    QVERIFY(!FrameBoardMemory::adopt(UniqueFd(::open("/dev/null", O_RDWR))));
}

QTEST_MAIN(FramesTest)
#include "frames_test.moc"
