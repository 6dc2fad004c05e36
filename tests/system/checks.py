# Copyright 2026 the wxmp authors. SPDX-License-Identifier: BSL-1.0
"""Counts the tests of a script, each of which tells what is wrong."""
import collections

counts = collections.Counter()


def check(what, wrong):
    """One test, of which this is wrong: a list, or what else there is to say of it; if it is empty, nothing."""
    counts[bool(wrong)] += 1
    said = [] if not wrong else wrong[:20] if isinstance(wrong, list) else [wrong]
    print(f"{'FAIL' if wrong else 'ok'} {what}", *map(str, said), sep="\n    ", flush=True)


def finish():
    """Tells how many passed, and returns the exit status."""
    print(f"{counts[False]} passed, {counts[True]} failed")
    return int(counts[True] > 0)
