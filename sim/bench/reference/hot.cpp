// The hot link: one link shared equally by so many flows at once, the next starting as one ends.
// Reads capacity, flows at once, count and bytes as doubles; prints the sum of the times at which the
// flows end, and the seconds of the processor that it took.
#include <cstdio>
#include <ctime>
#include <functional>
#include <queue>
#include <vector>

int main(int, char** files) {
  FILE* file = fopen(files[1], "rb");
  double head[3];
  if (!file || fread(head, sizeof(double), 3, file) != 3) return 1;
  double capacity = head[0];
  size_t atOnce = head[1], count = head[2];
  std::vector<double> bytes(count);
  if (fread(bytes.data(), sizeof(double), count, file) != count) return 1;
  clock_t begin = clock();
  // A flow ends when so many bytes have been served to each: the clock of processor sharing.
  using End = std::pair<double, size_t>;
  std::priority_queue<End, std::vector<End>, std::greater<End>> ends;
  double served = 0, now = 0, sum = 0;
  size_t next = 0;
  while (next < atOnce && next < count) ends.push({bytes[next], next}), next++;
  while (!ends.empty()) {
    double end = ends.top().first;
    now += (end - served) * ends.size() / capacity;
    sum += now;
    served = end;
    ends.pop();
    if (next < count) ends.push({served + bytes[next], next}), next++;
  }
  printf("%.6f %.6f\n", sum, double(clock() - begin) / CLOCKS_PER_SEC);
}
