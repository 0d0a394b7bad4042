"""Writes stays.json: stays of deals that won, from a seed, and the quartile and the decile that numpy makes of them.

numpy's `inverted_cdf` is the smallest value that at least the given share does not exceed.
    python -m venv venv && venv/bin/pip install numpy==2.4.6 && venv/bin/python stays.py > stays.json
"""

import json
import random

import numpy

random.seed(20261127)
cases = []
for size in [20, 21, 23, 27, 34, 40, 57, 100]:
    days = [int(random.lognormvariate(2.6, 0.9)) for _ in range(size)]
    limits = [int(numpy.percentile(days, share, method="inverted_cdf")) for share in (75, 90)]
    cases.append({"days": days, "watch": limits[0], "ill": limits[1]})
print(json.dumps({"cases": cases}))
