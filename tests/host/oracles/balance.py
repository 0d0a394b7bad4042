"""Writes balance.json: random teams, each with the fewest customer moves that bring everybody into the band, by scipy's HiGHS.

    python -m venv venv && venv/bin/pip install scipy==1.17.1 && venv/bin/python balance.py > balance.json

A team is a capacity per person, or none, and customers, each with its seller, its worth and whether it stays. The band of a person is
85 % to 115 % of the total by capacity. A mixed integer programme says who gets whom: one binary variable for each customer that may
move and each person. When no assignment meets all bands, the least is asked for of the money outside the bands plus a hundredth of the
mean for each move. A second programme, with the number of moves held, asks for the fewest moves away from a customer's territory.
Worths are small whole numbers, so that the tolerances of the solver decide nothing. Gini coefficients are written out by their definition.
"""

import json
import random
import sys
from fractions import Fraction

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix


def bands(weights, total):
    whole = sum(weights)
    return [(-((-85 * total * w) // (100 * whole)), (115 * total * w) // (100 * whole)) for w in weights]


def solve(customers, people, weights, away_after=None):
    """The optimum of a team; with a number of moves, the fewest of them that leave a territory."""
    total = sum(worth for _, worth, _, _ in customers)
    band = bands(weights, total)
    free = [c for c in customers if not c[2]]
    held = [sum(worth for seller, worth, stays, _ in customers if seller == p and stays) for p in range(people)]
    step = total / (100 * people)

    def programme(soft):
        count = len(free) * people + (2 * people if soft else 0)
        cost = np.zeros(count)
        integrality = np.zeros(count)
        upper = np.ones(count)
        rows, low, high = [], [], []
        for c, (seller, _, _, away) in enumerate(free):
            row = {}
            for p in range(people):
                at = c * people + p
                integrality[at] = 1
                row[at] = 1
                moved = p != seller
                if away_after is None:
                    cost[at] = (step if soft else 1) * moved
                else:
                    cost[at] = moved and away[p]
            rows.append(row)
            low.append(1)
            high.append(1)
        for p in range(people):
            row = {c * people + p: free[c][1] for c in range(len(free))}
            if soft:
                short, over = len(free) * people + 2 * p, len(free) * people + 2 * p + 1
                upper[short] = upper[over] = total
                cost[short] = cost[over] = 1
                row[short], row[over] = 1, -1
            rows.append(row)
            low.append(band[p][0] - held[p])
            high.append(band[p][1] - held[p])
        if away_after is not None:
            rows.append({c * people + p: 1 for c in range(len(free)) for p in range(people) if p != free[c][0]})
            low.append(away_after)
            high.append(away_after)
        data = [(r, c, v) for r, row in enumerate(rows) for c, v in row.items()]
        matrix = csr_matrix(([v for *_, v in data], ([r for r, *_ in data], [c for _, c, _ in data])), (len(rows), count))
        return milp(cost, integrality=integrality, bounds=Bounds(0, upper), constraints=LinearConstraint(matrix, low, high),
                    options={"time_limit": 90, "mip_rel_gap": 0})

    answer = programme(False)
    if answer.status == 0:
        return {"reached": True, "least": round(answer.fun)}
    if answer.status != 2:
        return None
    answer = programme(True)
    if answer.status != 0:
        return None
    return {"reached": False, "least": round(answer.fun * 100 * people)}


def gini(values, weights):
    total, whole = sum(values), sum(weights)
    n = range(len(values))
    far = sum(abs(values[i] * weights[j] - values[j] * weights[i]) for i in n for j in n)
    return float(Fraction(far, 2 * whole * total))


def team(rng, people, count, spread, whale, staying, by_capacity):
    weights = [rng.choice([20, 30, 40, 60]) if by_capacity else 1 for _ in range(people)]
    lean = [rng.uniform(0.3, 1.7) for _ in range(people)]
    customers = []
    for _ in range(count):
        worth = max(1, round(100 * rng.lognormvariate(0, spread)))
        seller = rng.choices(range(people), lean)[0]
        home = rng.randrange(people)
        away = [p != home and rng.random() < 0.7 for p in range(people)]
        customers.append((seller, worth, rng.random() < staying, away))
    if whale:
        seller, _, stays, away = customers[0]
        customers[0] = (seller, sum(worth for _, worth, _, _ in customers) // 2, stays, away)
    return weights, customers


def main():
    rng = random.Random(20261127)
    teams = []
    plans = [(p, c) for p in range(2, 7) for c in (3 * p, 24, 40) for _ in range(6)] + [(p, 40 * p) for p in (2, 3, 4, 6, 6, 6)]
    for number, (people, count) in enumerate(plans):
        weights, customers = team(rng, people, count, rng.choice([0.4, 0.8, 1.2]), number % 12 == 7, rng.choice([0, 0.2]), number % 3 == 0)
        optimum = solve(customers, people, weights)
        if optimum is None:
            print("not solved in time:", people, count, file=sys.stderr)
            continue
        if optimum["reached"]:
            optimum["away"] = solve(customers, people, weights, optimum["least"])["least"]
        values = [sum(worth for seller, worth, _, _ in customers if seller == p) for p in range(people)]
        teams.append({
            "capacities": weights if number % 3 == 0 else None,
            "people": people,
            "customers": [[s, w, int(stays), sum(1 << p for p in range(people) if away[p])] for s, w, stays, away in customers],
            "gini": gini(values, weights),
            **optimum,
        })
        print(number, people, count, optimum, file=sys.stderr)
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in teams)
    print("[\n" + lines + "\n]")


main()
