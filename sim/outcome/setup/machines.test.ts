import { test } from "uvu";
import * as assert from "uvu/assert";
import { minimalWith, parse } from "../../experiment/config/testing.ts";
import { machineTables } from "./machines.ts";
import { topologyOf } from "./topology.ts";

const systemOf = (volunteers: string, customers = "      - { share: 1, downlink: 1 MB/s }\n") =>
  parse(
    minimalWith(
      "    - { name: a, count: 2, uplink: 1 B/s, downlink: 2 B/s }\n",
      volunteers,
    ).replace("      - { share: 1, downlink: 1 MB/s }\n", customers),
  ).system;

const PLAIN = "    - { name: a, count: 2, uplink: 1 Mbit/s, downlink: 2 Mbit/s }\n";

test("volunteers have a row a class; what no class sets has no column", () => {
  const [volunteers, customers] = machineTables(systemOf(PLAIN));
  assert.is(volunteers.title, "Volunteers: 2 machines");
  assert.equal(volunteers.columns, [
    ...["class", "machines", "uplink", "downlink", "both ways together"],
    ...["covers", "disk", "on line", "conduct"],
  ]);
  assert.equal(volunteers.rows, [
    [
      ...["a", "2", "1 Mbit/s", "2 Mbit/s", "no limit"],
      ...["everything", "no limit", "always", "honest"],
    ],
  ]);
  assert.equal(customers, {
    title: "Customers",
    columns: ["share", "downlink"],
    rows: [["100 %", "8 Mbit/s"]],
    isFolded: false,
  });
});

const ODD = `${PLAIN}    - name: b
      count: 1
      uplink: 1 Mbit/s
      downlink: 2 Mbit/s
      shared: 2 Mbit/s
      coverage: 0.125
      disk: 40 GB
      caches: true
      price: 3
      deliveryRate: 500 kbit/s
      transferRate: 250 kbit/s
      background: { downlink: 100 kbit/s }
      sessions: { up: { weibull: { mean: 3 h, shape: 0.5 } }, down: 1 h, diurnal: 0.3 }
      conduct:
        { corrupts: 0.2, truncates: 0.055, stale: true, colludes: true, reports: 2, offers: 5 Mbit/s }
`;

test("what one class sets has a column, and all of its conduct is told", () => {
  const [{ columns, rows }] = machineTables(systemOf(ODD));
  const of = (row: number) =>
    Object.fromEntries(columns.map((column, at) => [column, rows[row][at]]));
  const odd = {
    covers: "12.5 %",
    disk: "40 GB",
    "both ways together": "2 Mbit/s",
    "on line":
      "3 h (mean, weibull of shape 0.5) on, 1 h (mean, exponential) off, by day up to 30 % more",
    conduct:
      "20 % of downloads with wrong bytes, 5.5 % of downloads cut off, sends old versions as new, " +
      "colludes, reports 2 times its traffic, claims 5 Mbit/s",
    "deliveries together": "500 kbit/s",
    "each delivery": "250 kbit/s",
    caches: "what it is asked for",
    "price of a GB": "3",
    "traffic of others": "↓ 100 kbit/s",
  };
  for (const [column, text] of Object.entries(odd)) assert.is(of(1)[column], text, column);
  const plain = ["no limit", "no limit", "no", "0", "none"];
  const rare = [
    "deliveries together",
    "each delivery",
    "caches",
    "price of a GB",
    "traffic of others",
  ];
  assert.equal(
    rare.map((column) => of(0)[column]),
    plain,
  );
});

test("laws of sessions are told where they are not the exponential", () => {
  const sessions = (laws: string) => {
    const text = PLAIN.replace("downlink: 2 Mbit/s", `downlink: 2 Mbit/s, sessions: ${laws}`);
    const [{ columns, rows }] = machineTables(systemOf(text));
    return rows[0][columns.indexOf("on line")];
  };
  assert.is(
    sessions("{ up: 15.6 h, down: 6.67 h }"),
    "15 h 36 min on, 6.67 h off (means, exponential)",
  );
  assert.is(
    sessions("{ up: { constant: { mean: 2 h } }, down: { constant: { mean: 1 h } } }"),
    "always 2 h on, always 1 h off",
  );
  assert.match(
    sessions(
      "{ up: { lognormal: { median: 1 h, sigma: 0.5 } }, down: { gamma: { mean: 1 h, shape: 2 } } }",
    ),
    /^1\.133 h \(mean, log-normal of σ 0\.5\) on, 1 h \(mean, gamma of shape 2\) off$/, // e^(1/8) h.
  );
});

test("the drawing has the server first, shares of the customers, and traits of volunteers", () => {
  const classes =
    "      - { share: 0.7, downlink: 1 MB/s }\n      - { share: 0.3, downlink: 2 MB/s }\n";
  const { machines, backbone } = topologyOf(systemOf(ODD, classes), 507);
  assert.is(backbone, Number.POSITIVE_INFINITY);
  const rows = machines.map(({ kind, name, count, uplink, downlink }) => {
    return [kind, name, count, uplink, downlink];
  });
  assert.equal(rows, [
    ["server", "server", 1, 1e6, null],
    ["customers", "customers", 355, null, 1e6],
    ["customers", "customers", 152, null, 2e6],
    ["volunteers", "a", 2, 125_000, 250_000],
    ["volunteers", "b", 1, 125_000, 250_000],
  ]);
  assert.equal(machines[1]?.traits, ["70 % of all"]);
  assert.equal(machines[3]?.traits, []);
  assert.equal(machines[4]?.traits.slice(0, 4), [
    ...["2 Mbit/s both ways together", "covers 12.5 %", "disk of 40 GB", "caches"],
  ]);
  assert.is(topologyOf(systemOf(PLAIN), null).machines[1]?.count, null);
});

test.run();
