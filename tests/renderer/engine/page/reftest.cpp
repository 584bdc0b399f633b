// SPDX-License-Identifier: BSD-3-Clause
// Runs CSS reference tests in processes of its own: a test and its reference must give the same picture (or, for a
// mismatch, another one). Prints passed/ran per folder; exits with 1 when one failed.
#include "tests/renderer/engine/page/folder_client.h"
#include "tests/renderer/engine/page/reference_tests.h"

#include "renderer/engine/page/engine_page.h"

#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHash>
#include <QTextStream>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <map>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;
using namespace bulkhead::engine;

namespace {

enum class Result : std::uint8_t { NotRun, Passed, Failed, Crashed, TookTooLong };

struct Options
{
    QString root;
    int fuzz = 0;
    int seconds = 10;
    QSize viewport{800, 600};
};

/// Renders pages and compares them, in one process.
class Comparer
{
public:
    explicit Comparer(const Options &options) : m_options(options) {}

    Result run(const ReferenceTest &test)
    {
        const QImage mine = render(test.path);
        const auto looksLike = [&](const QString &reference) { return isSame(mine, cached(reference)); };
        const bool good =
            !mine.isNull() &&
            (test.matches.isEmpty() || std::any_of(test.matches.begin(), test.matches.end(), looksLike)) &&
            std::none_of(test.mismatches.begin(), test.mismatches.end(), looksLike);
        return good ? Result::Passed : Result::Failed;
    }

private:
    QImage render(const QString &path)
    {
        FolderClient client(m_options.root);
        auto page = EnginePage::create({client.urlOf(path), documentType(path), {}, false}, client);
        page->setViewport(m_options.viewport, 1);
        return loadFile(*page, client, path) ? grab(*page, QRect(QPoint(), m_options.viewport)) : QImage();
    }

    const QImage &cached(const QString &path)
    {
        const auto known = m_pictures.constFind(path);
        if (known != m_pictures.cend())
            return *known;
        if (m_pictures.size() > 100)
            m_pictures.clear();
        return *m_pictures.insert(path, render(path));
    }

    bool isSame(const QImage &one, const QImage &other) const
    {
        if (one.isNull() || other.isNull())
            return false;
        int different = 0;
        for (int y = 0; y < one.height() && different <= m_options.fuzz; ++y) {
            const auto *a = reinterpret_cast<const QRgb *>(one.constScanLine(y));
            const auto *b = reinterpret_cast<const QRgb *>(other.constScanLine(y));
            for (int x = 0; x < one.width(); ++x)
                different += (a[x] & 0xffffff) != (b[x] & 0xffffff);
        }
        return different <= m_options.fuzz;
    }

    const Options &m_options;
    QHash<QString, QImage> m_pictures;
};

/// A process that runs a test by its number.
class Worker
{
public:
    Worker(const std::vector<ReferenceTest> &tests, const Options &options)
    {
        std::array<int, 2> down{}, up{};
        if (pipe2(down.data(), O_CLOEXEC) != 0 || pipe2(up.data(), O_CLOEXEC) != 0)
            qFatal("no pipes");
        m_process = fork();
        if (m_process == 0) {
            ::close(down[1]);
            ::close(up[0]);
            serve(down[0], up[1], tests, options);
            _exit(0);
        }
        ::close(down[0]);
        ::close(up[1]);
        m_to = down[1];
        m_from = up[0];
    }

    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    ~Worker()
    {
        ::close(m_to);
        ::close(m_from);
        kill(m_process, SIGKILL);
        waitpid(m_process, nullptr, 0);
    }

    void start(std::uint32_t number)
    {
        m_number = number;
        m_isBusy = write(m_to, &number, sizeof number) == sizeof number;
        m_since.start();
    }

    Result read()
    {
        m_isBusy = false;
        Result result{};
        return ::read(m_from, &result, 1) == 1 ? result : Result::Crashed;
    }

    bool isBusy() const { return m_isBusy; }
    std::uint32_t number() const { return m_number; }
    int from() const { return m_from; }
    qint64 elapsed() const { return m_since.elapsed(); }

private:
    static void serve(int from, int to, const std::vector<ReferenceTest> &tests, const Options &options)
    {
        Comparer comparer(options);
        std::uint32_t number = 0;
        while (::read(from, &number, sizeof number) == sizeof number) {
            const Result result = comparer.run(tests[number]);
            if (write(to, &result, 1) != 1)
                return;
        }
    }

