"""Writes scores.json: Brier scores by scikit-learn, CRPS by properscoring, ranks by scipy.

    python -m venv venv && venv/bin/pip install scikit-learn==1.9.1 properscoring==0.1 scipy==1.17.1
    venv/bin/python scores.py > scores.json
"""

import json
import random

import properscoring
from scipy.stats import percentileofscore
from sklearn.metrics import brier_score_loss


def briers(rng):
    for size in (1, 5, 40, 150):
        chances = [rng.randrange(0, 101) / 100 for _ in range(size)]
        won = [rng.random() < chance for chance in chances]
        rate = sum(won) / size
        yield {
            "chances": chances,
            "won": won,
            "score": float(brier_score_loss(won, chances, labels=[False, True])),
            "base": float(brier_score_loss(won, [rate] * size, labels=[False, True])),
        }


def lumpy(rng):
    """Draws as a few deals give them: many are equal, many are 0."""
    return sorted(sum(amount for amount in (500, 1_200, 9_000) if rng.random() < 0.4) for _ in range(200))


def crpses(rng):
    for draws in (
        [42],
        [0, 100],
        lumpy(rng),
        sorted(round(rng.lognormvariate(12, 0.6)) for _ in range(250)),
    ):
        for actual in (0.0, draws[len(draws) // 2], draws[-1] * 1.5):
            yield {
                "draws": draws,
                "actual": actual,
                "crps": float(properscoring.crps_ensemble(actual, draws)),
                "pit": float(percentileofscore(draws, actual, kind="mean")) / 100,
            }


def main():
    rng = random.Random(1950)
    rows = [",\n".join(map(json.dumps, samples)) for samples in (briers(rng), crpses(rng))]
    print('{"brier": [\n%s\n], "crps": [\n%s\n]}' % tuple(rows))


main()
