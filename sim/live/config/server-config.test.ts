import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse as parseYaml } from "yaml";
import * as z from "zod";
import { bindPolicies } from "../../coordinator/index.ts";
import { serverJsonSchema } from "./json-schema.ts";
import { METADATA } from "./metadata.ts";
import { diskWith, parseSmall, SMALL, smallWith, TOKEN } from "./testing.ts";

const examples = (name: string) =>
  fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));

/** Comments that hide fields: a mark, a space at most, the indentation, a name with a value or fields. */
const HIDDEN = /^( *)# ((?: {2})*\w+:(?: .*)?)$/gm;

test("what must be said is little, and the rest has defaults, in base units", () => {
  const config = parseSmall(SMALL);
  assert.equal(config, {
    ...{ title: "A repository", url: "http://mirror.example/", seed: null },
    listen: { port: 8080, host: "::", tls: null, proxies: [] },
    repository: { folder: "/etc/m/repository", scan: 600, md4: true },
    state: { folder: "/etc/m/state", retention: 2_592_000, rotate: 256e6, every: 86_400 },
    server: { uplink: 1e6 },
    sites: { classes: [] },
    volunteers: [
      {
        ...{ name: "a", token: TOKEN, site: null, weight: 100, urls: null },
        uplink: Number.POSITIVE_INFINITY,
      },
    ],
    tracker: { interval: 60, timeout: 180, probe: 30, inFlight: "by-request" },
    placement: { every: 21_600 },
    policies: {
      dispatch: { name: "least-added-wait", params: {} },
      replication: { name: "everything", params: {} },
      trust: { name: "sampled-audit", params: { share: 1, again: 0.01 } },
      ...{ sync: null, chunkSize: { name: "least-cost", params: {} }, handout: null },
    },
    deliver: { metadata: METADATA, small: 64_000 },
    rescue: { again: 120 },
    limits: { connections: 10_000, headers: 8192, announces: 60, torrents: 10_000 },
    status: { allow: ["127.0.0.0/8", "::1"] },
  });
  assert.type(bindPolicies(config.policies).dispatch.decide, "function");
});

test("examples/server.yaml is a good configuration, and what it hides are the defaults", () => {
  const text = readFileSync(examples("server.yaml"), "utf8");
  const config = parseSmall(text);
  assert.is(config.url, "https://repository.example.org/");
  assert.equal(config.listen.proxies, ["127.0.0.1", "::1"]);
  assert.equal(
    config.volunteers.map(({ name, site, weight, uplink }) => [name, site, weight, uplink]),
    [
      ["alpha", "campus", 100, Number.POSITIVE_INFINITY],
      ["beta", "abroad", 50, 25e6],
    ],
  );
  const shown = text
    .replace(/^ *# tls:.*$/m, "")
    .replace(/^# {3}metadata:.*$/m, "")
    .replace(HIDDEN, "$1$2");
  assert.ok(shown.split("\n").filter((line) => line.startsWith("#")).length < 25);
  for (const field of ["retention:", "inFlight:", "handout:", "again:", "allow:", "torrents:"]) {
    assert.match(shown, new RegExp(`^[^#]*${field}`, "m"));
  }
  assert.equal(parseSmall(shown), config);
});

test("paths count from the folder of the file, and a token may lie in a file of its own", () => {
  const text = smallWith(`token: ${TOKEN}`, "tokenFile: ../secrets/a.token");
  const disk = diskWith({ "/etc/secrets/a.token": "  the-token-of-a-volunteer\n" });
  assert.is(parseSmall(text, disk).volunteers[0].token, "the-token-of-a-volunteer");
  const elsewhere = smallWith("folder: repository", "folder: /srv/repository");
  assert.is(parseSmall(elsewhere).repository.folder, "/srv/repository");
});

test("the timeout is three intervals; no probes, no rescue and no small files are 0", () => {
  const text = `${SMALL}tracker: { interval: 10 min, probe: 0 }\nrescue: { again: 0 }\ndeliver: { small: 0 }`;
  const { tracker, rescue, deliver } = parseSmall(text);
  assert.is(tracker.timeout, 1800);
  assert.is(tracker.probe, Number.POSITIVE_INFINITY);
  assert.is(rescue.again, 0);
  assert.is(deliver.small, 0);
  assert.equal(parseSmall(`${SMALL}deliver: { metadata: [] }`).deliver.metadata, []);
});

test("web addresses have a slash at the end, so that what begins with them is below them", () => {
  assert.is(parseSmall(smallWith("mirror.example/", "mirror.EXAMPLE")).url, SMALL.slice(5, 27));
  const urls = "urls: [https://a.example/x]";
  const { volunteers } = parseSmall(smallWith("name: a,", `name: a, ${urls},`));
  assert.equal(volunteers[0].urls, ["https://a.example/x/"]);
});

test("policies are one each, with their params; none trusts all", () => {
  const text =
    "policies: { trust: none, sync: daily, dispatch: { sticky+random: { stickyFor: 1 min } } }";
  const { trust, sync, dispatch } = parseSmall(`${SMALL}${text}`).policies;
  assert.is(trust, null);
  assert.equal(sync, { name: "daily", params: {} });
  assert.equal(dispatch, { name: "sticky+random", params: { stickyFor: 60 } });
});

test("the committed schema is up to date; if not: UPDATE=1 npm test -- live/config", () => {
  const committed = examples("server.schema.json");
  const current = `${JSON.stringify(serverJsonSchema(), null, 2)}\n`;
  const { UPDATE } = process.env;
  if (UPDATE === "1") writeFileSync(committed, current);
  assert.fixture(readFileSync(committed, "utf8"), current);
});

test("every field is described, and every quantity says its unit", () => {
  const undescribed: string[] = [];
  const visit = (node: unknown, path: string) => {
    if (typeof node !== "object" || node === null) return;
    const { properties = {}, items } = node as { properties?: object; items?: unknown };
    for (const [name, child] of Object.entries(properties)) {
      const { description = "", examples = [] } = child as {
        description?: string;
        examples?: readonly string[];
      };
      const isQuantity = ["1 d 9 h", "4.7 GB", "50 Mbit/s"].includes(examples[0]);
      const isClear = isQuantity ? /seconds|bytes/i.test(description) : description !== "";
      if (!isClear) undescribed.push(`${path}.${name}`);
      visit(child, `${path}.${name}`);
    }
    visit(items, `${path}[]`);
  };
  visit(serverJsonSchema(), "");
  assert.equal(undescribed, []);
});

test("editors accept what the reader accepts, and mark what it does not", () => {
  const editor = z.fromJSONSchema(serverJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
  const accepts = (text: string) => editor.safeParse(parseYaml(text)).success;
  assert.ok(accepts(SMALL));
  assert.ok(accepts(readFileSync(examples("server.yaml"), "utf8")));
  assert.not.ok(accepts(smallWith("http:", "ftp:")));
  assert.not.ok(accepts(smallWith("8 Mbit/s", "8")));
  assert.not.ok(accepts(smallWith(TOKEN, "short")));
  assert.not.ok(accepts(`${SMALL}policies: { dispatch: [random] }`), "a list");
  assert.not.ok(accepts(`${SMALL}listen: { prot: 1 }`));
});

test.run();
