// SPDX-License-Identifier: BSD-3-Clause
// A program as it should not be built; see hardening_test.cpp.
#include <stdio.h>
#include <string.h>

int seen_from_outside(const char *text)
{
    char copy[64];
    strcpy(copy, text);
    return printf("%s\n", copy);
}

int main(int argc, char **argv)
{
    return argc > 0 ? seen_from_outside(argv[0]) : 0;
}
