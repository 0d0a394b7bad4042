"""Writes games.json: Poisson binomial distributions by scipy, sums of money by going through all cases, CRPS by integration.

    python -m venv venv && venv/bin/pip install scipy==1.17.1
    venv/bin/python games.py > games.json
"""

import itertools
import json
import random

import numpy
from scipy.integrate import quad
from scipy.stats import binom, poisson_binom


def wins(rng):
    """Sticks of one win each: the chance of each number, and to reach each."""
    for size in (1, 2, 5, 12, 40, 120):
        odds = [rng.choice((0, 5, 10, 25, 50, 80, 90, 100)) for _ in range(size)]
        law = poisson_binom([percent / 100 for percent in odds])
        yield {
            "odds": odds,
            "at": [float(law.pmf(wins)) for wins in range(size + 1)],
            "at_least": [float(law.sf(wins - 1)) for wins in range(size + 1)],
        }


def money(rng):
    """Sticks with amounts: every way they can burn, one after the other."""
    for size in (1, 3, 7, 13):
        sticks = [(rng.randrange(1, 100), rng.randrange(1, 40)) for _ in range(size)]
        total = numpy.zeros(sum(worth for _, worth in sticks) + 1)
        for lit in itertools.product((False, True), repeat=size):
            chance, amount = 1.0, 0
            for (percent, worth), burns in zip(sticks, lit):
                chance *= percent / 100 if burns else 1 - percent / 100
                amount += worth * burns
            total[amount] += chance
        yield {"sticks": sticks, "at": [float(chance) for chance in total]}


def needs(rng):
    """How many sticks of the same odds it takes so that some wins are sure, found by trying one number after the other."""
    for odds, target, sure in itertools.product((1, 10, 25, 50, 90), (1, 3, 10), (80, 90)):
        count = next(n for n in itertools.count() if binom.sf(target - 1, n, odds / 100) >= sure / 100)
        yield {"odds": odds, "target": target, "sure": sure, "count": count, "chance": float(binom.sf(target - 1, count, odds / 100))}


def crpses(rng):
    """The integral of the squared difference of two distribution functions, the first one linear through five points."""
    for p10, p50, p90 in ((0, 40, 90), (10, 11, 400), (-50, 0, 1), (100, 200, 300)):
        xs = [p10 - (p50 - p10) / 4, p10, p50, p90, p90 + (p90 - p50) / 4]
        for actual in (xs[0] - 30, xs[0], (p10 + p50) / 2, p50, p90 - 1, xs[-1] + 200, rng.uniform(xs[0], xs[-1])):
            low, high = min(xs[0], actual), max(xs[-1], actual)

            def square(x):
                below = numpy.interp(x, xs, [0, 0.1, 0.5, 0.9, 1])
                return (below - (x >= actual)) ** 2

            ends = sorted({low, high, actual, *xs})
            score = sum(quad(square, a, b, epsabs=1e-12, epsrel=1e-12)[0] for a, b in zip(ends, ends[1:]))
            yield {"said": [p10, p50, p90], "actual": actual, "below": float(numpy.interp(actual, xs, [0, 0.1, 0.5, 0.9, 1])), "crps": score}


def main():
    rng = random.Random(1000)
    parts = {part.__name__: list(part(rng)) for part in (wins, money, needs, crpses)}
    lines = (f'"{name}": [\n' + ",\n".join(map(json.dumps, rows)) + "\n]" for name, rows in parts.items())
    print("{\n" + ",\n".join(lines) + "\n}")


main()
