import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Swarm, type TrackedPeer } from "./swarm.ts";

function peer(address: string, port: number, at: number, complete = false): TrackedPeer {
  return {
    ...{ peer: 0, complete, origin: false, site: "", at, corrupt: 0 },
    ...{ peerId: "", compact: "", address, port, isIPv6: false },
  };
}

const numbered = (host: number, at: number, complete = false) =>
  peer(`10.0.0.${host}`, 1, at, complete);
const names = (swarm: Swarm) =>
  Array.from(swarm.peers, ({ address, port }) => `${address} ${port}`);

test("whoever has been silent drops out; whoever was heard of again stays", () => {
  const swarm = new Swarm();
  swarm.put(numbered(1, 0));
  swarm.put(numbered(2, 10));
  swarm.put(numbered(1, 20));
  swarm.expire(10);
  assert.is(swarm.size, 2);
  swarm.expire(11);
  assert.equal(names(swarm), ["10.0.0.1 1"]);
  swarm.expire(21);
  assert.is(swarm.size, 0);
});

test("counts are those of the peers, whatever happens", () => {
  const step = fc.tuple(
    fc.nat(3),
    fc.nat(2),
    fc.boolean(),
    fc.constantFrom("put", "remove", "expire"),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const swarm = new Swarm();
      const plain = new Map<string, TrackedPeer>();
      for (const [at, [host, port, complete, kind]] of steps.entries()) {
        const one = peer(`10.0.0.${host}`, port, at, complete);
        const name = `10.0.0.${host} ${port}`;
        if (kind === "put") {
          swarm.put(one);
          plain.set(name, one);
        } else if (kind === "remove") {
          swarm.remove(one.address, port);
          plain.delete(name);
        } else {
          swarm.expire(at - 5);
          for (const [each, { at: heard }] of plain) if (heard < at - 5) plain.delete(each);
        }
      }
      const all = [...plain.values()];
      assert.equal(names(swarm).sort(), [...plain.keys()].sort());
      assert.is(swarm.size, all.length);
      assert.is(swarm.complete, all.filter(({ complete }) => complete).length);
      for (const host of [0, 1, 2, 3]) {
        const address = `10.0.0.${host}`;
        assert.is(swarm.at(address), all.filter((each) => each.address === address).length);
      }
    }),
  );
});

test.run();
