// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <benchmark/benchmark.h>

namespace bulkhead {

/// Runs the registered benchmarks, nine times each, and prints the medians; arguments change that. Returns main()'s
/// result. @p argv has Google Benchmark's options.
int runBenchmarks(int argc, char **argv);

} // namespace bulkhead
