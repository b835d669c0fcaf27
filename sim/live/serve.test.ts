import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { Volunteer } from "../testing/announcer.ts";
import { openCatalogue } from "./catalogue/catalogue.ts";
import { LocalReader } from "./catalogue/tree/local-reader.ts";
import { readServerConfig } from "./config/read-server-config.ts";
import { serve } from "./serve.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";
const NAMES = ["alpha", "beta"];
const BYTES = Buffer.alloc(200_000, 7);

/** In this thread, and without a wait for files to be left alone. */
const openFiles: typeof openCatalogue = (options) =>
  openCatalogue({ ...options, settle: 0, openReader: (...tree) => LocalReader.open(...tree) });

async function withServer(
  act: (run: Running) => Promise<void>,
  yaml = "",
  fields: Readonly<Record<string, string>> = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mirrorlab-serve-"));
  mkdirSync(join(folder, "repository/pool"), { recursive: true });
  writeFileSync(join(folder, "repository/pool/a.deb"), BYTES);
  writeFileSync(join(folder, "repository/pool/b.deb"), Buffer.alloc(150_000, 8));
  writeFileSync(join(folder, "repository/InRelease"), "of today\n");
  const volunteers = NAMES.map(
    (name) => `{ name: ${name}, token: ${name}-${TOKEN}${fields[name] ?? ""} }`,
  );
  writeFileSync(
    join(folder, "server.yaml"),
    `url: http://127.0.0.1/
listen: { port: 0, host: 127.0.0.1 }
repository: { folder: repository }
state: { folder: state }
server: { uplink: 1 Gbit/s }
volunteers: [${volunteers}]
${yaml}`,
  );
  const run = new Running(folder);
  try {
    await run.start();
    await act(run);
  } finally {
    await run.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Running {
  readonly folder: string;
  readonly said: string[] = [];
  #server: Awaited<ReturnType<typeof serve>> | undefined;
  readonly #mirrors: Server[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  async start(): Promise<void> {
    const config = await readServerConfig(join(this.folder, "server.yaml"));
    this.#server = await serve(config, (line) => this.said.push(line), openFiles);
    await this.until(async () => (await this.get("InRelease")).status === 200);
  }

  async stop(): Promise<void> {
    await this.#server?.close();
  }

  async end(): Promise<void> {
    await this.stop();
    for (const mirror of this.#mirrors) mirror.close();
  }

  get address(): string {
    return this.#server?.address ?? "";
  }

  get(path: string, agent = "test"): Promise<Response> {
    const headers = { "User-Agent": agent };
    return fetch(this.address + path, { redirect: "manual", headers });
  }

  async until(isSo: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      if (await isSo()) return;
      await pause(20);
    }
    throw new Error("expected it within 4 s");
  }

  /** A mirror that holds all, with these bytes for every file. */
  async mirror(
    name: string,
    bytes = BYTES,
    active = 0,
  ): Promise<{ base: string; announce(): Promise<void> }> {
    const mirror = createServer((request, response) => {
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
      if (from === undefined) {
        response.end(request.url === "/pool/a.deb" ? bytes : Buffer.alloc(150_000, 8));
        return;
      }
      const part = bytes.subarray(Number(from), Number(to) + 1);
      const range = `bytes ${from}-${Number(from) + part.length - 1}/${bytes.length}`;
      response.writeHead(206, { "Content-Range": range, "Content-Length": part.length }).end(part);
    });
    await new Promise<void>((resolve) => mirror.listen(0, "127.0.0.1", resolve));
    this.#mirrors.push(mirror);
    const base = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}/`;
    const announce = async () => {
      const volunteer = new Volunteer({ server: this.address, name, token: `${name}-${TOKEN}` });
      await volunteer.register({ urls: [base], uplink: 1e7, covers: [] });
      const holds = { paths: ["pool/a.deb", "pool/b.deb"] };
      await volunteer.announce({
        uploaded: 0,
        downloaded: 0,
        left: 0,
        started: true,
        holds,
        active,
      });
    };
    await announce();
    return { base, announce };
  }
}

test("an ordinary client is sent to a volunteer, whose bytes have the server's digest", async () => {
  await withServer(async (run) => {
    const { base } = await run.mirror("alpha");
    const answer = await run.get("pool/a.deb");
    assert.is(answer.status, 302);
    assert.is(answer.headers.get("location"), `${base}pool/a.deb`);
    const bytes = Buffer.from(
      await (await fetch(answer.headers.get("location") ?? "")).arrayBuffer(),
    );
    const digest = createHash("sha256").update(bytes).digest("base64");
    assert.is(answer.headers.get("repr-digest"), `sha-256=:${digest}:`);
    const own = await run.get("InRelease");
    assert.is(await own.text(), "of today\n");
  });
});

test("who lies is found out by one audit and sent nobody any more; the client gets another", async () => {
  await withServer(async (run) => {
    const liar = await run.mirror("alpha", Buffer.alloc(200_000, 9));
    const first = await run.get("pool/a.deb");
    assert.is(first.headers.get("location"), `${liar.base}pool/a.deb`);
    const honest = await run.mirror("beta");
    await run.until(async () => {
      const status = (await (await run.get("-/status.json")).json()) as Status;
      return status.volunteers.some(({ name, state }) => name === "alpha" && state === "excluded");
    });
    for (let customer = 0; customer < 20; customer++) {
      const { headers } = await run.get("pool/a.deb", `tool ${customer}`);
      assert.is(headers.get("location"), `${honest.base}pool/a.deb`);
    }
  });
});

interface Status {
  readonly volunteers: readonly {
    readonly name: string;
    readonly state: string;
    readonly told: { readonly active: number | null };
  }[];
}

test("a later server serves itself until volunteers announce themselves, and knows them still", async () => {
  await withServer(async (run) => {
    const { announce, base } = await run.mirror("alpha");
    assert.is((await run.get("pool/b.deb")).status, 302);
    await run.stop();
    await run.start();
    const between = await run.get("pool/b.deb", "another");
    assert.is(between.status, 200);
    await between.arrayBuffer();
    await announce();
    const after = await run.get("pool/b.deb", "a third");
    assert.is(after.headers.get("location"), `${base}pool/b.deb`);
  });
});

test("files that come, change and go are so for customers after a look", async () => {
  await withServer(async (run) => {
    writeFileSync(join(run.folder, "repository/pool/new.deb"), "new");
    rmSync(join(run.folder, "repository/pool/b.deb"));
    const { readFileSync } = await import("node:fs");
    const secret = readFileSync(join(run.folder, "state/admin"), "latin1").trim();
    const rescan = (authorization: string) =>
      fetch(`${run.address}-/rescan`, { method: "POST", headers: { authorization } });
    assert.is((await rescan("Bearer wrong")).status, 403);
    const found = (await (await rescan(`Bearer ${secret}`)).json()) as Record<string, number>;
    assert.equal([found["added"], found["removed"]], [1, 1]);
    assert.is(await (await run.get("pool/new.deb")).text(), "new");
    assert.is((await run.get("pool/b.deb")).status, 404);
  });
});

const SITES = `policies: { dispatch: mirrorbrain, trust: none }
sites:
  classes:
    - { name: campus, networks: [127.0.0.0/8], where: { country: DE, continent: EU } }
    - { name: abroad, networks: [10.0.0.0/8], where: { country: JP, continent: AS } }`;

test("a volunteer is where the operator says, and what it tells of its load is shown", async () => {
  await withServer(
    async (run) => {
      await run.mirror("beta", BYTES, 3);
      const { base } = await run.mirror("alpha");
      for (let customer = 0; customer < 10; customer++) {
        const { headers } = await run.get("pool/a.deb", `tool ${customer}`);
        assert.is(headers.get("location"), `${base}pool/a.deb`);
      }
      const { volunteers } = (await (await run.get("-/status.json")).json()) as Status;
      assert.equal(
        volunteers.map(({ name, told }) => [name, told.active]),
        [
          ["beta", 3],
          ["alpha", 0],
        ],
      );
    },
    SITES,
    { alpha: ", site: campus", beta: ", site: abroad" },
  );
});

test.run();
