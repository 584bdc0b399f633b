// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/background_file.h"

#include "browser/pages/fetch/safe_file.h"

#include <QLoggingCategory>

namespace bulkhead {
namespace {

void report(const QString &fileName, const Result<void> &written)
{
    if (!written)
        qWarning("%s cannot be written: %s", qUtf8Printable(fileName), written.error().what.c_str());
}

} // namespace

BackgroundFile::BackgroundFile(QString fileName) : m_fileName(std::move(fileName))
{
    m_thread.setMaxThreadCount(1); // keeps the order
}

BackgroundFile::~BackgroundFile()
{
    wait();
}

void BackgroundFile::run(std::function<void()> work)
{
    m_thread.start(std::move(work));
}

void BackgroundFile::wait()
{
    m_thread.waitForDone();
}

void BackgroundFile::replace(const QByteArray &contents)
{
    m_thread.start([fileName = m_fileName, contents] { report(fileName, safe_file::replace(fileName, contents)); });
}

void BackgroundFile::append(const QByteArray &bytes)
{
    m_thread.start([fileName = m_fileName, bytes] { report(fileName, safe_file::append(fileName, bytes)); });
}

} // namespace bulkhead
