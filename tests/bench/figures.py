#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Measures the figures of README.md and writes them there, between its marks.

usage: figures.py BUILD_FOLDER [--runs N] [--write README.md]

Each benchmark runs N times (five unless told), one after the other, on a machine that should have nothing else to do. A figure is the
median of the runs; where they differ by more than a tenth, the lowest and highest stand behind it. Without --write the table is printed.
"""
import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
from datetime import date

# What is measured | benchmark, its case, the counters in the order of the text | how they are shown | the limit
ROWS = [
    ("Typed message there and back over a Channel, against one over the bare socket pair, both on Qt's loop; all on one core",
     "bench_channel", "channel_round_trip/same_core", ["ratio"], "{0} times", "2 times"),
    ("The same, the two processes on two cores", "bench_channel", "channel_round_trip/two_cores", ["ratio"], "{0} times", ""),
    ("Hand-over of a 1920x1080 frame between processes, against one byte there and back; all on one core",
     "bench_frames", "frame_hand_over_1080p/same_core", ["ratio", "frame_us", "copy_us"],
     "{0} times ({1} µs; copying its pixels once would be {2} µs)", "2 times"),
    ("The same, on two cores", "bench_frames", "frame_hand_over_1080p/two_cores", ["ratio"], "{0} times", ""),
    ("Frames per second of a scrolled page through the process boundary, against painting it in-process",
     "bench_pages", "page_through_the_boundary", ["ratio"], "{0}", "0.95"),
    ("New tab to its first frame, a small page", "bench_pages", "new_tab_to_first_frame", ["first_frame_ms"], "{0} ms", "60 ms"),
    ("Memory (PSS) of a renderer with a small page", "bench_pages", "memory_per_renderer", ["pss_MB"], "{0} MB", "20 MB"),
    ("Request for a process to locked down and ready, from the zygote; from a new program",
     "bench_sandbox", "startingAProcess", ["zygote_ms", "exec_ms"], "{0} ms; {1} ms", "10 ms"),
    ("Memory (PSS) of a locked-down process without a page, one of eight",
     "bench_sandbox", "memoryOfAnIdleProcess", ["pss_mb"], "{0} MB", "12 MB"),
    ("A system call under the filter, against without", "bench_sandbox", "filterOnACall/always_allowed", ["ratio"], "{0} times", ""),
    ("The same when its arguments are checked", "bench_sandbox", "filterOnACall/arguments_checked", ["ratio"], "{0} times", ""),
    ("A frame's announcement sent, received and parsed by the hardened code, against the same built without hardening",
     "bench_hardening", "messageThereAndParsed/frame_announced", ["ratio"], "{0} times", ""),
    ("SIGKILL of a page's process to the sad tab painted, 95th of 100", "bench_life", "sigkill_to_sad_tab", ["p95_ms"], "{0} ms", "16 ms"),
    ("Frames of an animated page while another site's process is killed again and again, against the same time without",
     "bench_life", "frames_of_others", ["frames_beside_kills", "frames_alone"], "{0} of {1}", "all"),
    ("Question of `bulkhead ctl` and its answer, 95th of a hundred", "bench_life", "ctl_round_trip", ["p95_us"], "{0} µs", ""),
    ("Round trip of 64 bytes measured by the IPC lab, against a loop written by hand in the same confinement; socket",
     "bench_lab", "lab_unix_stream_round_trip_64", ["ratio"], "{0} times", "1.05 times"),
    ("The same; pipe", "bench_lab", "lab_pipe_round_trip_64", ["ratio"], "{0} times", "1.05 times"),
    ("Plugin process started to its first frame, 95th percentile of 20: plain C", "bench_plugins", "plugin_start_to_first_frame_c", ["p95_ms"],
     "{0} ms", "100 ms"),
    ("The same: Qt", "bench_plugins", "plugin_start_to_first_frame_qt", ["p95_ms"], "{0} ms", "100 ms"),
    ("Input to a plugin to the frame that shows it", "bench_plugins", "plugin_input_to_frame", ["p50_ms"], "{0} ms", "16 ms"),
    ("Crash of a plugin to its placeholder, 95th percentile of 20", "bench_plugins", "plugin_crash_to_placeholder", ["p95_ms"], "{0} ms",
     "100 ms"),
    ("Frames per second of a plugin that paints all the time", "bench_plugins", "plugin_frames_at_full_speed", ["frames_per_s"], "{0}", "60"),
    ("Memory (PSS) of an idle plugin process: plain C", "bench_plugins", "plugin_idle_memory_c", ["pss_mb"], "{0} MB", "10 MB"),
    ("IPC inspector at 1,000 messages per second, of a core: shown, and the same load without it",
     "bench_inspect", "inspector_1000_messages", ["shown_percent", "off_percent"], "{0} %, {1} %", "3 % more"),
    ("Process map with 20 processes, of a core: with it, and without", "bench_inspect", "map_20_processes", ["with_percent", "without_percent"],
     "{0} %, {1} %", "3 % more"),
    ("The same with 60 processes", "bench_inspect", "map_60_processes", ["with_percent", "without_percent"], "{0} %, {1} %", "8 % more"),
    ("Task manager with 60 processes, one refresh", "bench_inspect", "task_manager_60_processes", ["refresh_ms"], "{0} ms", "10 ms"),
]


def run_benchmark(build, name):
    """The counters of each case of one run, by case."""
    program = os.path.join(build, "tests", name)
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    done = subprocess.run([program, "--benchmark_format=json", "--benchmark_repetitions=1", "--benchmark_report_aggregates_only=false"],
                          capture_output=True, text=True, env=environment, check=True)
    report = json.loads(done.stdout[done.stdout.index("{"):])
    return {case["name"]: case for case in report["benchmarks"]}


def counters_of(cases, wanted):
    """Of the one case whose name has the wanted parts, whatever Google Benchmark adds to names."""
    found = [case for name, case in cases.items() if all(part in name.split("/") for part in wanted.split("/"))]
    if len(found) != 1:
        sys.exit(f"{wanted} is {len(found)} of: {', '.join(cases)}")
    return found[0]


def shown(values):
    """The median, and how far the runs lie apart when that matters."""
    def digits(value):
        return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 3 else f"{value:.2f}"
    middle = statistics.median(values)
    text = digits(middle)
    if max(values) - min(values) > 0.1 * middle:
        text += f" ({digits(min(values))} to {digits(max(values))})"
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", metavar="README")
    options = parser.parse_args()
    runs = []
    for number in range(options.runs):
        print(f"run {number + 1} of {options.runs}", file=sys.stderr)
        runs.append({name: run_benchmark(options.build, name) for name in dict.fromkeys(row[1] for row in ROWS)})
    lines = [f"Medians of {options.runs} runs on {date.today()}: {os.cpu_count()} processors, Linux {platform.release()}, release build. "
             "In brackets the lowest and the highest run, where they lie apart.", "",
             "| what | measured | limit | benchmark |", "|---|---|---|---|"]
    for what, name, case, counters, text, limit in ROWS:
        values = [shown([counters_of(run[name], case)[counter] for run in runs]) for counter in counters]
        lines.append(f"| {what} | {text.format(*values)} | {limit} | {name} |")
    table = "\n".join(lines) + "\n"
    if not options.write:
        print(table, end="")
        return
    with open(options.write, encoding="utf-8") as file:
        page = file.read()
    page, count = re.subn(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", lambda m: m[1] + table + m[2], page, flags=re.S)
    if count != 1:
        sys.exit(f"{options.write} has no place for the figures")
    with open(options.write, "w", encoding="utf-8") as file:
        file.write(page)


if __name__ == "__main__":
    main()
