#!/usr/bin/env python3
"""Prints what the benchmarks measured, read as one JSON object a line, and how it compares with the goals.

    tests/bench/run --json | tests/bench/report.py [--svg FILE] [--growth FILE]

A ratio is a time over that of the first entry of its case, in the same run. The goals are ratios too.
"""
import argparse
import json
import sys

sys.dont_write_bytecode = True
import growth

AT_THE_FLOOR = "see the floors: finding the ends of the values and making the result take as much"
NEIGHBOURS = "met where nothing else uses the core and its caches"
OF_BOOST_JSON = "three fifths of it are malloc, free and Boost.JSON's own values, which both share"
AT_ESCAPES = "two fifths of it are branches that nobody can foresee, at the blocks with an escape"
SHORT_TEXT = "glaze does not check UTF-8; AVX2 looks at a copy of a text that is shorter than a block"

# By case: what the ratio is to, a factor on it, the most that it may be for each entry, and what a miss is due to.
GOALS = [
    ("decode content page", "simdjson on-demand", 1,
     {"wxmp, avx512": 0.42, "wxmp, avx2": 0.72, "wxmp, portable": 1.2}, NEIGHBOURS),
    ("decode content page", "Boost.JSON", 1,
     {"wxmp, avx512": 0.05, "wxmp, avx2": 0.085, "wxmp, portable": 0.15}, NEIGHBOURS),
    ("decode page without content", "simdjson on-demand", 1,
     {"wxmp, avx512": 0.80, "wxmp, avx2": 0.80, "wxmp, portable": 1.1}, AT_THE_FLOOR),
    ("decode 50 comments", "simdjson on-demand", 1,
     {"wxmp, avx512": 0.85, "wxmp, avx2": 0.85, "wxmp, portable": 1.1}, AT_THE_FLOOR),
    ("decode status", "simdjson on-demand", 1,
     {"wxmp, avx512": 0.60, "wxmp, avx2": 1.0, "wxmp, portable": 1.0}, NEIGHBOURS),
    ("decode media_id", "simdjson on-demand", 1,
     {"wxmp, avx512": 0.75, "wxmp, avx2": 0.75, "wxmp, portable": 0.75}, AT_THE_FLOOR),
    ("value of content page", "Boost.JSON parse", 1, {"wxmp, avx512": 0.09, "wxmp, avx2": 0.15}, NEIGHBOURS),
    ("value of 50 comments", "Boost.JSON parse", 1, {"wxmp, avx512": 0.60, "wxmp, avx2": 0.60}, OF_BOOST_JSON),
    # All look for escapes; only the first checks UTF-8, as wxmp does. With --simdjson, and --glaze.
    ("encode 8 articles", "simdjson builder, UTF-8 checked", 1,
     {"wxmp, avx512": 0.55, "wxmp, avx2": 0.75, "wxmp, portable": 1.2}, AT_ESCAPES),
    ("encode 8 articles", "simdjson builder, unchecked", 1, {"wxmp, avx512": 0.9, "wxmp, avx2": 1.2}, AT_ESCAPES),
    ("encode 8 articles", "glaze, UTF-8 unchecked", 1, {"wxmp, avx512": 0.9, "wxmp, avx2": 1.2}, AT_ESCAPES),
    ("encode a comment's reply", "Boost.JSON", 1, {"wxmp, avx512": 0.5, "wxmp, avx2": 0.5, "wxmp, portable": 0.5}, NEIGHBOURS),
    ("encode a comment's reply", "glaze, UTF-8 unchecked", 1, {"wxmp, avx512": 0.9, "wxmp, avx2": 0.9}, SHORT_TEXT),
    ("send a form of 10 MB", "libcurl, mime_data_cb", 1, {"wxmp by writev": 0.75}, "the kernel's copy is the most of it"),
    ("decode content page", "copy of the result", 1, {"wxmp, avx512": 1.25}, "a stretch, reached by nobody"),
]
MOST_EXTRA_ALLOCATIONS = 4  # of a decoder, beside those of its result
MOST_PEAK = 1.01            # over the bytes of its result


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
    rows = [(case, base, factor, who, most, times[case, who] / (times[case, base] * factor), why)
            for case, base, factor, limits, why in GOALS for who, most in limits.items()
            if (case, base) in times and (case, who) in times]
    if not rows:
        return
    print(f"\n{'goals':28} {'against':30} {'':14} {'at most':>8} {'is':>7}")
    for case, base, factor, who, most, ratio, why in rows:
        against = base if factor == 1 else f"{base} x {factor}"
        verdict = "met" if ratio <= most else f"missed by {100 * (ratio / most - 1):.0f} %: {why}"
        print(f"{case:28} {against:30} {who:14} {most:8.3f} {ratio:7.3f}  {verdict}")


def memory(entries):
    """What a decoder takes beside its result, which a copy of it shows."""
    results = {e["case"]: e for e in entries if e["who"] == "copy of the result"}
    rows = [(e, results[e["case"]]) for e in entries if e["who"].startswith("wxmp, ") and e["case"] in results]
    if not rows:
        return
    print(f"\n{'memory':40} {'':16} {'allocations':>12} {'most':>6} {'peak':>7} {'most':>5}")
    for e, result in rows:
        extra = e["allocations"] - result["allocations"]
        peak = e["peak_bytes"] / result["peak_bytes"] if result["peak_bytes"] else 1
        met = extra <= MOST_EXTRA_ALLOCATIONS and peak <= MOST_PEAK
        print(f"{e['case']:40} {e['who']:16} {extra:+12} {MOST_EXTRA_ALLOCATIONS:+6} {peak:7.4f} {MOST_PEAK:5}  "
              f"{'met' if met else 'missed'}")


def floors(entries):
    """What decoding cannot do without: finding where each value ends, and making the result."""
    times = {(e["case"], e["who"]): e["ns"] for e in entries}
    rows = [(e, times[e["case"], "skipped by wxmp"], times[e["case"], "copy of the result"]) for e in entries
            if e["who"].startswith("wxmp, avx") and (e["case"], "skipped by wxmp") in times]
    if not rows:
        return
    print(f"\n{'floors, ns':40} {'':16} {'skipped':>12} {'copied':>12} {'both':>12} {'decoded':>12} {'ratio':>6}")
    for e, skipped, copied in rows:
        both = skipped + copied
        print(f"{e['case']:40} {e['who']:16} {skipped:12.0f} {copied:12.0f} {both:12.0f} {e['ns']:12.0f} {e['ns'] / both:6.3f}")


def svg(entries, path):
    """Bars of MB/s for each decoder, case by case, in a picture that works on light and on dark pages."""
    shown = ("decode content page", "decode page without content", "decode 50 comments")
    bars, y = [], 10
    for case in shown:
        of_case = [e for e in entries if e["case"] == case and not e["who"].startswith(("memcpy", "copy", "skipped"))]
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
    parser = argparse.ArgumentParser()
    parser.add_argument("--svg")
    parser.add_argument("--growth")
    options = parser.parse_args()
    entries = [json.loads(line) for line in sys.stdin]
    table(entries)
    goals(entries)
    memory(entries)
    floors(entries)
    growth.table(entries)
    if options.svg:
        svg(entries, options.svg)
    if options.growth:
        growth.svg(entries, options.growth)


if __name__ == "__main__":
    main()
