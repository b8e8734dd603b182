"""The best plan by HiGHS' simplex: `highs_simplex.py INSTANCE RUNS` prints CPU seconds of each run, then what it brings."""

import sys
import time

import highspy
import numpy


def program(path: str) -> highspy.HighsLp:
    data = numpy.fromfile(path, dtype="<u4").astype(numpy.int64)
    needs, offers, edges = (int(size) for size in data[:3])
    edge = data[3 + needs + offers :].reshape(edges, 3)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = edges, needs + offers
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = edge[:, 2].astype(float)
    lp.col_lower_, lp.col_upper_ = numpy.zeros(edges), numpy.ones(edges)
    lp.row_lower_ = numpy.full(needs + offers, -highspy.kHighsInf)
    lp.row_upper_ = data[3 : 3 + needs + offers].astype(float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = 2 * numpy.arange(edges + 1)
    lp.a_matrix_.index_ = numpy.stack([edge[:, 0], needs + edge[:, 1]], axis=1).reshape(-1)
    lp.a_matrix_.value_ = numpy.ones(2 * edges)
    return lp


def main() -> None:
    lp = program(sys.argv[1])
    for _ in range(int(sys.argv[2])):
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("solver", "simplex")
        highs.setOptionValue("threads", 1)
        highs.passModel(lp)
        begin = time.process_time()
        highs.run()
        print(f"{time.process_time() - begin:.6f}", flush=True)
    print(round(highs.getInfo().objective_function_value))


main()
