import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { colourless, program, sim } from "./testing.ts";

let room = "";
test.before.each(() => {
  room = mkdtempSync(join(tmpdir(), "mirrorlab-serve-"));
  mkdirSync(join(room, "repository"));
});
test.after.each(() => rmSync(room, { recursive: true, force: true }));

function configured(port: string | number, state = "state"): string {
  const file = join(room, `${state}.yaml`);
  const text = `url: http://mirror.example/
listen: { port: ${port}, host: 127.0.0.1 }
repository: { folder: repository }
state: { folder: ${state} }
server: { uplink: 1 Gbit/s }
`;
  writeFileSync(file, text);
  return file;
}

/** A file that nobody is writing any more. */
function put(path: string): void {
  const file = join(room, "repository", path);
  writeFileSync(file, path);
  utimesSync(file, 1e9, 1e9);
}

/** What a server prints, and how it ends. */
class Running {
  stdout = "";
  stderr = "";
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, [program, "serve", ...args], { env: colourless });
    this.child.stdout?.on("data", (text) => {
      this.stdout += text;
    });
    this.child.stderr?.on("data", (text) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) => this.child.on("exit", resolve));
  }

  /** The part of what it prints that the pattern's group catches. */
  async printed(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.stdout)?.[1];
      if (found !== undefined) return found;
      if (this.child.exitCode !== null) throw new Error(this.stderr);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

test("a server serves until it is told to stop, and a rescan tells it of new files", async () => {
  put("old.deb");
  const file = configured(0);
  const server = new Running(file);
  try {
    const port = await server.printed(/^listening at http:\/\/127\.0\.0\.1:(\d+)\/, status at /m);
    await server.printed(/^files: (1) added/m);
    put("new.deb");
    const { code, stdout, stderr } = sim("rescan", file, "--port", port);
    assert.is(code, 0, stderr);
    assert.is(stdout, "2 files: 1 added, 0 changed, 0 removed\n");
    assert.is(await (await fetch(`http://127.0.0.1:${port}/new.deb`)).text(), "new.deb");
    const second = sim("serve", configured(port, "other"));
    assert.is(second.code, 2);
    assert.is(
      second.stderr,
      `sim: listen: 127.0.0.1 port ${port}: expected a free port; another program listens there\n`,
    );
  } finally {
    server.child.kill("SIGHUP");
  }
  assert.is(await server.ended, 0);
  assert.is(server.stderr, "");
});

test("mistakes are exit 2, with every place, before anything is started", () => {
  const file = configured("x");
  rmSync(join(room, "repository"), { recursive: true });
  const { code, stdout, stderr } = sim("serve", file);
  assert.is(code, 2);
  assert.is(stdout, "");
  assert.match(stderr, /state\.yaml:2:17: port: expected a whole number; got "x"/);
  assert.match(stderr, /state\.yaml:3:23: missing folder: /);
  assert.not.match(stderr, /^\s+at /m);
});

for (const [args, said] of [
  [["serve"], /^sim: missing configuration, such as examples\/server\.yaml; or --demo/],
  [["serve", "x.yaml", "--demo"], /^sim: --demo: expected no configuration; got x\.yaml\n$/],
  [
    ["serve", "--demo", "--port", "65536"],
    /^sim: --port: invalid port: 65536; not in \[0, 65535\]/,
  ],
  [["rescan", "none.yaml"], /^sim: none\.yaml: missing file\n$/],
] as const) {
  test(`sim ${args.join(" ")} is exit 2`, () => {
    const { code, stderr } = sim(...args);
    assert.is(code, 2);
    assert.match(stderr, said);
  });
}

test("the demo says where to look, and Ctrl-C ends it with all that it has made", async () => {
  const demo = new Running("--demo");
  await demo.printed(/^watch them at (http:\S+)\/-\/status; Ctrl-C ends all of it$/m);
  demo.child.kill("SIGINT");
  assert.is(await demo.ended, 0);
  assert.is(demo.stderr, "");
});

test.run();
