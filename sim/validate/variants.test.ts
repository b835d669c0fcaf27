/** Measurements of the same kinds in other shapes: what can be read counts, the rest is told. */
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { MeasureName } from "./aims.ts";
import { folderOf, SHARING_HEADER, sharingScenario } from "./testing.ts";
import { validate } from "./validation.ts";

type Files = Readonly<Record<string, unknown>>;

/** Cases of each measure that has some, and the problems told. */
function found(files: Files, sub = "") {
  const { measures, cases, problems } = validate(join(folderOf(files), sub));
  for (const all of cases.values()) {
    for (const { simulated, naive } of all) {
      assert.ok(simulated > 0 && simulated < 1e9 && naive > 0, `${simulated}, ${naive}`);
    }
  }
  const counts = Object.fromEntries(measures.map((one) => [one.name, one.cases]));
  const predicted = (name: MeasureName) => (cases.get(name) ?? []).map((one) => one.simulated);
  return { counts, problems, predicted };
}

function sharing(scenario: unknown, ...rows: string[]): Files {
  return {
    "A_http_sharing/one/scenario.json": scenario,
    "A_http_sharing/one/outcomes.csv": [SHARING_HEADER, ...rows].join("\n"),
  };
}

const ROW = "0,0,c0,0,2000000,2.2,200,0,2.3";

test("distances may be nothing, small, large, or told as the delay of a link", () => {
  const seconds = (spec: object) =>
    found(sharing({ ...sharingScenario([null]), rtt_ms_no_queue: undefined, ...spec }, ROW))
      .predicted("A.all")
      .map((one) => one.toFixed(4));
  const [none, ten, hundred] = [0, 10, 100].map((rtt_ms_no_queue) =>
    Number(seconds({ rtt_ms_no_queue })),
  );
  assert.ok(none > 0 && none < ten && ten < hundred);
  assert.equal(seconds({ one_way_delay_per_access_link_ms: 25 }), [hundred.toFixed(4)]);
  assert.equal(seconds({}), [none.toFixed(4)]);
  assert.equal(seconds({ rtt_ms_no_queue: null }), [none.toFixed(4)]);
});

test("members that are missing or null have the testbed's usual values", () => {
  const full = found(sharing(sharingScenario([100, 3]), ROW));
  assert.equal(full.counts, { "A.bulk": 1, "A.all": 1 });
  const spare = found(
    sharing(
      {
        server: { up_mbit: 8 },
        clients: [{ name: "c0" }, { name: "c1", down_mbit: null, up_mbit: null }],
        rtt_ms_no_queue: 40.15,
        queue_packets: null,
        tbf_burst_bytes: null,
      },
      ROW,
    ),
  );
  assert.equal(spare.problems, []);
  assert.ok(Math.abs(spare.predicted("A.all")[0] / full.predicted("A.all")[0] - 1) < 0.02);
});

test("caps of nothing at all leave the speed of the machine", () => {
  const { predicted, problems } = found(
    sharing({ ...sharingScenario([null]), server: { up_mbit: null, down_mbit: null } }, ROW),
  );
  assert.equal(problems, []);
  assert.ok(predicted("A.all")[0] < 0.7);
});

test("clients may have any names and be any number, named or counted", () => {
  const names = ["alpha", "client-17", "c0"];
  const named = {
    ...sharingScenario([]),
    clients: names.map((name) => ({ name, down_mbit: 100 })),
  };
  const rows = names.map((name, at) => `0,${at},${name},${at},1000000,1.2,200,0,1.3`);
  assert.equal(found(sharing(named, ...rows)).counts, { "A.bulk": 3, "A.all": 3 });
  const counted = { ...sharingScenario([]), clients: 3, client_down_mbit: 100 };
  assert.equal(found(sharing(counted, ...rows)).counts, { "A.bulk": 3, "A.all": 3 });
});

test("columns may come in another order, with more of them, or without those of no need", () => {
  const files = (table: string) => ({
    ...sharing(sharingScenario([null])),
    "A_http_sharing/one/outcomes.csv": table,
  });
  const plain = found(sharing(sharingScenario([null]), "0,0,c0,0,2000000,2.2,200,0,2.2"));
  const other = found(
    files("mood,time_total_s,bytes,client,at_s\r\ngood,2.2, 2000000 ,c0,0\r\n\r\n"),
  );
  assert.equal(other.problems, []);
  assert.equal(other.predicted("A.all"), plain.predicted("A.all"));
  assert.equal(found(files(`\uFEFF${SHARING_HEADER}\n${ROW}\n`)).problems, []);
});

