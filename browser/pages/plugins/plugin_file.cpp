// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/plugin_file.h"

#include "ipc/core/safe_open.h"

#include <QCryptographicHash>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead {

namespace {

#ifndef MFD_EXEC
constexpr unsigned MFD_EXEC = 0x0010U; // Linux 6.3; Debian 12's headers are older
#endif

struct Copied
{
    UniqueFd memory;
    QString checksum;
};

/// Copies @p file into sealed memory, in pieces, and reckons the checksum of what was copied. Nothing: errno.
std::optional<Copied> copyToMemory(int file)
{
    Copied copy{UniqueFd(::memfd_create("plugin", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC)), {}};
    if (!copy.memory && errno == EINVAL)
        copy.memory.reset(::memfd_create("plugin", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!copy.memory)
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray piece(1 << 20, Qt::Uninitialized);
    qint64 all = 0;
    for (;;) {
        const ssize_t got = ::read(file, piece.data(), std::size_t(piece.size()));
        if (got < 0)
            return {};
        if (got == 0)
            break;
        if ((all += got) > PluginFile::MostLibraryBytes) { // it grows while it is read
            errno = EFBIG;
            return {};
        }
        hash.addData(QByteArrayView(piece.constData(), got));
        if (::write(copy.memory.get(), piece.constData(), std::size_t(got)) != got)
            return {};
    }
    if (::fcntl(copy.memory.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) < 0)
        return {};
    copy.checksum = QString::fromLatin1(hash.result().toHex());
    return copy;
}

QByteArray stampOf(const struct stat &status)
{
    return QByteArray::number(qint64(status.st_mtim.tv_sec)) + '.' +
           QByteArray::number(qint64(status.st_mtim.tv_nsec)) + '/' + QByteArray::number(qint64(status.st_size)) + '/' +
           QByteArray::number(quint64(status.st_ino));
}

} // namespace

PluginFile::PluginFile(QString folder) : m_folder(std::move(folder))
{
    auto manifest = PluginManifest::read(m_folder);
    if (manifest)
        m_manifest = std::move(*manifest);
    else
        m_fault = manifest.error();
}

QString PluginFile::id() const
{
    return m_manifest ? m_manifest->id : QFileInfo(m_folder).completeBaseName();
}

tl::expected<UniqueFd, PluginFault> PluginFile::library()
{
    if (!m_manifest)
        return tl::unexpected(*m_fault);
    const QString name = m_manifest->libraries.value(PluginManifest::architecture());
    const std::string path = (m_folder + u'/' + name).toStdString();
    const auto missing = [&] {
        return tl::unexpected(PluginFault{PluginCode::LibraryMissing, path, std::strerror(errno), "a readable file"});
    };
    const Result<UniqueFd> file = openRegular(path, MostLibraryBytes);
    struct stat status = {};
    if (!file && file.error().number == EFBIG) {
        return tl::unexpected(PluginFault{PluginCode::LibrarySize, name.toStdString(), file.error().what,
                                          std::to_string(MostLibraryBytes) + " bytes"});
    }
    if (!file)
        return tl::unexpected(PluginFault{PluginCode::LibraryMissing, path, file.error().what, "a readable file"});
    if (::fstat(file->get(), &status) < 0)
        return missing();
    if (!m_library || m_libraryStamp != stampOf(status)) {
        auto copy = copyToMemory(file->get());
        if (!copy)
            return missing();
        const QString expected = m_manifest->checksums.value(PluginManifest::architecture());
        if (copy->checksum != expected) {
            return tl::unexpected(PluginFault{PluginCode::Checksum, name.toStdString(), copy->checksum.toStdString(),
                                              expected.toStdString()});
        }
        m_library = std::move(copy->memory);
        m_libraryStamp = stampOf(status);
    }
    UniqueFd duplicate = m_library.duplicate();
    if (!duplicate)
        return missing();
    return duplicate;
}

wire::PluginLoad PluginFile::load() const
{
    wire::PluginLoad load;
    load.set_id(m_manifest->id.toStdString());
    load.set_version(m_manifest->version.toStdString());
    load.set_abi_major(m_manifest->abiMajor);
    load.set_abi_minor(m_manifest->abiMinor);
    load.set_uses_qt(m_manifest->usesQt);
    load.set_qt_minor(m_manifest->qtMinor);
    return load;
}

} // namespace bulkhead
