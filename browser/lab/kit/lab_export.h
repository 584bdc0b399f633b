// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QImage>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace bulkhead {

class LabPage;
struct LabTable;

enum class LabFormat { Json, Csv, Svg, Png, Html };
/// "json", "csv", "svg", "png", "html"
std::optional<LabFormat> labFormatFromName(const QString &name);

/// A page's last result as a file. Html is a report of one page: what was asked, on which machine, charts, figures.
QByteArray labExport(const LabPage &page, LabFormat format);
/// The page's charts in the window's colours, two pixels for each.
QImage labPicture(const LabPage &page);
/// RFC 4180; with titles when there are several.
QByteArray labTablesToCsv(const QList<LabTable> &tables);
/// What LabFormat::Json writes: {"page", "title", "made", "machine", "result"}.
QJsonObject labDocument(const LabPage &page);

} // namespace bulkhead
