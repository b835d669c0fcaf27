// The star workload by the method of sim/network/max-min/fair-levels.ts, for two limits a flow and no weights.
// Reads counts, capacities, starts, sources, customers and bytes as doubles; prints the sum of the
// times at which the flows end, and the seconds of the processor that it took.
#include <cstdio>
#include <ctime>
#include <limits>
#include <vector>

const int NONE = -1;
const double INF = std::numeric_limits<double>::infinity();
const double ROUNDING = 1e-12;

// Pairing heaps over numbered items; a heap is named by its first item.
struct Heaps {
  struct Item { double key; int child, next, before; };
  std::vector<Item> at;
  explicit Heaps(size_t size) : at(size) {}
  bool first(int a, int b) const { return at[a].key < at[b].key || (at[a].key == at[b].key && a < b); }
  int meld(int a, int b) {
    if (!first(a, b)) std::swap(a, b);
    at[b].next = at[a].child;
    at[b].before = a;
    if (at[a].child != NONE) at[at[a].child].before = b;
    at[a].child = b;
    return a;
  }
  int insert(int heap, int item, double key) {
    at[item] = {key, NONE, NONE, NONE};
    return heap == NONE ? item : meld(heap, item);
  }
  int pair(int item) {
    int paired = NONE;
    while (item != NONE) {
      int other = at[item].next, rest = other == NONE ? NONE : at[other].next;
      int both = other == NONE ? item : meld(item, other);
      at[both].next = paired;
      paired = both;
      item = rest;
    }
    if (paired == NONE) return NONE;
    int heap = paired;
    for (int a = at[paired].next; a != NONE;) {
      int rest = at[a].next;
      heap = meld(heap, a);
      a = rest;
    }
    at[heap].next = at[heap].before = NONE;
    return heap;
  }
  int remove(int heap, int item) {
    int orphans = pair(at[item].child), next = at[item].next, before = at[item].before;
    if (item == heap) return orphans;
    if (at[before].child == item) at[before].child = next;
    else at[before].next = next;
    if (next != NONE) at[next].before = before;
    return orphans == NONE ? heap : meld(heap, orphans);
  }
};

struct Limit {
  double capacity, level = 0, served = 0, since = 0, fixed = 0, reserve, due = INF;
  int held = 0, ins = 0, firstIn = NONE, firstTied = NONE;
  int ends = NONE, allowances = NONE, levels = NONE, place = NONE;
  bool watched = false, waits = false, touched = false;
};

// `across` is the other limit of the flow, on whose list it is, and on its holder's if that is watched.
struct Flow { int holder, across, inNext, inBefore, outNext, outBefore; };

struct Star {
  std::vector<Limit> limits;
  std::vector<Flow> flows;
  Heaps ends, ties;
  std::vector<int> waiting, touched, row; // `row`: a heap of the limits by when their first flow ends.
  double now = 0;

