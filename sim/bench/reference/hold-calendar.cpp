// The hold model on a calendar queue (Brown, CACM 31, 1988) that is given the right width of a day,
// so that it is as fast as one can be. Input and output are those of hold.cpp.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <vector>

struct Event {
  double time;
  uint64_t sequence;
  uint32_t id;
  int32_t next;
};

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
  size_t days = 1;
  while (days < 4 * pending) days *= 2;
  // The mean increment is 1: two days for each event that is due next, and a few years of days.
  double perDay = 2.0 * pending;
  std::vector<int32_t> first(days, -1);
  std::vector<Event> events(pending);
  auto put = [&](int32_t at) {
    const Event& event = events[at];
    int32_t* link = &first[uint64_t(event.time * perDay) & (days - 1)];
    while (*link >= 0 && (events[*link].time < event.time ||
                          (events[*link].time == event.time && events[*link].sequence < event.sequence)))
      link = &events[*link].next;
    events[at].next = *link;
    *link = at;
  };
  uint64_t sequence = 0;
  for (uint32_t id = 0; id < pending; id++) {
    events[id] = {increment(), sequence++, id, -1};
    put(id);
  }
  uint64_t day = 0;
  uint32_t hash = 0;
  clock_t begin = clock();
  for (size_t i = 0; i < operations; i++) {
    int32_t at;
    for (;; day++) {
      at = first[day & (days - 1)];
      if (at >= 0 && uint64_t(events[at].time * perDay) == day) break;
    }
    first[day & (days - 1)] = events[at].next;
    hash = hash * 31 + events[at].id;
    events[at].time += increment();
    events[at].sequence = sequence++;
    put(at);
  }
  printf("%u %.6f\n", hash, double(clock() - begin) / CLOCKS_PER_SEC);
}
