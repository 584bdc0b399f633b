// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/log.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <array>
#include <unistd.h>

namespace bulkhead::log {

namespace {

void fromQt(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (message.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR")))
        return debug(message); // said at every start where there is no login session
    switch (type) {
    case QtDebugMsg:
        return debug(message);
    case QtInfoMsg:
        return info(message);
    case QtWarningMsg:
        return warn(message);
    case QtCriticalMsg:
        return error(message);
    case QtFatalMsg:
        return write(spdlog::level::critical, message);
    }
}

constexpr qsizetype LongestLine = 8192;

/// Control and direction characters of a hostile child must not reach somebody's terminal, nor its megabytes the log.
QString harmless(QString text)
{
    if (text.size() > LongestLine)
        text = text.left(LongestLine) + u'\u2026';
    for (QChar &c : text) {
        const bool steers = c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
                            c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
        if (steers && c != u'\t')
            c = u'\ufffd';
    }
    return text;
}

} // namespace

bool initialise(const Options &options, QString *error)
{
    // spdlog would make missing folders: a mistyped name must not leave some behind.
    if (!options.file.isEmpty() && !QFileInfo(QFileInfo(options.file).absolutePath()).isDir()) {
        *error = QCoreApplication::translate("log", "The log file %1 cannot be written: there is no such folder.")
                     .arg(options.file);
        return false;
    }
    try {
        auto logger = options.file.isEmpty() ? spdlog::stderr_color_st("bulkhead")
                                             : spdlog::basic_logger_st("bulkhead", options.file.toStdString());
        logger->set_level(options.level);
        logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %^%-5l%$ %v");
        logger->flush_on(spdlog::level::info);
        spdlog::set_default_logger(std::move(logger));
    } catch (const spdlog::spdlog_ex &e) {
        *error = QCoreApplication::translate("log", "The log file %1 cannot be written: %2.")
                     .arg(options.file, QString::fromLocal8Bit(e.what()));
        return false;
    }
    qInstallMessageHandler(&fromQt);
    return true;
}

std::optional<spdlog::level::level_enum> levelFromName(const QString &name)
{
    struct Level
    {
        const char *name;
        spdlog::level::level_enum level;
    };
    static constexpr std::array<Level, 6> Levels{{{"trace", spdlog::level::trace},
                                                  {"debug", spdlog::level::debug},
                                                  {"info", spdlog::level::info},
                                                  {"warn", spdlog::level::warn},
                                                  {"error", spdlog::level::err},
                                                  {"off", spdlog::level::off}}};
    for (const Level &level : Levels) {
        if (name == QLatin1String(level.name))
            return level.level;
    }
    return {};
}

void write(spdlog::level::level_enum level, const QString &message)
{
    writeFor(level, QStringLiteral("browser"), ::getpid(), message);
}

void writeFor(spdlog::level::level_enum level, const QString &role, qint64 pid, const QString &message)
{
    if (!spdlog::should_log(level))
        return;
    spdlog::log(level, "[{} {}] {}", role.toStdString(), pid, harmless(message).toStdString());
}

} // namespace bulkhead::log
