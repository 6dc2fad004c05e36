#!/usr/bin/env python3
"""Prints what the benchmarks measured, read as one JSON object a line, and how it compares with the goals.

    tests/bench/run --json | tests/bench/report.py [--svg FILE]

A ratio is a time over that of the first entry of its case, in the same run. The goals are ratios too.
"""
import json
import sys

# By case: what the ratio is to, a factor on it, and the most it may be for each instruction set.
GOALS = [
    ("decode content page", "simdjson on-demand", 1, {"avx512": 0.42, "avx2": 0.72, "sse2": 1.2}),
    ("decode content page", "Boost.JSON parse, from_value", 1, {"avx512": 0.05, "avx2": 0.085, "sse2": 0.15}),
    ("decode page without content", "simdjson on-demand", 1, {"avx512": 0.75, "avx2": 0.80, "sse2": 0.95}),
    ("decode 50 comments", "simdjson on-demand", 1, {"avx512": 0.75, "avx2": 0.80, "sse2": 0.95}),
    ("decode status", "simdjson on-demand", 1, {"avx512": 0.60, "avx2": 1.0, "sse2": 1.0}),
    ("decode media_id", "simdjson on-demand", 1, {"avx512": 0.60, "avx2": 1.0, "sse2": 1.0}),
    ("value of content page", "Boost.JSON parse", 1, {"avx512": 0.09, "avx2": 0.15}),
    ("value of 50 comments", "Boost.JSON parse", 1, {"avx512": 0.60, "avx2": 0.60}),
    # glaze is not at hand: RapidJSON's Writer takes 2.3 times as long.
    ("encode 8 articles", "RapidJSON Writer", 0.43, {"avx512": 0.62, "avx2": 0.95, "sse2": 1.5}),
    ("decode content page", "copy of the result", 1, {"avx512": 1.25}),
]


def table(entries):
    case = None
    for e in entries:
        if e["case"] != case:
            case = e["case"]
            print(f"\n{case}; ratio to {e['ratio_to']}\n{'':34} {'ns':>12} {'MB/s':>9} {'ratio':>7} "
                  f"{'allocations':>12} {'peak bytes':>12}")
        print(f"{e['who']:34} {e['ns']:12.0f} {e['mb_per_s']:9.1f} {e['ratio']:7.3f} {e['allocations']:12} "
              f"{e['peak_bytes']:12}")


def goals(entries):
    times = {(e["case"], e["who"]): e["ns"] for e in entries}
    rows = [(case, base, factor, engine, most, times[case, f"wxmp, {engine}"] / (times[case, base] * factor))
            for case, base, factor, limits in GOALS for engine, most in limits.items()
            if (case, base) in times and (case, f"wxmp, {engine}") in times]
    if not rows:
        return
    print(f"\n{'goals':28} {'against':30} {'':8} {'at most':>8} {'is':>7}")
    for case, base, factor, engine, most, ratio in rows:
        against = base if factor == 1 else f"{base} x {factor}"
        verdict = "met" if ratio <= most else f"missed by {100 * (ratio / most - 1):.0f} %"
        print(f"{case:28} {against:30} {engine:8} {most:8.3f} {ratio:7.3f}  {verdict}")


def svg(entries, path):
    """Bars of MB/s for each decoder, case by case, in a picture that works on light and on dark pages."""
    shown = ("decode content page", "decode page without content", "decode 50 comments")
    bars, y = [], 10
    for case in shown:
        of_case = [e for e in entries if e["case"] == case and not e["who"].startswith(("memcpy", "copy"))]
        if not of_case:
            continue
        most = max(e["mb_per_s"] for e in of_case)
        bars.append(f'<text x="10" y="{y + 14}" font-weight="bold">{case}, MB/s</text>')
        y += 24
        for e in sorted(of_case, key=lambda e: -e["mb_per_s"]):
            colour = "#2f81f7" if e["who"].startswith("wxmp") else "#8b949e"
            width = 380 * e["mb_per_s"] / most
            bars.append(f'<text x="230" y="{y + 12}" text-anchor="end">{e["who"]}</text>'
                        f'<rect x="238" y="{y}" width="{width:.1f}" height="15" fill="{colour}"/>'
                        f'<text x="{242 + width:.1f}" y="{y + 12}">{e["mb_per_s"]:.0f}</text>')
            y += 20
        y += 14
    with open(path, "w") as out:
        out.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="680" height="{y}" '
                  'font-family="sans-serif" font-size="12" fill="#57606a">\n' + "\n".join(bars) + "\n</svg>\n")


def main():
    entries = [json.loads(line) for line in sys.stdin]
    table(entries)
    goals(entries)
    if sys.argv[1:2] == ["--svg"]:
        svg(entries, sys.argv[2])


if __name__ == "__main__":
    main()
