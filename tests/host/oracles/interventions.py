"""Writes interventions.json: deals around a mark, made at random, and what scipy and lifelines say of the stage before and after it.

    python -m venv venv && venv/bin/pip install lifelines==0.30.3 scipy==1.17.1 && venv/bin/python interventions.py > interventions.json

A deal is the day it entered the stage, counted from the mark, its owner on that day (0: nobody), the days until it was decided and how
(0: never). Windows, cutting at the last day of each window and the sorting of owners are done here once more.

The variance of the estimated conversion is not taken from its formula: the curve is written as a function of the daily hazards, its
gradient is taken numerically, and the daily hazards have the covariance of a multinomial count. The limits of the median are those of
lifelines. `python interventions.py coverage` draws cohorts with a known chance and counts how often the interval holds it.
"""

import json
import math
import random
import sys
from fractions import Fraction

from lifelines import KaplanMeierFitter
from scipy.stats import beta

OPEN, PASSED, LOST = 0, 1, 2


def jeffreys(hits, misses):
    return [float(beta.ppf(p, hits + 0.5, misses + 0.5)) for p in (0.05, 0.95)]


def share(hits, of):
    return None if of == 0 else (hits / of, *jeffreys(hits, of - hits))


def curve(hazards):
    """The chance to pass, from the daily hazards of passing and of losing."""
    still, passed = 1.0, 0.0
    for passing, losing in hazards:
        passed += still * passing
        still *= 1 - passing - losing
    return passed


def estimated(ways):
    if not ways:
        return None
    days = sorted({day for day, fate in ways if fate != OPEN})
    risk = [sum(d >= day for d, _ in ways) for day in days]
    hazards = [
        [sum((d, fate) == (day, kind) for d, fate in ways) / n for kind in (PASSED, LOST)] for day, n in zip(days, risk)
    ]
    value, variance, step = curve(hazards), 0.0, 1e-6
    for place, n in enumerate(risk):
        gradient = []
        for kind in (0, 1):
            ends = []
            for sign in (-1, 1):
                moved = [list(pair) for pair in hazards]
                moved[place][kind] += sign * step
                ends.append(curve(moved))
            gradient.append((ends[1] - ends[0]) / (2 * step))
        p, q = hazards[place]
        (a, b), covariance = gradient, -p * q / n
        variance += a * a * p * (1 - p) / n + b * b * q * (1 - q) / n + 2 * a * b * covariance
    decided = sum(fate != OPEN for _, fate in ways)
    spread = value * (1 - value)
    worth = spread / variance if spread > 1e-12 and variance > 1e-15 else decided
    return (value, *jeffreys(value * worth, (1 - value) * worth))


def stay(ways):
    if not ways:
        return None
    fitter = KaplanMeierFitter(alpha=0.1).fit([d for d, _ in ways], [fate != OPEN for _, fate in ways])
    first = lambda column, level: next((float(day) for day, s in column.items() if s <= level + 1e-9), None)
    curve = fitter.survival_function_.iloc[:, 0]
    low, high = (fitter.confidence_interval_survival_function_.iloc[:, side].copy() for side in (0, 1))
    # At the end of the curve, where nobody is left, lifelines takes 0 for both limits; the upper one is not known there.
    low[curve < 1e-12], high[curve < 1e-12] = 0.0, 1.0
    ends = first(curve, 0.5), first(low, 0.5), first(high, 0.5)
    return None if None in ends else ends


def less(now, then):
    """Square-and-add (MOVER)."""
    (a, al, au), (b, bl, bu) = now, then
    down = math.hypot(max(a - al, 0), max(bu - b, 0))
    up = math.hypot(max(au - a, 0), max(b - bl, 0))
    return a - b, a - b - down, a - b + up


def contrast(deals, days, gap, mine):
    """The cohorts of both windows, each seen from its last day."""
    sides = []
    for start in (-days, gap):
        end, ways = start + days - 1, []
        for entered, owner, after, fate in deals:
            if start <= entered <= end and mine(owner):
                seen = end - entered
                ways.append((after, fate) if fate != OPEN and after <= seen else (seen, OPEN))
        sides.append(ways)
    return sides


def figures(sides):
    def both(figure):
        before, after = (figure(ways) for ways in sides)
        return None if before is None or after is None else (before, after, less(after, before))

    count = lambda ways, kind: sum(fate == kind for _, fate in ways)
    return {
        "entered": [len(ways) for ways in sides],
        "so_far": both(lambda ways: share(count(ways, PASSED), len(ways))),
        "of_decided": both(lambda ways: share(count(ways, PASSED), count(ways, PASSED) + count(ways, LOST))),
        "estimated": both(estimated),
        "days": both(stay),
    }


def beyond(concerned, others, figure):
    a, b = concerned[figure], others[figure]
    return None if a is None or b is None else less(a[2], b[2])


def samples():
    rng = random.Random(2027)
    for size, days, gap, people, better in (
        (6, 10, 0, [], 0.0),
        (40, 30, 0, [], 0.2),
        (60, 30, 7, [1], 0.3),
        (120, 60, 0, [1, 2], 0.0),
        (200, 45, 14, [2], 0.4),
        (300, 90, 0, [1], 0.2),
        (400, 30, 0, [3], 0.5),
        (30, 60, 0, [1], 0.9),
    ):
        deals = []
        for _ in range(size):
            entered, owner = rng.randrange(-days - 15, days + gap + 15), rng.randrange(4)
            chance = 0.45 + (better if entered >= gap and (not people or owner in people) else 0.0)
            fate = OPEN if rng.random() < 0.1 else PASSED if rng.random() < chance else LOST
            deals.append((entered, owner, rng.randrange(0, days), fate))
        yield days, gap, people, deals


def coverage():
    rng, held, all_ = random.Random(1), 0, 4_000
    for _ in range(all_):
        ways = []
        for _ in range(40):
            seen, day = rng.randrange(0, 60), rng.randrange(0, 30)
            fate = PASSED if rng.random() < 0.4 else LOST
            ways.append((day, fate) if day <= seen else (seen, OPEN))
        _, low, high = estimated(ways)
        held += low <= 0.4 <= high
    print(f"40 deals, a quarter open, a chance of 40 %: the 90 % interval holds it in {held / all_:.1%} of {all_} draws")


def main():
    found = []
    for days, gap, people, deals in samples():
        mine = lambda owner, people=people: not people or owner in people
        concerned = figures(contrast(deals, days, gap, mine))
        row = {"days": days, "gap": gap, "people": people, "deals": deals, "concerned": concerned}
        if people:
            others = figures(contrast(deals, days, gap, lambda owner, mine=mine: not mine(owner)))
            names = ("so_far", "of_decided", "estimated", "days")
            row |= {"others": others, "beyond": {name: beyond(concerned, others, name) for name in names}}
        found.append(row)
    json.dump(found, sys.stdout, indent=None, separators=(",", ":"))
    print()


if __name__ == "__main__":
    assert Fraction(1, 4) == estimated([(2, PASSED), (2, OPEN), (3, LOST), (9, OPEN)])[0]
    coverage() if "coverage" in sys.argv else main()
