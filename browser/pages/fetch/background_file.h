// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QString>
#include <QThreadPool>

#include <functional>

namespace bulkhead {

/// A small private file (0600) that is written on a thread of its own, in the order of the calls, so that a slow disk
/// holds up nobody. Failures are logged; they cost the app's memory of things, not its work.
class BackgroundFile
{
public:
    explicit BackgroundFile(QString fileName);
    /// Waits until everything is written.
    ~BackgroundFile();

    /// Replaces the file atomically.
    void replace(const QByteArray &contents);
    void append(const QByteArray &bytes);
    /// Other work that must keep its place among these.
    void run(std::function<void()> work);
    /// Until everything asked for so far is done.
    void wait();

private:
    QString m_fileName;
    QThreadPool m_thread;
};

} // namespace bulkhead