    pid_t m_process = -1;
    int m_to = -1;
    int m_from = -1;
    bool m_isBusy = false;
    std::uint32_t m_number = 0;
    QElapsedTimer m_since;
};

std::vector<Result> runAll(const std::vector<ReferenceTest> &tests, const Options &options, int jobs)
{
    std::vector<Result> results(tests.size(), Result::NotRun);
    std::vector<std::unique_ptr<Worker>> workers;
    for (int i = 0; i < jobs; ++i)
        workers.push_back(std::make_unique<Worker>(tests, options));
    std::uint32_t next = 0;
    std::size_t done = 0;
    while (done < tests.size()) {
        std::vector<pollfd> polled;
        for (auto &worker : workers) {
            if (!worker->isBusy() && next < tests.size())
                worker->start(next++);
            polled.push_back({worker->from(), short(worker->isBusy() ? POLLIN : 0), 0});
        }
        poll(polled.data(), polled.size(), 200);
        for (std::size_t i = 0; i < workers.size(); ++i) {
            auto &worker = workers[i];
            if (!worker->isBusy())
                continue;
            Result result = Result::NotRun;
            if ((polled[i].revents & (POLLIN | POLLHUP)) != 0)
                result = worker->read();
            else if (worker->elapsed() > options.seconds * 1000)
                result = Result::TookTooLong;
            if (result == Result::NotRun)
                continue;
            results[worker->number()] = result;
            ++done;
            // What one test leaves in caches must not decide about the next.
            worker = std::make_unique<Worker>(tests, options);
        }
    }
    return results;
}

bool report(const std::vector<ReferenceTest> &tests, const std::vector<Result> &results, const Options &options,
            const QCommandLineParser &arguments)
{
    QTextStream out(stdout);
    struct Count
    {
        int passed = 0, ran = 0;
    };
    std::map<QString, Count> folders;
    Count all;
    int crashed = 0, late = 0;
    QStringList failures;
    for (std::size_t i = 0; i < tests.size(); ++i) {
        const bool passed = results[i] == Result::Passed;
        const QString path = QDir(options.root).relativeFilePath(tests[i].path);
        for (Count *count : {&folders[path.section(u'/', 0, -2)], &all}) {
            ++count->ran;
            count->passed += passed;
        }
        crashed += results[i] == Result::Crashed;
        late += results[i] == Result::TookTooLong;
        const QString how = results[i] == Result::Crashed       ? QStringLiteral(" crashed")
                            : results[i] == Result::TookTooLong ? QStringLiteral(" took too long")
                                                                : QString();
        if (!passed)
            failures.append(path + how);
        if (arguments.isSet(QStringLiteral("list")))
            out << (passed ? "pass " : "FAIL ") << path << how << '\n';
    }
    if (QFile file(arguments.value(QStringLiteral("failures"))); file.open(QIODevice::WriteOnly))
        file.write(failures.join(u'\n').toUtf8() + '\n');
    for (const auto &[folder, count] : folders)
        out << QStringLiteral("%1 %2 / %3\n").arg(folder, -50).arg(count.passed, 5).arg(count.ran, 5);
    out << QStringLiteral("%1 of %2 reference tests passed (%3 %), %4 crashed, %5 took too long\n")
               .arg(all.passed)
               .arg(all.ran)
               .arg(100.0 * all.passed / std::max(all.ran, 1), 0, 'f', 1)
               .arg(crashed)
               .arg(late);
    return all.passed == all.ran;
}

void describe(QCommandLineParser &arguments)
{
    arguments.addHelpOption();
    arguments.addPositionalArgument(QStringLiteral("places"), QStringLiteral("folders and files"));
    arguments.addOptions(
        {{QStringLiteral("root"), QStringLiteral("folder that / is in addresses"), QStringLiteral("folder"),
          QStringLiteral(".")},
         {QStringLiteral("font"), QStringLiteral("Ahem's file; ROOT/fonts/ahem/AHEM____.TTF unless said"),
          QStringLiteral("file")},
         {QStringLiteral("every"), QStringLiteral("each nth test"), QStringLiteral("n"), QStringLiteral("1")},
         {QStringLiteral("fuzz"), QStringLiteral("pixels that may differ"), QStringLiteral("n"), QStringLiteral("0")},
         {QStringLiteral("jobs"), QStringLiteral("processes"), QStringLiteral("n"), QStringLiteral("2")},
         {QStringLiteral("seconds"), QStringLiteral("for one test"), QStringLiteral("n"), QStringLiteral("10")},
         {QStringLiteral("list"), QStringLiteral("name each test")},
         {QStringLiteral("failures"), QStringLiteral("file for the names of those that failed"),
          QStringLiteral("file")}});
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication app(argc, argv);
    QCommandLineParser arguments;
    describe(arguments);
    arguments.process(app);
    Options options;
    options.root = QDir(arguments.value(QStringLiteral("root"))).absolutePath();
    options.fuzz = arguments.value(QStringLiteral("fuzz")).toInt();
    options.seconds = arguments.value(QStringLiteral("seconds")).toInt();
    const QString font = arguments.value(QStringLiteral("font"));
    QFontDatabase::addApplicationFont(font.isEmpty() ? options.root + QStringLiteral("/fonts/ahem/AHEM____.TTF")
                                                     : font);
    std::vector<ReferenceTest> all = findReferenceTests(arguments.positionalArguments());
    std::erase_if(all, [](const ReferenceTest &test) { return test.matches.isEmpty() && test.mismatches.isEmpty(); });
    const auto every = std::size_t(std::max(1, arguments.value(QStringLiteral("every")).toInt()));
    std::vector<ReferenceTest> tests;
    for (std::size_t i = 0; i < all.size(); i += every)
        tests.push_back(all[i]);
    std::signal(SIGPIPE, SIG_IGN);
    const auto results = runAll(tests, options, std::max(1, arguments.value(QStringLiteral("jobs")).toInt()));
    return report(tests, results, options, arguments) ? 0 : 1;
}
