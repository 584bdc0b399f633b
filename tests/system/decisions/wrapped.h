// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// WRAPPED(SYMBOL, RESULT, NAME, PARAMETERS...) { ... }: what the linker calls instead of the function with that
/// symbol; real_NAME is the function itself. Members have their object as first parameter. CMakeLists.txt reads the
/// symbols from the files that use it.
#define WRAPPED(SYMBOL, RESULT, NAME, ...)                                                                             \
    RESULT real_##NAME(__VA_ARGS__) asm("__real_" SYMBOL);                                                             \
    RESULT NAME(__VA_ARGS__) asm("__wrap_" SYMBOL);                                                                    \
    RESULT NAME(__VA_ARGS__)
