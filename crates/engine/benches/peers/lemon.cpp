// The best plan by LEMON's network simplex: `lemon INSTANCE RUNS` prints CPU seconds of each run, then what it brings.
// A development tool that is compiled for the benchmark only; nothing of it is in the program.
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

static double cpu_seconds() {
    timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + now.tv_nsec * 1e-9;
}

int main(int count, char **words) {
    if (count < 3) return 2;
    FILE *file = fopen(words[1], "rb");
    if (!file) return 1;
    uint32_t sizes[3];
    if (fread(sizes, 4, 3, file) != 3) return 1;
    const uint32_t needs = sizes[0], offers = sizes[1], edges = sizes[2];
    std::vector<uint32_t> data(needs + offers + 3 * size_t(edges));
    if (fread(data.data(), 4, data.size(), file) != data.size()) return 1;
    fclose(file);
    const uint32_t *units = data.data(), *capacity = units + needs, *edge = capacity + offers;

    using namespace lemon;
    typedef SmartDigraph Graph;
    Graph graph;
    graph.reserveNode(needs + offers + 1);
    graph.reserveArc(edges + needs + offers);
    for (uint32_t node = 0; node <= needs + offers; ++node) graph.addNode();
    const Graph::Node ground = graph.nodeFromId(needs + offers);
    Graph::ArcMap<int> upper(graph);
    Graph::ArcMap<int> cost(graph);
    Graph::NodeMap<int> supply(graph);
    int sum = 0;
    for (uint32_t at = 0; at < edges; ++at, edge += 3) {
        Graph::Arc arc = graph.addArc(graph.nodeFromId(edge[0]), graph.nodeFromId(needs + edge[1]));
        upper[arc] = 1;
        cost[arc] = -int(edge[2]);
    }
    for (uint32_t need = 0; need < needs; ++need) {
        Graph::Arc arc = graph.addArc(graph.nodeFromId(need), ground);
        upper[arc] = units[need];
        cost[arc] = 0;
        supply[graph.nodeFromId(need)] = units[need];
        sum += units[need];
    }
    for (uint32_t offer = 0; offer < offers; ++offer) {
        Graph::Arc arc = graph.addArc(graph.nodeFromId(needs + offer), ground);
        upper[arc] = capacity[offer];
        cost[arc] = 0;
    }
    supply[ground] = -sum;

    long long value = 0;
    for (int run = 0; run < atoi(words[2]); ++run) {
        NetworkSimplex<Graph, int, int> simplex(graph);
        simplex.upperMap(upper).costMap(cost).supplyMap(supply);
        const double begin = cpu_seconds();
        if (simplex.run() != NetworkSimplex<Graph, int, int>::OPTIMAL) return 1;
        printf("%.6f\n", cpu_seconds() - begin);
        fflush(stdout);
        value = -simplex.totalCost<long long>();
    }
    printf("%lld\n", value);
    return 0;
}