  Star(const std::vector<double>& capacities, size_t count)
      : limits(capacities.size()), flows(count), ends(count), ties(count) {
    for (size_t i = 0; i < capacities.size(); i++) limits[i].capacity = limits[i].reserve = capacities[i];
  }
  void wait(int limit) {
    Limit& l = limits[limit];
    if (l.waits) return;
    l.waits = true;
    waiting.push_back(limit);
    if (!l.touched) l.touched = true, touched.push_back(limit);
  }
  double servedAt(const Limit& l) const { return l.served + l.level * (now - l.since); }
  double use(int limit) const {
    const Limit& l = limits[limit];
    if (l.watched) return l.fixed + l.held * l.level;
    double sum = 0;
    for (int f = l.firstIn; f != NONE; f = flows[f].inNext) sum += limits[flows[f].holder].level;
    return sum;
  }
  void enter(int flow) {
    Flow& f = flows[flow];
    Limit& l = limits[f.holder];
    f.outNext = l.firstTied;
    f.outBefore = NONE;
    if (f.outNext != NONE) flows[f.outNext].outBefore = flow;
    l.firstTied = flow;
    Limit& across = limits[f.across];
    across.levels = ties.insert(across.levels, flow, -l.level);
  }
  void leave(int flow) {
    Flow& f = flows[flow];
    if (f.outNext != NONE) flows[f.outNext].outBefore = f.outBefore;
    if (f.outBefore == NONE) limits[f.holder].firstTied = f.outNext;
    else flows[f.outBefore].outNext = f.outNext;
  }
  void watch(int limit, double used) {
    Limit& l = limits[limit];
    l.watched = true;
    l.fixed = used;
    for (int f = l.firstIn; f != NONE; f = flows[f].inNext) {
      Limit& holder = limits[flows[f].holder];
      holder.allowances = ties.remove(holder.allowances, f);
      enter(f);
    }
  }
  void allow(int limit, double used, bool isNew) {
    Limit& l = limits[limit];
    double spare = l.capacity > used ? l.capacity - used : 0, shared = l.ins == 1 ? spare : spare / 2;
    l.reserve = spare - shared;
    for (int f = l.firstIn; f != NONE; f = flows[f].inNext) {
      Limit& holder = limits[flows[f].holder];
      double part = used > 0 ? holder.level * shared / used : shared / l.ins;
      if (!isNew) holder.allowances = ties.remove(holder.allowances, f);
      holder.allowances = ties.insert(holder.allowances, f, holder.level + part);
    }
  }
  void unwatch(int limit) {
    Limit& l = limits[limit];
    for (int f = l.firstIn; f != NONE; f = flows[f].inNext) leave(f);
    l.levels = NONE;
    l.watched = false;
    l.reserve = l.capacity;
    if (l.ins > 0) allow(limit, l.fixed, true);
  }
  void hold(int flow, int limit, double left) {
    Flow& f = flows[flow];
    Limit& l = limits[limit];
    Limit& across = limits[f.across];
    f.holder = limit;
    l.held++;
    l.ends = ends.insert(l.ends, flow, servedAt(l) + left);
    f.inNext = across.firstIn;
    f.inBefore = NONE;
    if (f.inNext != NONE) flows[f.inNext].inBefore = flow;
    across.firstIn = flow;
    across.ins++;
    if (across.watched) {
      enter(flow);
      across.fixed += l.level;
      wait(f.across);
    } else {
      double given = across.ins == 1 || across.reserve < 2 * l.level ? across.reserve : 2 * l.level;
      across.reserve -= given;
      l.allowances = ties.insert(l.allowances, flow, given);
      if (given < l.level) wait(f.across);
    }
    wait(limit);
  }
  void remove(int flow) {
    Flow& f = flows[flow];
    Limit& l = limits[f.holder];
    Limit& across = limits[f.across];
    l.ends = ends.remove(l.ends, flow);
    if (f.inNext != NONE) flows[f.inNext].inBefore = f.inBefore;
    if (f.inBefore == NONE) across.firstIn = f.inNext;
    else flows[f.inBefore].inNext = f.inNext;
    across.ins--;
    if (across.watched) {
      leave(flow);
      across.levels = ties.remove(across.levels, flow);
      across.fixed = across.ins == 0 ? 0 : across.fixed - l.level;
      wait(f.across);
    } else {
      across.reserve = across.ins == 0 ? across.capacity : across.reserve + ties.at[flow].key;
      l.allowances = ties.remove(l.allowances, flow);
    }
    if (--l.held == 0) l.level = 0;
    wait(f.holder);
  }
  void begin(int limit, double level) {
    limits[limit].level = level;
    limits[limit].served = 0;
    limits[limit].since = now;
  }
  double prospect(int limit) const {
    const Limit& l = limits[limit];
    double fixed = l.watched ? l.fixed : use(limit);
    return (l.capacity > fixed ? l.capacity - fixed : 0) / (l.held + 1);
  }
  void add(int flow, int up, int down, double bytes) {
    double byUp = prospect(up), byDown = prospect(down);
    int holder = byUp <= byDown ? up : down;
    flows[flow].across = byUp <= byDown ? down : up;
    if (!limits[holder].watched) watch(holder, use(holder));
    if (limits[holder].held == 0) begin(holder, byUp < byDown ? byUp : byDown);
    hold(flow, holder, bytes);
  }
  double levelOf(const Limit& l) const {
    if (l.held > 0) return (l.capacity > l.fixed ? l.capacity - l.fixed : 0) / l.held;
    return l.fixed > l.capacity * (1 + ROUNDING) ? -INF : INF;
  }
  void takeOver(int flow) {
    Flow& f = flows[flow];
    int limit = f.across, holder = f.holder;
    double level = limits[holder].level, left = ends.at[flow].key - servedAt(limits[holder]);
    if (limits[limit].held == 0) begin(limit, level);
    remove(flow);
    f.across = holder;
    hold(flow, limit, left > 0 ? left : 0);
  }
  void look(int limit) {
    Limit& l = limits[limit];
    double level = levelOf(l);
    while (l.levels != NONE && -ties.at[l.levels].key > level * (1 + ROUNDING)) {
      takeOver(l.levels);
      level = levelOf(l);
    }
    if (l.held == 0) {
      if (l.fixed <= l.capacity / 2) unwatch(limit);
      return;
    }
    if (level == l.level) return;
    double rise = level - l.level;
    l.served = servedAt(l);
    l.since = now;
    l.level = level;
    for (int f = l.firstTied; f != NONE; f = flows[f].outNext) {
      Limit& across = limits[flows[f].across];
      across.fixed += rise;
      across.levels = ties.remove(across.levels, f);
      across.levels = ties.insert(across.levels, f, -level);
      wait(flows[f].across);
    }
    while (l.allowances != NONE && ties.at[l.allowances].key < level) {
      int f = l.allowances;
      l.allowances = ties.remove(f, f);
      l.allowances = ties.insert(l.allowances, f, INF);
      wait(flows[f].across);
    }
  }
  void settle() {
    while (!waiting.empty()) {
      size_t least = 0;
      for (size_t i = 1; i < waiting.size(); i++)
        if (limits[waiting[i]].level < limits[waiting[least]].level) least = i;
      int limit = waiting[least];
      waiting[least] = waiting.back();
      waiting.pop_back();
      limits[limit].waits = false;
      if (!limits[limit].watched) {
        double used = use(limit);
        if (used <= limits[limit].capacity * (1 + ROUNDING)) {
          if (limits[limit].ins > 0) allow(limit, used, false);
          continue;
        }
        watch(limit, used);
      }
      look(limit);
    }
    for (int limit : touched) {
      Limit& l = limits[limit];
      l.touched = false;
      double left = l.ends == NONE ? 0 : ends.at[l.ends].key - l.served;
      double due = l.ends == NONE || l.level == 0 ? INF : l.since + (left > 0 ? left : 0) / l.level;
      if (due != l.due) setDue(limit, due);
    }
    touched.clear();
  }
  bool earlier(int a, int b) const {
    return limits[a].due < limits[b].due || (limits[a].due == limits[b].due && a < b);
  }
  void put(int limit, int place) {
    row[place] = limit;
    limits[limit].place = place;
  }
  void setDue(int limit, double due) {
    Limit& l = limits[limit];
    l.due = due;
    if (l.place == NONE) l.place = row.size(), row.push_back(limit);
    int place = l.place, size = row.size();
    while (place > 0 && earlier(limit, row[(place - 1) / 4])) put(row[(place - 1) / 4], place), place = (place - 1) / 4;
    for (;;) {
      int child = 4 * place + 1, end = child + 4 < size ? child + 4 : size, least = child;
      if (child >= size) break;
      for (int i = child + 1; i < end; i++) if (earlier(row[i], row[least])) least = i;
      if (!earlier(row[least], limit)) break;
      put(row[least], place);
      place = least;
    }
    put(limit, place);
  }
};

