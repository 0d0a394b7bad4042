"""Writes cohorts.json: small cohorts, made by hand and at random, with ties and open deals, and what lifelines says of them.

    python -m venv venv && venv/bin/pip install lifelines==0.30.3 && venv/bin/python cohorts.py > cohorts.json

The Kaplan-Meier curve is that of lifelines. Its quantiles are taken from exact fractions where a rounding error of lifelines would
miss an exact half. The Aalen-Johansen curve is computed in exact fractions, for lifelines moves tied times apart at random; where no
times are tied the two must agree.
"""

import json
import random
import sys
import warnings
from fractions import Fraction

from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.exceptions import ApproximationWarning
from lifelines.utils import qth_survival_time

OPEN, PASSED, LOST = 0, 1, 2

BY_HAND = {
    "one passed": [(5, PASSED)],
    "one open": [(5, OPEN)],
    "all on one day": [(3, PASSED), (3, LOST), (3, PASSED), (3, OPEN)],
    "on the day of the entry": [(0, PASSED), (0, LOST), (0, OPEN), (4, PASSED)],
    "exactly half": [(1, PASSED), (2, LOST), (7, OPEN), (9, PASSED)],
    "exact quarters": [(1, PASSED), (2, PASSED), (3, LOST), (4, PASSED)],
    "a third thrice": [(1, LOST), (1, PASSED), (2, OPEN), (2, PASSED), (3, PASSED), (3, LOST)],
    "never half": [(1, PASSED), (9, OPEN), (9, OPEN), (9, OPEN)],
    "last seen open": [(1, PASSED), (2, PASSED), (3, LOST), (30, OPEN)],
    "all lost": [(2, LOST), (2, LOST), (8, LOST)],
    "all open": [(1, OPEN), (2, OPEN), (2, OPEN)],
    "open and decided on the same days": [(4, OPEN), (4, PASSED), (4, LOST), (6, OPEN), (6, PASSED), (6, LOST), (8, OPEN)],
}


def at_random():
    rng = random.Random(2026)
    for size, days, fates in (
        (7, 4, (OPEN, PASSED, LOST)),
        (12, 6, (OPEN, PASSED, PASSED, LOST)),
        (20, 5, (OPEN, OPEN, PASSED, LOST)),
        (30, 10, (OPEN, PASSED, LOST, LOST)),
        (50, 25, (OPEN, PASSED, LOST)),
        (80, 12, (OPEN, PASSED, PASSED, PASSED, LOST)),
    ):
        yield f"{size} within {days} days", [(rng.randrange(days + 1), rng.choice(fates)) for _ in range(size)]
    for size in (5, 15, 40):
        apart = rng.sample(range(1, 4 * size), size)
        yield f"{size} apart", [(day, rng.choice((OPEN, PASSED, LOST))) for day in apart]


def exact(sample, last):
    """Day by day: the shares that passed, were lost and are open, straight from the definition of Aalen and Johansen."""
    still, won, lost = Fraction(1), Fraction(0), Fraction(0)
    for day in range(last + 1):
        risk = sum(d >= day for d, _ in sample)
        passes = sum((d, fate) == (day, PASSED) for d, fate in sample)
        losses = sum((d, fate) == (day, LOST) for d, fate in sample)
        if passes + losses:
            won += still * Fraction(passes, risk)
            lost += still * Fraction(losses, risk)
            still *= 1 - Fraction(passes + losses, risk)
        yield won, lost, still


def cohort(name, sample):
    days, fates = zip(*sample)
    last = max(days) + 1
    rows = list(exact(sample, last))
    km = KaplanMeierFitter().fit(days, [fate != OPEN for fate in fates])
    for day, (_, _, still) in enumerate(rows):
        assert abs(float(km.predict(day)) - float(still)) < 1e-9, (name, day)

    def quantile(share):
        truth = next((day for day, (_, _, still) in enumerate(rows) if still <= 1 - share), None)
        theirs = qth_survival_time(float(1 - share), km)
        theirs = None if theirs == float("inf") else int(theirs)
        if truth != theirs:
            assert rows[truth][2] == 1 - share, (name, share, truth, theirs)
            print(f"{name}: lifelines misses an exact {share}: {theirs}, not {truth}", file=sys.stderr)
        return truth

    decided = [day for day, fate in sample if fate != OPEN]
    if decided and len(set(days)) == len(days):
        for column, code in ((0, PASSED), (1, LOST)):
            if code in fates:
                fitter = AalenJohansenFitter(calculate_variance=False).fit(days, fates, event_of_interest=code)
                for day, row in enumerate(rows):
                    assert abs(float(fitter.predict(day)) - float(row[column])) < 1e-9, (name, day)
    return {
        "name": name,
        "days": days,
        "fates": fates,
        "survival": [float(km.predict(day)) for day in range(last + 1)],
        "quartiles": [quantile(Fraction(n, 4)) for n in (1, 2, 3)],
        "passed": [float(row[0]) for row in rows],
        "lost": [float(row[1]) for row in rows],
        "means": [
            sum(chosen) / len(chosen) if chosen else None
            for chosen in (decided, [day for day, fate in sample if fate == PASSED])
        ],
    }


def main():
    warnings.simplefilter("ignore", ApproximationWarning)
    cohorts = [cohort(name, sample) for name, sample in (*BY_HAND.items(), *at_random())]
    print("[\n" + ",\n".join(json.dumps(each) for each in cohorts) + "\n]")


main()
