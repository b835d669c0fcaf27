// The hold model on the standard library's heap: take the first event, put in another. Reads events
// pending, operations, quantiles and the exponential distribution's quantiles as doubles; prints the
// hash of the order of events, and the seconds of the processor that it took.
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <functional>
#include <queue>
#include <tuple>
#include <vector>

int main(int, char** files) {
  FILE* file = fopen(files[1], "rb");
  double head[3];
  if (!file || fread(head, sizeof(double), 3, file) != 3) return 1;
  size_t pending = head[0], operations = head[1], count = head[2] + 1;
  std::vector<double> quantiles(count);
  if (fread(quantiles.data(), sizeof(double), count, file) != count) return 1;
  uint32_t state = 2463534242u;
  auto increment = [&] {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    uint32_t k = state >> 20;
    return quantiles[k] + (quantiles[k + 1] - quantiles[k]) * ((state & 0xFFFFF) / 1048576.0);
  };
  // Ties are broken by the order of scheduling.
  using Event = std::tuple<double, uint64_t, uint32_t>;
  std::priority_queue<Event, std::vector<Event>, std::greater<Event>> events;
  uint64_t sequence = 0;
  for (uint32_t id = 0; id < pending; id++) events.emplace(increment(), sequence++, id);
  uint32_t hash = 0;
  clock_t begin = clock();
  for (size_t i = 0; i < operations; i++) {
    auto [time, order, id] = events.top();
    events.pop();
    hash = hash * 31 + id;
    events.emplace(time + increment(), sequence++, id);
  }
  printf("%u %.6f\n", hash, double(clock() - begin) / CLOCKS_PER_SEC);
}
