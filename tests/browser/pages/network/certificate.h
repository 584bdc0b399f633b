// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace bulkhead::test {

struct Certificate
{
    QByteArray certificate; ///< PEM; empty where there is no openssl command
    QByteArray key;

    /// Made by nobody in particular, for @p names: "DNS:a.test,DNS:b.test".
    static Certificate make(const QString &names)
    {
        const QTemporaryDir folder;
        QProcess openssl;
        openssl.setWorkingDirectory(folder.path());
        openssl.start(QStringLiteral("openssl"),
                      QStringLiteral("req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj "
                                     "/CN=test -addext subjectAltName=%1")
                          .arg(names)
                          .split(u' '));
        openssl.waitForFinished();
        const auto contents = [&folder](const char *name) {
            QFile pem(folder.filePath(QLatin1String(name)));
            return pem.open(QIODevice::ReadOnly) ? pem.readAll() : QByteArray();
        };
        return {contents("cert.pem"), contents("key.pem")};
    }
};

} // namespace bulkhead::test
