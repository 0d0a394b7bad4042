"""Writes differences.json: intervals of rates, medians, means and sums, and of the differences between two of them, by scipy.

    python -m venv venv && venv/bin/pip install scipy==1.17.1 && venv/bin/python differences.py > differences.json

The difference of two rates is the square-and-add of Newcombe (1998) on Jeffreys limits, written out for each of the two ends from the
limits themselves. Newcombe's own figures (his method 10, on Wilson's limits) check the formula before anything is written.
"""

import json
import math
import random

from scipy.stats import beta, binom, chi2, norm, t


def jeffreys(hits, of):
    low, high = (float(beta.ppf(p, hits + 0.5, of - hits + 0.5)) for p in (0.05, 0.95))
    return low, hits / of, high


def wilson(hits, of, z):
    p = hits / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    reach = z / (1 + z * z / of) * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return middle - reach, p, middle + reach


def square_and_add(now, then):
    (l1, p1, u1), (l2, p2, u2) = now, then
    low = p1 - p2 - math.sqrt(max(p1 - l1, 0) ** 2 + max(u2 - p2, 0) ** 2)
    high = p1 - p2 + math.sqrt(max(u1 - p1, 0) ** 2 + max(p2 - l2, 0) ** 2)
    return low, high


def newcombe():
    """Table II of the paper, method 10, 95 %: the rows for 56/70 − 48/80, 9/10 − 3/10 and 10/10 − 0/10."""
    z = norm.ppf(0.975)
    for now, then, (low, high) in (
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 10), (0.6075, 1.0000)),
    ):
        found = square_and_add(wilson(*now, z), wilson(*then, z))
        assert abs(found[0] - low) < 5e-5 and abs(found[1] - high) < 5e-5, (now, then, found)


def rates():
    pairs = [(0, 1), (1, 1), (0, 5), (5, 5), (3, 9), (56, 70), (48, 80), (7, 400), (365, 400), (2_000, 6_711)]
    for now in pairs:
        for then in pairs:
            low, high = square_and_add(jeffreys(*now), jeffreys(*then))
            yield {"now": now, "then": then, "low": low, "high": high}


def median(sample):
    ordered, n = sorted(sample), len(sample)
    ranks = [d for d in range(1, n // 2 + 1) if binom.cdf(d - 1, n, 0.5) <= 0.05]
    d = max(ranks, default=None)
    return None if d is None else [ordered[d - 1], ordered[n - d]]


def mean(sample):
    n, m = len(sample), sum(sample) / len(sample)
    error = math.sqrt(sum((x - m) ** 2 for x in sample) / (n - 1) / n)
    return [float(end) for end in t.interval(0.9, n - 1, loc=m, scale=error)]


def total(sample):
    y, v, w = sum(sample), sum(x * x for x in sample), max(sample)
    low = v / (2 * y) * chi2.ppf(0.05, 2 * y * y / v)
    high = (v + w * w) / (2 * (y + w)) * chi2.ppf(0.95, 2 * (y + w) ** 2 / (v + w * w))
    return [float(low), float(high)]


def samples():
    rng = random.Random(1998)
    for n in (2, 4, 5, 6, 9, 30, 31, 500, 3_000):
        sample = [round(rng.lognormvariate(10, 1)) for _ in range(n)]
        yield {"numbers": sample, "median": median(sample), "mean": mean(sample), "sum": total(sample)}
    yield {"numbers": [1] * 7, "median": median([1] * 7), "mean": None, "sum": total([1] * 7)}


newcombe()
row = lambda rows: ",\n".join(json.dumps(one) for one in rows)
print(f'{{"rates": [\n{row(rates())}\n],\n"samples": [\n{row(samples())}\n]}}')
