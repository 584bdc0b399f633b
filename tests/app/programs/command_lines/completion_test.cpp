// SPDX-License-Identifier: BSD-3-Clause
// The completions in the shells that they are for, as far as they are installed. bash always is.
#include "app/programs/command_lines/bulkhead_spec.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;

namespace {

/// Completes what COMP_WORDS would be, and prints the candidates.
constexpr char BashDriver[] = R"(source "$1" || exit 9; shift
complete -p bulkhead >/dev/null || exit 8
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _bulkhead; printf '%s\n' "${COMPREPLY[@]}")";

/// Types $2 and Tab into a zsh at a terminal, and prints the line that comes of it. (moc loses its way at a quote
/// behind a backslash.)
constexpr char ZshDriver[] = R"(zmodload zsh/zpty
out=$3
zpty inner zsh -f
zpty -w inner "PS1=; unsetopt beep; autoload -Uz compinit && compinit -u -D && source ${(q)1}"
zpty -w inner "show() { print -r -- \$BUFFER > ${(q)out}; BUFFER= }; zle -N show; bindkey '^G' show; bindkey '^I' complete-word; : > ${(q)out}.ready"
for i in {1..200}; do [[ -e $out.ready ]] && break; sleep 0.1; done
sleep 0.3
zpty -w -n inner "$2"$'\t\a'
for i in {1..100}; do [[ -s $out ]] && break; sleep 0.1; done
zpty -d inner
cat $out)";

QString run(const QString &program, const QStringList &arguments, const QString &folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        return QStringLiteral("FAILED: ") + QString::fromUtf8(process.readAllStandardError());
    if (const QByteArray error = process.readAllStandardError(); !error.isEmpty())
        return QStringLiteral("COMPLAINED: ") + QString::fromUtf8(error);
    return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
}

} // namespace

class CompletionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("some folder")));
        QFile file(m_folder.filePath(QStringLiteral("some page.html")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const CommandSpec root = bulkheadSpec();
        for (const char *shell : {"bash", "zsh", "fish"}) {
            QFile script(scriptOf(shell));
            QVERIFY(script.open(QIODevice::WriteOnly));
            script.write(completionScript(root, QLatin1String(shell)).toUtf8());
        }
    }

    void bashCompletes_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("candidates");
        const auto row = [](const char *words, const char *candidates) {
            QTest::newRow(words) << QString::fromLatin1(words).split(u'|') << QString::fromLatin1(candidates);
        };
        row("bulkhead|la", "lab");
        row("bulkhead|sa", "sandbox-check");
        row("bulkhead|so", "some folder,some page.html");
        row("bulkhead|--renderer-m", "--renderer-memory");
        row("bulkhead|--process-model|", "per-site,per-tab,single");
        row("bulkhead|--process-model|=|per-t", "per-tab");
        row("bulkhead|--process-model|=", "per-site,per-tab,single");
        row("bulkhead|--profile|so", "some folder");
        row("bulkhead|--profile|lab|la", "lab");
        row("bulkhead|page.html|la", "lab");
        row("bulkhead|lab|", "compare,experiment,frames,leftovers,list,run,serve,trace");
        row("bulkhead|lab|run|--wait|p", "polling");
        row("bulkhead|lab|run|--placement|free,cr", "free,cross");
        row("bulkhead|lab|run|--rounds|=|5|--tok", "--token");
        row("bulkhead|lab|experiment|mem", "memory");
        row("bulkhead|lab|frames|--rate|m", "max");
        row("bulkhead|ctl|--json|tr", "trace");
        row("bulkhead|ctl|trace|st", "start,stop");
        row("bulkhead|ctl|input|1|wh", "wheel");
        row("bulkhead|ctl|session|re", "restore");
        row("bulkhead|ctl|wait|--for|cr", "crash");
        row("bulkhead|plugin|new|--kind|s", "stream");
        row("bulkhead|plugin|run|--dump", "--dump-text");
        row("bulkhead|--completion|z", "zsh");
        row("bulkhead|lab|list|", "");
        row("bulkhead|lab|list|--al", "");
    }
    void bashCompletes()
    {
        QFETCH(QStringList, words);
        const QString output = run(QStringLiteral("bash"),
                                   QStringList{QStringLiteral("--norc"), QStringLiteral("-c"),
                                               QLatin1String(BashDriver), QStringLiteral("bash"), scriptOf("bash")} +
                                       words,
                                   m_folder.path());
        QStringList candidates = output.split(u'\n', Qt::SkipEmptyParts);
        candidates.sort();
        QTEST(candidates.join(u','), "candidates");
    }

    void fishCompletes_data()
    {
        QTest::addColumn<QString>("candidates");
        const auto row = [](const char *line, const char *candidates) {
            QTest::newRow(line) << QString::fromLatin1(candidates);
        };
        row("bulkhead sand", "sandbox-check");
        row("bulkhead --renderer-m", "--renderer-memory");
        row("bulkhead --process-model per-", "per-site,per-tab");
        row("bulkhead --process-model=per-t", "--process-model=per-tab");
        row("bulkhead lab fr", "frames");
        row("bulkhead --profile lab ct", "ctl");
        row("bulkhead lab run --wait p", "polling");
        row("bulkhead ctl --json tr", "trace");
        row("bulkhead ctl trace st", "start,stop");
        row("bulkhead ctl input 1 wh", "wheel");
        row("bulkhead plugin new --kind st", "stream");
        row("bulkhead lab list --j", "--json");
        row("bulkhead some", "some folder/,some page.html");
    }
    void fishCompletes()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("fish")).isEmpty())
            QSKIP("fish is not installed (package fish)");
        const QString output = run(QStringLiteral("fish"),
                                   {QStringLiteral("--no-config"), QStringLiteral("-c"),
                                    QStringLiteral("source $argv[1]; complete -C $argv[2]"), scriptOf("fish"),
                                    QString::fromLatin1(QTest::currentDataTag())},
                                   m_folder.path());
        QStringList candidates;
        for (const QString &line : output.split(u'\n'))
            candidates << line.section(u'\t', 0, 0);
        QTEST(candidates.join(u','), "candidates");
    }

    void zshCompletes_data()
    {
        QTest::addColumn<QString>("completed");
        const auto row = [](const char *line, const char *completed) {
            QTest::newRow(line) << QString::fromLatin1(completed);
        };
        row("bulkhead sand", "bulkhead sandbox-check");
        row("bulkhead --renderer-m", "bulkhead --renderer-memory=");
        row("bulkhead --process-model=per-t", "bulkhead --process-model=per-tab");
        row("bulkhead lab fr", "bulkhead lab frames");
        row("bulkhead --profile=x lab fr", "bulkhead --profile=x lab frames");
        row("bulkhead lab run --wait=po", "bulkhead lab run --wait=polling");
        row("bulkhead ctl --json tr", "bulkhead ctl --json trace");
        row("bulkhead ctl trace sta", "bulkhead ctl trace start");
        row("bulkhead ctl input 1 wh", "bulkhead ctl input 1 wheel");
        row("bulkhead plugin new --kind=st", "bulkhead plugin new --kind=stream");
        row("bulkhead some\\ p", "bulkhead some\\ page.html");
    }
    void zshCompletes()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("zsh")).isEmpty())
            QSKIP("zsh is not installed (package zsh)");
        QTemporaryDir out;
        const QString output =
            run(QStringLiteral("zsh"),
                {QStringLiteral("-f"), QStringLiteral("-c"), QLatin1String(ZshDriver), QStringLiteral("zsh"),
                 scriptOf("zsh"), QString::fromLatin1(QTest::currentDataTag()), out.filePath(QStringLiteral("line"))},
                m_folder.path());
        QTEST(output, "completed");
    }

private:
    QString scriptOf(const char *shell) const { return m_folder.filePath(QStringLiteral(".") + QLatin1String(shell)); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(CompletionTest)
#include "completion_test.moc"
