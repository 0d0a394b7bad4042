"""Writes log.json: an event log of thirty deals with skips and fallbacks, made from a seed, and what pm4py says of it.

    python -m venv venv && venv/bin/pip install pm4py==2.7.23.11 && venv/bin/python log.py > log.json
"""

import json
import random

import pandas
import pm4py

STAGES = ["Lead", "Talk", "Offer", "Deal"]
FIRST_DAY = pandas.Timestamp("2026-01-01")


def case(rng):
    """A deal's way: stages and how it ended, each with its day; at most one step a day."""
    place, day = rng.choice((0, 0, 0, 0, 1)), rng.randrange(40)
    way = [(STAGES[place], day)]
    while True:
        day += rng.randrange(1, 25)
        lot = rng.random()
        if lot < 0.12:
            return way  # still open
        if lot < 0.27:
            return [*way, ("lost", day)]
        if lot < 0.42 and place > 0:
            place = rng.randrange(place)
        elif place == len(STAGES) - 1 or lot > 0.95:
            return [*way, ("won", day)]
        else:
            place = min(place + rng.choice((1, 1, 1, 2)), len(STAGES) - 1)
        way.append((STAGES[place], day))


def main():
    rng = random.Random(20260801)
    cases = [case(rng) for _ in range(30)]
    rows = [(str(number), name, FIRST_DAY + pandas.Timedelta(days=day)) for number, way in enumerate(cases) for name, day in way]
    log = pm4py.format_dataframe(
        pandas.DataFrame(rows, columns=["case", "what", "when"]), case_id="case", activity_key="what", timestamp_key="when"
    )
    follows, starts, ends = pm4py.discover_dfg(log)
    lasting, _, _ = pm4py.discover_performance_dfg(log)
    days = 24 * 60 * 60
    having = {name: pm4py.filter_event_attribute_values(log, "concept:name", [name], level="case") for name in STAGES}
    result = {
        "cases": [[list(step) for step in way] for way in cases],
        "starts": starts,
        "ends": ends,
        "follows": [[a, b, count, lasting[a, b]["sum"] / days] for (a, b), count in sorted(follows.items())],
        "visits": pm4py.get_event_attribute_values(log, "concept:name"),
        "visitors": {name: cases["case:concept:name"].nunique() for name, cases in having.items()},
        "rework": pm4py.get_rework_cases_per_activity(log),
        "durations": {
            outcome: sorted(
                seconds / days
                for seconds in pm4py.get_all_case_durations(pm4py.filter_end_activities(log, [outcome]))
            )
            for outcome in ("won", "lost")
        },
    }
    print("{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in result.items()) + "\n}")


main()
