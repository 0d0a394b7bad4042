"""Writes intervals.json: what scipy says of shares, of the bottleneck's gains, of the slope and of the forecast's distribution.

    python -m venv venv && venv/bin/pip install scipy==1.17.1 && venv/bin/python intervals.py > intervals.json
"""

import itertools
import json
import math
import random

import numpy
from scipy.integrate import quad
from scipy.linalg import expm
from scipy.stats import beta, norm

WEIGHT = 10


def jeffreys():
    """5 % and 95 % of Beta(hits + 1/2, misses + 1/2)."""
    for of in (1, 2, 3, 7, 10, 20, 50, 100, 1_000, 20_000):
        for hits in sorted({0, 1, of // 5, of // 2, (9 * of) // 10, of - 1, of}):
            posterior = beta(hits + 0.5, of - hits + 0.5)
            yield {"hits": hits, "of": of, "ends": [float(posterior.ppf(p)) for p in (0.05, 0.95)]}


def posteriors():
    """An assumed share that counts for ten deals, after some more."""
    for assumed, (hits, decided) in itertools.product(
        (0.0, 0.05, 0.25, 0.5, 0.9, 1.0), ((0, 0), (0, 4), (1, 1), (3, 10), (10, 10), (0, 30), (170, 200), (12, 3_000))
    ):
        prior = min(max(assumed, 0.01), 0.99)
        posterior = beta(WEIGHT * prior + hits, WEIGHT * (1 - prior) + decided - hits)
        yield {
            "assumed": assumed,
            "hits": hits,
            "decided": decided,
            "mean": float(posterior.mean()) if decided else assumed,
            "ends": [float(posterior.ppf(p)) for p in (0.05, 0.95)],
        }


def short(passed, lost, assumed):
    """How far the rate is below the assumed one, on average: the integral of the distribution function up to there."""
    return quad(beta(passed + 0.5, lost + 0.5).cdf, 0, assumed, limit=500, epsabs=1e-12)[0]


def bottlenecks():
    """Chains of stages, each with deals that passed and deals that were lost; all begin in the first and pass to the next."""
    for chain in (
        [(6, 4, 0.5)],
        [(2, 8, 0.8)],
        [(40, 10, 0.6), (10, 30, 0.5)],
        [(90, 10, 0.7), (30, 60, 0.6), (20, 10, 0.9)],
        [(200, 50, 0.5), (190, 10, 0.99), (40, 150, 0.4), (30, 10, 0.8)],
    ):
        began = chain[0][0] + chain[0][1]
        means = [beta(passed + 0.5, lost + 0.5).mean() for passed, lost, _ in chain]
        gains = [
            began * math.prod(means[:place]) * short(*stage) * math.prod(means[place + 1 :])
            for place, stage in enumerate(chain)
        ]
        # With one stage the gain falls as the rate rises: its quantiles are those of the rate, turned round.
        ends = None
        if len(chain) == 1:
            (passed, lost, assumed), = chain
            ends = [began * max(0.0, assumed - float(beta(passed + 0.5, lost + 0.5).ppf(p))) for p in (0.95, 0.05)]
        yield {"chain": chain, "gains": [float(gain) for gain in gains], "ends": ends}


def slopes():
    """The geometric mean of rates, with the variance of each posterior carried to its logarithm."""
    for flows in ([(4, 0), (1, 1), (1, 0)], [(30, 10), (20, 20)], [(900, 100), (450, 500), (300, 100), (299, 1)]):
        observed = math.prod(passed / (passed + lost) for passed, lost in flows) ** (1 / len(flows))
        each = [beta(passed + 0.5, lost + 0.5) for passed, lost in flows]
        deviation = math.sqrt(sum(b.var() / b.mean() ** 2 for b in each)) / len(flows)
        reach = float(norm.ppf(0.95)) * deviation
        ends = [observed * math.exp(-reach), min(1.0, observed * math.exp(reach))]
        yield {"flows": flows, "observed": observed, "ends": [float(end) for end in ends]}


def times():
    """The share of the wins that have come within some days, when exponential stays of these means follow one another."""
    for means in ([30], [14, 14, 14], [10, 45, 20], [90, 120]):
        rates = numpy.zeros((len(means) + 1, len(means) + 1))
        for place, mean in enumerate(means):
            rates[place, place], rates[place, place + 1] = -1 / mean, 1 / mean
        # From 1 January on, by the end of each month of a year that is no leap year.
        ends = list(itertools.accumulate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)))
        yield {"means": means, "by": [float(expm(rates * (end - 0.5))[0, -1]) for end in ends]}


def totals():
    """Sums of deals that are won or not: the whole distribution, in steps of one unit."""
    rng = random.Random(11)
    for chances in ([(0.25, 12)], [(0.1, 5), (0.5, 5)], [(0.2, 8), (0.6, 3), (0.9, 2)]):
        groups = [(chance, [rng.randrange(1, 30) for _ in range(deals)]) for chance, deals in chances]
        total = numpy.array([1.0])
        for chance, amounts in groups:
            for amount in amounts:
                deal = numpy.zeros(amount + 1)
                deal[0], deal[amount] = 1 - chance, chance
                total = numpy.convolve(total, deal)
        sums = numpy.arange(len(total))
        mean = float(total @ sums)
        yield {
            "groups": groups,
            "mean": mean,
            "deviation": math.sqrt(float(total @ (sums - mean) ** 2)),
            "up_to": [round(float(share), 9) for share in numpy.cumsum(total)],
        }


def main():
    parts = {part.__name__: list(part()) for part in (jeffreys, posteriors, bottlenecks, slopes, times, totals)}
    lines = (
        f'"{name}": [\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]" for name, rows in parts.items()
    )
    print("{\n" + ",\n".join(lines) + "\n}")


main()
