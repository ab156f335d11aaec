"""Prints packages/core/fixtures/iasp91-offgrid-deep.csv: first P and S arrivals by IASP91 at random points off any grid,
0 to 700 km deep and 0 to 1,000 km away, computed with ObsPy's TauP. The same points each time.

    python3 -m venv venv && venv/bin/pip install obspy==1.5.1
    venv/bin/python scripts/generate-iasp91-sample.py > packages/core/fixtures/iasp91-offgrid-deep.csv
"""

import math
import random

from obspy.taup import TauPyModel

POINTS = 600
KM_PER_DEGREE = math.pi * 6371 / 180
P_PHASES = ["p", "P", "Pn", "Pg", "PKP", "Pdiff"]
S_PHASES = ["s", "S", "Sn", "Sg", "SKS", "Sdiff"]

model = TauPyModel("iasp91")
random.seed(20250423)


def first_arrival(depth_km: float, degrees: float, phases: list[str]) -> float:
    return min(arrival.time for arrival in model.get_travel_times(depth_km, degrees, phases))


print("depth_km,distance_km,p_seconds,s_seconds")
for _ in range(POINTS):
    depth_km = round(random.uniform(0, 700), 2)
    distance_km = round(random.uniform(0, 1000), 2)
    degrees = distance_km / KM_PER_DEGREE
    p, s = (first_arrival(depth_km, degrees, phases) for phases in (P_PHASES, S_PHASES))
    print(f"{depth_km},{distance_km},{p:.3f},{s:.3f}")
