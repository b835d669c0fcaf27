"""The hold model on SimPy: each event is a timeout that starts the next. Input as of hold.cpp."""

import array
import sys
import time

import simpy

numbers = array.array("d")
with open(sys.argv[1], "rb") as file:
    numbers.frombytes(file.read())
pending, operations = int(numbers[0]), int(numbers[1])
quantiles = numbers[3:]
state = 2463534242


def increment():
    global state
    state ^= state << 13 & 0xFFFFFFFF
    state ^= state >> 17
    state ^= state << 5 & 0xFFFFFFFF
    k = state >> 20
    return quantiles[k] + (quantiles[k + 1] - quantiles[k]) * ((state & 0xFFFFF) / 1048576)


environment = simpy.Environment()
order = 0


def held(event):
    global order
    order = (order * 31 + event.value) & 0xFFFFFFFF
    put(event.value)


def put(identity):
    environment.timeout(increment(), identity).callbacks.append(held)


for identity in range(pending):
    put(identity)
begin = time.process_time()
for _ in range(operations):
    environment.step()
print(order, time.process_time() - begin)
