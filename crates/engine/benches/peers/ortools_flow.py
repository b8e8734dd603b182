"""The best plan by OR-Tools' min-cost flow: `ortools_flow.py INSTANCE RUNS` prints CPU seconds of each run, then what it brings."""

import sys
import time

import numpy
from ortools.graph.python import min_cost_flow


def main() -> None:
    data = numpy.fromfile(sys.argv[1], dtype="<u4").astype(numpy.int64)
    needs, offers, edges = (int(size) for size in data[:3])
    units, capacity = data[3 : 3 + needs], data[3 + needs : 3 + needs + offers]
    edge = data[3 + needs + offers :].reshape(edges, 3)
    ground = needs + offers
    tails = numpy.concatenate([edge[:, 0], numpy.arange(needs), needs + numpy.arange(offers)])
    heads = numpy.concatenate([needs + edge[:, 1], numpy.full(needs + offers, ground)])
    most = numpy.concatenate([numpy.ones(edges, dtype=numpy.int64), units, capacity])
    cost = numpy.concatenate([-edge[:, 2], numpy.zeros(needs + offers, dtype=numpy.int64)])
    supply = numpy.concatenate([units, numpy.zeros(offers, dtype=numpy.int64), [-units.sum()]])
    for _ in range(int(sys.argv[2])):
        flow = min_cost_flow.SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(tails, heads, most, cost)
        flow.set_nodes_supplies(numpy.arange(ground + 1), supply)
        begin = time.process_time()
        if flow.solve() != flow.OPTIMAL:
            sys.exit(1)
        print(f"{time.process_time() - begin:.6f}", flush=True)
    print(-flow.optimal_cost())


main()
