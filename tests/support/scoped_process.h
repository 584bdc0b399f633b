// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/support/wait_for.h"

#include <QProcess>
#include <QStringList>

#include <memory>

namespace bulkhead {

/// A program that a test runs: started in the constructor, its output kept, and at the end of the scope killed and
/// reaped by its own id, whatever happened. Ends with the test, too, if that is killed. One thread, which must not end
/// before it. The waits run the event loop.
class ScopedProcess
{
public:
    using Environment = QList<std::pair<QString, QString>>;

    /// @p environment is set on top of the test's own; an empty value unsets.
    explicit ScopedProcess(const QString &program, const QStringList &arguments = {},
                           const Environment &environment = {});
    ~ScopedProcess();
    ScopedProcess(const ScopedProcess &) = delete;
    ScopedProcess &operator=(const ScopedProcess &) = delete;

    /// False when the program could not be executed; whyNotStarted() says why.
    bool isStarted() const { return m_id > 0; }
    QString whyNotStarted() const { return m_process->errorString(); }
    bool isRunning() const { return m_process->state() != QProcess::NotRunning; }
    /// The process's id, also after its end; 0 when it was not started.
    qint64 id() const { return m_id; }

    void write(const QByteArray &input) { m_process->write(input); }
    void closeInput() { m_process->closeWriteChannel(); }

    /// Everything written so far.
    const QByteArray &output() const { return m_output; }
    const QByteArray &errorOutput() const { return m_errorOutput; }
    /// False when it does not come, in particular when the program ends before.
    [[nodiscard]] bool waitForOutput(const QByteArray &text,
                                     std::chrono::milliseconds timeout = std::chrono::seconds(30));
    [[nodiscard]] bool waitForErrorOutput(const QByteArray &text,
                                          std::chrono::milliseconds timeout = std::chrono::seconds(30));

    /// Sends a signal to this process only; false when it is gone.
    bool signal(int number);
    [[nodiscard]] bool waitForEnd(std::chrono::milliseconds timeout = std::chrono::seconds(30));
    /// After the end: the exit code; of a program ended by a signal the negative signal number.
    int exitCode() const;

private:
    bool waitForText(const QByteArray &text, const QByteArray &buffer, std::chrono::milliseconds timeout);
    void readAll();

    std::unique_ptr<QProcess> m_process;
    qint64 m_id = 0;
    QByteArray m_output;
    QByteArray m_errorOutput;
};

} // namespace bulkhead
