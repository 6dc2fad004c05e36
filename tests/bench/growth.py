"""How costs grow, of the benchmarks whose case is named `growth of A THING, A UNIT`, and whose entries `N UNITS`: the exponents of
the time, 1 for what is linear, and a picture."""
import math
import re

COLOURS = ("#2f81f7", "#d9730d", "#2da44e", "#a371f7", "#e5484d")
OF_PEERS = ('"#8b949e"', '"#8b949e" stroke-dasharray="8 3"')
TEXT = "#7d8590"  # legible on white and on black
SECONDS = {-9: "1 ns", -8: "10 ns", -7: "100 ns", -6: "1 µs", -5: "10 µs", -4: "100 µs", -3: "1 ms", -2: "10 ms", -1: "100 ms", 0: "1 s",
           1: "10 s", 2: "100 s"}
POWERS = ("1", "10", "100", "1 000", "10 000", "100 000", "1 000 000")


def lines(entries):
    """Points (count, seconds), by what grows."""
    found = {}
    for e in entries:
        if (case := re.fullmatch("growth of an? (.*)", e["case"])) and (count := re.match(r"\d+ ", e["who"])):
            found.setdefault(case[1], []).append((int(count[0]), e["ns"] / 1e9))
    return {what: points for what, points in found.items() if len(points) > 1}


def exponent(points):
    """Of the power of the count that the time grows with: the slope of the line that fits best on paper of logarithms."""
    logs = [(math.log(count), math.log(seconds)) for count, seconds in points]
    x, y = (sum(column) / len(logs) for column in zip(*logs))
    return sum((a - x) * (b - y) for a, b in logs) / sum((a - x) ** 2 for a, _ in logs)


def table(entries):
    """Nothing where nothing grows."""
    found = lines(entries)
    if found:
        print(f"\n{'exponents of growth; 1 is linear':56} {'from':>7} {'to':>9} {'in all':>7} {'at the end':>11}")
    for what, points in found.items():
        print(f"{what:56} {points[0][0]:7} {points[-1][0]:9} {exponent(points):7.3f} {exponent(points[-2:]):11.3f}")


def svg(entries, path):
    """Both axes logarithmic, with a dotted line for each case, through its last point: what it would be if it were linear."""
    found = lines(entries)
    every = [point for points in found.values() for point in points]
    most = math.ceil(math.log10(max(count for count, _ in every)))
    low, high = (round_to(math.log10(pick(seconds for _, seconds in every))) for round_to, pick in ((math.floor, min), (math.ceil, max)))
    left, top, width, height = 70, 14, 400, 56 * (high - low)

    def at(count, seconds):
        return left + width * math.log10(count) / most, top + height * (high - math.log10(seconds)) / (high - low)

    def line(points, style):
        return f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="none" {style}/>'

    def text(x, y, words, more=""):
        return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{words}</text>'

    faint = f'stroke="{TEXT}" stroke-opacity="0.25"'
    parts = []
    for power in range(most + 1):
        x, _ = at(10**power, 1)
        parts += [line([(x, top), (x, top + height)], faint), text(x, top + height + 18, POWERS[power], 'text-anchor="middle"')]
    for power in range(low, high + 1):
        _, y = at(1, 10.0**power)
        parts += [line([(left, y), (left + width, y)], faint), text(left - 8, y + 4, SECONDS[power], 'text-anchor="end"')]
    parts += [text(left + width / 2, top + height + 40, "items, blocks or accounts", 'text-anchor="middle"'),
              text(0, 0, "time for all", f'text-anchor="middle" transform="translate(14,{top + height / 2:.1f}) rotate(-90)"')]
    colours, peers, y, right = iter(COLOURS), iter(OF_PEERS), top + 10, left + width + 24
    parts.append(text(right, y, "exponent of growth; 1 is linear", 'font-weight="bold"'))
    for what, points in found.items():
        colour = next(peers) if " by " in what else f'"{next(colours)}"'
        count, seconds = points[-1]
        first = max(points[0][0], count * 10.0**low / seconds)  # where the dotted line meets the frame
        plain = colour.split()[0]
        parts.append(line([at(first, seconds * first / count), at(count, seconds)], f'stroke={plain} stroke-dasharray="2 4"'))
        parts.append(line([at(*point) for point in points], f'stroke={colour} stroke-width="2"'))
        parts += ['<circle cx="{:.1f}" cy="{:.1f}" r="3" fill={}/>'.format(*at(*point), plain) for point in points]
        y += 24
        parts += [line([(right, y - 4), (right + 20, y - 4)], f'stroke={colour} stroke-width="2"'),
                  text(right + 28, y, f"{exponent(points):.2f}  {what}")]
    y += 24
    parts += [line([(right, y - 4), (right + 20, y - 4)], f'stroke="{TEXT}" stroke-dasharray="2 4"'), text(right + 28, y, "linear")]
    with open(path, "w") as out:
        out.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="{right + 280}" height="{top + height + 52}" '
                  f'font-family="sans-serif" font-size="12" fill="{TEXT}">\n' + "\n".join(parts) + "\n</svg>\n")
