// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/user_agent_sheet.h"

#include "renderer/engine/css/sheet_parser.h"

#include <QFile>

#include <memory>

static void initResources()
{
    Q_INIT_RESOURCE(engine_style_resources); // the library is static
}

namespace bulkhead::engine {

namespace {

SheetSource load(const QString &name, const Document &document)
{
    QFile file(QStringLiteral(":/bulkhead/engine/") + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    css::SheetContext context;
    context.atoms = &document.atoms();
    const QString text = QString::fromUtf8(file.readAll());
    return {std::make_shared<const css::Sheet>(css::parseSheet(text, context)), {}, Origin::UserAgent};
}

} // namespace

std::vector<SheetSource> userAgentSheets(const Document &document)
{
    initResources();
    std::vector<SheetSource> sheets{load(QStringLiteral("user_agent.css"), document)};
    if (document.quirks() == QuirksMode::Quirks)
        sheets.push_back(load(QStringLiteral("quirks.css"), document));
    return sheets;
}

} // namespace bulkhead::engine
