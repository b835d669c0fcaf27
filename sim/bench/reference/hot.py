"""The hot link in SimPy, by the clock of processor sharing; input and output as in hot.cpp."""

import heapq
import sys
import time
from array import array

import simpy


def serve(env, capacity, at_once, sizes, result):
    ends = [(size, flow) for flow, size in enumerate(sizes[:at_once])]
    heapq.heapify(ends)
    served, next_flow = 0.0, len(ends)
    while ends:
        end = ends[0][0]
        yield env.timeout((end - served) * len(ends) / capacity)
        result["sum"] += env.now
        served = end
        heapq.heappop(ends)
        if next_flow < len(sizes):
            heapq.heappush(ends, (served + sizes[next_flow], next_flow))
            next_flow += 1


numbers = array("d")
with open(sys.argv[1], "rb") as file:
    numbers.frombytes(file.read())
capacity, at_once, count = numbers[0], int(numbers[1]), int(numbers[2])
begin = time.process_time()
environment = simpy.Environment()
found = {"sum": 0.0}
environment.process(serve(environment, capacity, at_once, numbers[3 : 3 + count], found))
environment.run()
print(f"{found['sum']:.6f} {time.process_time() - begin:.6f}")
