// SPDX-License-Identifier: BSD-3-Clause
// Structures that more than one program reads lie alike on every architecture that Bulkhead is built for: a plugin's
// interface is kept for good, and what processes share in memory is compiled into several programs.
#include "ipc/channel/packet.h"
#include "ipc/core/crash_record.h"
#include "ipc/lab/protocol/frame_board.h"
#include "ipc/lab/protocol/pressure_board.h"
#include "ipc/lab/protocol/race_board.h"

#include <QtTest>

#include <bulkhead/plugin.h>
#include <cstddef>

using namespace bulkhead;

class LayoutTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePluginsInterfaceIsWhatItWas()
    {
        QCOMPARE(sizeof(bulkhead_rect), 16u);
        QCOMPARE(sizeof(bulkhead_view), 32u);
        QCOMPARE(offsetof(bulkhead_view, device_pixel_ratio), 24u);
        QCOMPARE(sizeof(bulkhead_document), 56u);
        QCOMPARE(offsetof(bulkhead_document, length), 32u);
        QCOMPARE(sizeof(bulkhead_frame), 48u);
        QCOMPARE(offsetof(bulkhead_frame, pixels), 8u);
        QCOMPARE(offsetof(bulkhead_frame, scale), 40u);
        QCOMPARE(sizeof(bulkhead_input), 96u);
        QCOMPARE(offsetof(bulkhead_input, button), 40u);
        QCOMPARE(offsetof(bulkhead_input, text), 80u);
        QCOMPARE(offsetof(bulkhead_host, extension), 8u);
        QCOMPARE(sizeof(bulkhead_host), 8u + 8 * sizeof(void *));
        QCOMPARE(offsetof(bulkhead_plugin, id), 8u);
        QCOMPARE(offsetof(bulkhead_plugin, create), 24u);
        QCOMPARE(sizeof(bulkhead_plugin), 24u + 12 * sizeof(void *));
    }

    void whatIsSentIsWhatIsReceived()
    {
        QCOMPARE(sizeof(PacketHeader), 12u);
        QCOMPARE(offsetof(PacketHeader, requestId), 4u);
        QCOMPARE(offsetof(PacketHeader, kind), 9u);
        QCOMPARE(offsetof(crash::Record, faultAddress), 24u);
        QCOMPARE(offsetof(crash::Record, registers), 40u);
        QCOMPARE(offsetof(crash::Record, frames), 40 + 8 * crash::RegisterCount);
    }

    void whatIsSharedLiesInLinesOfTheCache()
    {
        QCOMPARE(offsetof(lab::FrameBoard, received), 64u);
        QCOMPARE(offsetof(lab::FrameBoard, times), 96u);
        QCOMPARE(sizeof(lab::FrameBoard), 96u + 8 * lab::FrameBoard::Times + 32 + 64);
        QCOMPARE(offsetof(lab::PressureBoard, sent), 64u);
        QCOMPARE(offsetof(lab::PressureBoard, received), 128u);
        QCOMPARE(offsetof(lab::RaceBoard, semaphore), 128u);
        QCOMPARE(offsetof(lab::RaceBoard, processes), 640u);
        QCOMPARE(sizeof(lab::RaceBoard::Stage), 48u);
    }
};

QTEST_APPLESS_MAIN(LayoutTest)
#include "layout_test.moc"