test("rows that failed do not count, those that cannot be read are told in one line", () => {
  const { counts, problems } = found(
    sharing(
      sharingScenario([null, null]),
      ROW,
      "0,1,c1,0,2000000,,0,7,",
      "0,2,c1,0,2000000,fast,200,0,2",
      "0,3,c7,0,2000000,2.2,200,0,2.3",
      "0,4,c1,0,-5,2.2,200,0,2.3",
      "0,5,c1,0,2000000,0,200,0,0",
    ),
  );
  assert.equal(counts, { "A.bulk": 1, "A.all": 1 });
  assert.is(problems.length, 1);
  assert.match(
    problems[0],
    /outcomes\.csv:4: invalid time_total_s: fast; expected more than 0; 4 of 6 rows left out$/,
  );
});

test("one bad scenario, an unknown letter and what is no experiment hide nothing", () => {
  const { counts, problems } = found({
    ...sharing(sharingScenario([null]), ROW),
    "A_http_sharing/two/scenario.json": "{ bad",
    "A_http_sharing/two/outcomes.csv": `${SHARING_HEADER}\n${ROW}`,
    "A_http_sharing/three/scenario.json": sharingScenario([null]),
    "A_http_sharing/four/scenario.json": { server: 3, rtt_ms_no_queue: 1 },
    "A_http_sharing/five/scenario.json": {},
    "A_http_sharing/six/scenario.json": sharingScenario([null]),
    "A_http_sharing/six/outcomes.csv": `${SHARING_HEADER}\n0,0,"c0,0\n`,
    "Q_other/x/scenario.json": "{}",
    "notes/x/scenario.json": "{}",
  });
  assert.equal(counts, { "A.bulk": 1, "A.all": 1 });
  assert.is(problems.length, 6);
  const told = problems.join("\n");
  assert.match(told, /two\/scenario\.json: expected JSON; got/);
  assert.match(told, /missing .*three\/outcomes\.csv/);
  assert.match(told, /four\/scenario\.json: server: /);
  assert.match(told, /five\/scenario\.json: server: expected its caps; got none/);
  assert.match(told, /six\/outcomes\.csv: expected a table; got /);
  assert.match(told, /unknown experiment: .*Q_other; known: A, B, C, D, E/);
});

test("the folder given may be that of an experiment, of a scenario, or one that is both", () => {
  const files = sharing(sharingScenario([null]), ROW);
  const expected = { "A.bulk": 1, "A.all": 1 };
  assert.equal(found(files, "A_http_sharing").counts, expected);
  assert.equal(found(files, "A_http_sharing/one").counts, expected);
  assert.equal(
    found({
      "A_x/scenario.json": sharingScenario([null]),
      "A_x/outcomes.csv": `${SHARING_HEADER}\n${ROW}`,
    }).counts,
    expected,
  );
});

test("trains with other numbers of clients, files and distances", () => {
  const { counts, problems } = found({
    "A_http_sharing/train/scenario.json": {
      server_up_mbit: 3,
      client_down_mbit: null,
      new_connection_per_file: false,
      rtt_ms_no_queue: 100,
    },
    "A_http_sharing/train/outcomes.csv":
      "client,seq,bytes,time_total_s\nx,0,5000,0.2\nx,1,70000,0.4\ny,0,0,0.2\ny,1,9000,0.1\n",
  });
  assert.equal(problems, []);
  assert.equal(counts, { "A.small": 2, "A.all": 2 });
});

const SYNC = "rep,pair,old_bytes,new_bytes,block,block_used,matched,total_bytes,wall_s,rc";
const sync = (pair: string, block: number, found: number) =>
  `,${pair},1000000,1000000,${block},${block},${found},${1_020_000 - found},1,0`;

test("pairs of versions need no default block length and no particular ones", () => {
  const rows = [
    ...[300, 2000, 8000, 32_000].map((block) => sync("p", block, 900_000 - 10 * block)),
    ...[512, 65_536].map((block) => sync("only two", block, 800_000 - 2 * block)),
    sync("only one", 4096, 1000),
    sync("nothing found", 1024, 0),
    sync("nothing found", 16_384, 0),
    sync("nothing found", 100_000, 0),
  ];
  const sweep = found({ "B_rsync/sweep/outcomes.csv": [SYNC, ...rows].join("\n") });
  assert.equal(sweep.problems, []);
  // Two of each pair's lengths are given: p has two more, and the one of which nothing is found one.
  assert.equal(sweep.counts, { "B.bytes": 3 });
  const timed = found({
    "B_rsync/timed/scenario.json": { server_up_mbit: 5, rtt_ms_no_queue: 0 },
    "B_rsync/timed/outcomes.csv": [SYNC, ...rows].join("\n"),
  });
  assert.equal(timed.counts, { "B.time": 10 });
});

