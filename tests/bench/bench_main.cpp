// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/bench_main.h"

#include <vector>

namespace bulkhead {

int runBenchmarks(int argc, char **argv)
{
    // The last one of an option counts, so the caller's own come after these.
    char repetitions[] = "--benchmark_repetitions=9";
    char aggregates[] = "--benchmark_report_aggregates_only=true";
    std::vector<char *> arguments{argv[0], repetitions, aggregates};
    arguments.insert(arguments.end(), argv + 1, argv + argc);
    int count = int(arguments.size());
    arguments.push_back(nullptr);

    benchmark::Initialize(&count, arguments.data());
    if (benchmark::ReportUnrecognizedArguments(count, arguments.data()))
        return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}

} // namespace bulkhead
