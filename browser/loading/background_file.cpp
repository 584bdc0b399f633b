// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/background_file.h"

#include <QDir>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QSaveFile>

namespace bulkhead {
namespace {

constexpr QFile::Permissions OwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

void report(const QFileDevice &file)
{
    qWarning("%s cannot be written: %s", qUtf8Printable(file.fileName()), qUtf8Printable(file.errorString()));
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
    m_thread.start([fileName = m_fileName, contents] {
        QDir().mkpath(QFileInfo(fileName).path());
        QSaveFile file(fileName);
        if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(OwnerOnly) ||
            file.write(contents) != contents.size() || !file.commit())
            report(file);
    });
}

void BackgroundFile::append(const QByteArray &bytes)
{
    m_thread.start([fileName = m_fileName, bytes] {
        QDir().mkpath(QFileInfo(fileName).path());
        QFile file(fileName);
        if (!file.open(QIODevice::Append) || !file.setPermissions(OwnerOnly) || file.write(bytes) != bytes.size())
            report(file);
    });
}

} // namespace bulkhead