test("rsync's parallel pulls with other numbers, caps left out, and a failure", () => {
  const { counts, problems } = found({
    "B_rsync/pulls/scenario.json": { note: "none" },
    "B_rsync/pulls/outcomes.csv": [
      "scenario,method,client,bytes,time_s,rc,server_up_mbit,client_down_mbit,matched",
      "three,rsync,a,1000000,2,0,8,,0",
      "three,rsync,b,1000000,2.5,0,8,,500000",
      "three,rsync,c,1000000,,23,8,,",
      "three,http,c,1000000,2,0,8,,",
    ].join("\n"),
  });
  assert.equal(problems, []);
  assert.equal(counts, { "B.time": 2 });
});

const swarmScenario = {
  seed_up_mbit: 8,
  leecher_up_mbit: 8,
  leecher_down_mbit: null,
  client: "someclient 9.9",
};
const swarm = (swarms: string, outcomes: string): Files => ({
  "C_bittorrent/one/scenario.json": swarmScenario,
  "C_bittorrent/one/schedule.csv": "n,peer,at_s,role\n1,seed,0,seed\n1,l0,1,leecher",
  "C_bittorrent/one/swarms.csv": `rep,n,size,piece,done,max_s,seed_wire_up\n${swarms}`,
  "C_bittorrent/one/outcomes.csv": `rep,n,size,piece,at_s,finish_s,start_err\n${outcomes}`,
});

test("swarms of an unknown client, without a delay, and with runs that did not end", () => {
  const { counts, problems } = found(
    swarm(
      "0,1,1000000,65536,1,1.4,1100000\n1,1,1000000,65536,0,,\n2,1,1000000,65536,1,x,5",
      "0,1,1000000,65536,1,1.4,\n1,1,1000000,65536,1,,0\n2,1,1000000,65536,1,1,0",
    ),
  );
  assert.equal(counts, { "C.finish": 1, "C.serverBytes": 1 });
  assert.is(problems.length, 1);
  assert.match(problems[0], /swarms\.csv:4: invalid max_s: x; .*1 of 3 rows left out/);
});

test("redirection with several servers, any customers, and caps left out", () => {
  const { counts, problems } = found({
    "D_redirect/one/scenario.json": {
      vols: [
        [4, null],
        [8, 16],
        [2, 4],
      ],
      server_up: 10,
      delay_ms: 5,
    },
    "D_redirect/one/outcomes.csv": [
      "at_s,bytes,client,src,time_total_s,kind",
      "0,1000000,cust1,v0,2,get",
      "0,1000000,c7,srv1,1,get",
      "1,500000,v2,srv,1,sync",
      "2,500000,c7,v9,1,get",
    ].join("\n"),
  });
  assert.equal(counts, { "D.scenario": 1, "D.request": 2 });
  assert.is(problems.length, 1);
  assert.match(problems[0], /outcomes\.csv:5: unknown machine: v9; known: srv, v0 to v2/);
});

test("chunk fetches with other caps and buffers, without a cap, and a failed one", () => {
  const { counts, problems } = found({
    "E_chunk_fetch/one/scenario.json": {
      server_up_mbit: 50,
      client_down_mbit: 5,
      rtt_ms_no_queue: 10,
      receiver_tcp_rmem_max: 32_768,
    },
    "E_chunk_fetch/one/outcomes.csv": "chunk,size,total_s,rc\n3000,10000,0.1,0\n5000,10000,,28\n",
    "E_chunk_fetch/two/scenario.json": { server_up_mbit: null },
    "E_chunk_fetch/two/outcomes.csv": "chunk,size,total_s\n100000,10000,0.1\n",
    "E_chunk_fetch/three/scenario.json": { client_down_mbit: 8 },
    "E_chunk_fetch/three/outcomes.csv": "chunk,size,total_s\n100000,10000,0.1\n",
  });
  assert.equal(counts, { "E.rate": 2 });
  assert.is(problems.length, 1);
  assert.match(problems[0], /three\/scenario\.json: server_up_mbit: /);
});

test.run();
