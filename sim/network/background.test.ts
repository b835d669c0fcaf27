import { test } from "uvu";
import * as assert from "uvu/assert";
import { Engine } from "../engine/engine.ts";
import { Background } from "./background.ts";
import { Network } from "./network.ts";

function world() {
  const engine = new Engine({ maxEvents: 100 });
  const network = new Network(engine);
  return { engine, network, background: new Background(engine, network) };
}

test("a flow gets what the traffic of others leaves, period after period", () => {
  const { engine, network, background } = world();
  const link = network.addLink(10);
  // Of each 10 s the others take 6 for 4 s and nothing for 6 s: 4·4 + 6·10 = 76 bytes a period.
  background.play({
    link,
    steps: [
      { at: 0, rate: 6 },
      { at: 4, rate: 0 },
    ],
    period: 10,
  });
  let end = 0;
  const purpose = network.purpose(() => {
    end = engine.now;
  });
  network.start({ path: [link], bytes: 76 + 16 + 30, weight: 1, cap: 1 / 0, purpose, owner: 0 });
  engine.run(30);
  assert.is(end, 17);
});

test("what began before goes on where it is in its period", () => {
  const { engine, network, background } = world();
  const link = network.addLink(10);
  const steps = [
    { at: 0, rate: 6 },
    { at: 4, rate: 1 },
  ];
  background.play({ link, steps, period: 10 }, 25); // 5 s into its third period.
  const rates: number[] = [];
  const look = engine.kind("look", () => rates.push(network.background(link)));
  for (const at of [0, 4.9, 5.1, 8.9, 9.1]) engine.at(at, look, 0);
  engine.run(10);
  assert.equal(rates, [1, 1, 6, 6, 1]);
});

test("steps that do not start at 0 or leave the period are rejected", () => {
  const { network, background } = world();
  const link = network.addLink(10);
  const play = (at: number[]) => () =>
    background.play({ link, steps: at.map((time) => ({ at: time, rate: 1 })), period: 10 });
  assert.throws(play([]), /step at 0/);
  assert.throws(play([1]), /step at 0/);
  assert.throws(play([0, 5, 5]), /rise in time/);
  assert.throws(play([0, 10]), /within the period/);
});

test.run();
