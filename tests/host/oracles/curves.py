"""Writes curves.json: Jeffreys intervals by scipy, Kaplan-Meier and Aalen-Johansen curves by lifelines.

    python -m venv venv && venv/bin/pip install scipy==1.17.1 lifelines==0.30.3 && venv/bin/python curves.py > curves.json

lifelines moves tied times of its Aalen-Johansen fitter apart at random; that the estimate here keeps ties is checked by spacing
distinct decisions one day apart in the second sample, and by exact fractions in the first.
"""

import json
import random
import warnings
from fractions import Fraction

from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.exceptions import ApproximationWarning
from lifelines.utils import qth_survival_time
from scipy.stats import beta

OPEN, PASSED, LOST = 0, 1, 2


def intervals():
    for of in (1, 2, 4, 5, 30, 365, 6711):
        for hits in sorted({0, 1, of // 3, of // 2, of - 1, of}):
            low, high = (float(beta.ppf(p, hits + 0.5, of - hits + 0.5)) for p in (0.05, 0.95))
            yield {"hits": hits, "of": of, "low": low, "high": high}


def exact(sample, grid):
    """Aalen-Johansen in exact fractions, straight from its definition."""
    rows = []
    for t in grid:
        still, won, lost = Fraction(1), Fraction(0), Fraction(0)
        for day in sorted({d for d, fate in sample if fate != OPEN and d <= t}):
            risk = sum(d >= day for d, _ in sample)
            passes = sum((d, fate) == (day, PASSED) for d, fate in sample)
            losses = sum((d, fate) == (day, LOST) for d, fate in sample)
            won += still * Fraction(passes, risk)
            lost += still * Fraction(losses, risk)
            still *= 1 - Fraction(passes + losses, risk)
        rows.append({"t": t, "passed": float(won), "lost": float(lost), "open": float(still)})
    return rows


def curve(sample):
    days, fates = zip(*sample)
    grid = [0, 1, 5, 10, 20, 40, 80, 120, 200]
    km = KaplanMeierFitter().fit(days, [fate != OPEN for fate in fates])
    quantile = lambda p: None if (t := qth_survival_time(1 - p, km)) == float("inf") else int(t)
    out = {
        "days": days,
        "fates": fates,
        "survival": [{"t": t, "share": float(km.predict(t))} for t in grid],
        "quartiles": [quantile(p) for p in (0.25, 0.5, 0.75)],
        "incidence": exact(sample, grid),
    }
    if len({d for d, fate in sample if fate != OPEN}) == sum(fate != OPEN for fate in fates):
        for row in out["incidence"]:
            for name, code in (("passed", PASSED), ("lost", LOST)):
                fitter = AalenJohansenFitter(calculate_variance=False).fit(days, fates, event_of_interest=code)
                row[name] = float(fitter.predict(row["t"]))
    return out


def main():
    warnings.simplefilter("ignore", ApproximationWarning)
    rng = random.Random(1978)
    tied = [(int(rng.expovariate(1 / 40)), rng.choice([OPEN, PASSED, PASSED, LOST])) for _ in range(300)]
    apart = [(day, rng.choice([OPEN, PASSED, LOST])) for day in rng.sample(range(1, 180), 90)]
    young = [(int(rng.expovariate(1 / 40)), OPEN if rng.random() < 0.8 else PASSED) for _ in range(60)]
    print(json.dumps({"intervals": list(intervals()), "curves": [curve(s) for s in (tied, apart, young)]}, indent=1))


main()
