"""Compares how many instructions two programs take for the same, and counts where a ratio has grown."""


class Counts:
    """`instructions(*words)` runs a program with these words, and returns how many it took."""

    def __init__(self, instructions):
        self.instructions, self.passed, self.failed = instructions, 0, 0

    def of_one_run(self, runs, *words):
        """Without what the program does once, as it is given twice as many runs."""
        return (self.instructions(*words, str(2 * runs)) - self.instructions(*words, str(runs))) / runs

    def compare(self, what, ours, theirs, most, goal):
        ratio = ours / theirs
        good = ratio <= most
        self.passed += good
        self.failed += not good
        print(f"{'ok' if good else 'FAIL'} {what}: {ours:.0f} / {theirs:.0f} = {ratio:.3f}, at most {most} (the goal is {goal})")

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return int(self.failed != 0)