int main(int, char** files) {
  FILE* file = fopen(files[1], "rb");
  double counts[2];
  if (!file || fread(counts, sizeof(double), 2, file) != 2) return 1;
  size_t nodes = counts[0], count = counts[1];
  auto column = [&](size_t size) {
    std::vector<double> values(size);
    if (fread(values.data(), sizeof(double), size, file) != size) values.clear();
    return values;
  };
  auto capacities = column(nodes), start = column(count), source = column(count), customer = column(count);
  auto bytes = column(count);
  if (bytes.size() != count) return 1;
  clock_t begin = clock();
  Star star(capacities, count);
  double sum = 0;
  for (size_t next = 0;;) {
    double due = star.row.empty() ? INF : star.limits[star.row[0]].due;
    if (next == count && due == INF) break;
    if (next < count && start[next] <= due) {
      star.now = start[next];
      star.add(next, source[next], customer[next], bytes[next]);
      next++;
    } else {
      Limit& l = star.limits[star.row[0]];
      int flow = l.ends;
      sum += star.now = due;
      l.served = star.ends.at[flow].key;
      l.since = due;
      star.remove(flow);
    }
    star.settle();
  }
  printf("%.6f %.6f\n", sum, double(clock() - begin) / CLOCKS_PER_SEC);
}
