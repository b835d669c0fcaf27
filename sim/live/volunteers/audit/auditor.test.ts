import { createServer } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { draws, noise } from "../testing.ts";
import * as kinds from "./testing.ts";
import { HAS, SMALL, verdict, withScene } from "./testing.ts";

test("a volunteer that cannot be reached has not answered", () =>
  withScene(SMALL, kinds.good, async (scene) => {
    const closed = createServer();
    await new Promise<void>((then) => closed.listen(0, "127.0.0.1", then));
    const { port } = closed.address() as { port: number };
    await new Promise((then) => closed.close(then));
    scene.host.register("alpha", { uplink: 1 }, [`http://127.0.0.1:${port}/`]);
    assert.match(await verdict(scene), /^unanswered: .*ECONNREFUSED/);
  }));

test("what is no HTTP is no answer, and so is a certificate that nobody vouches for", () =>
  withScene(SMALL, kinds.good, async (scene) => {
    const odd = createServer((socket) => socket.end("SSH-2.0\r\n"));
    await new Promise<void>((then) => odd.listen(0, "127.0.0.1", then));
    const { port } = odd.address() as { port: number };
    for (const scheme of ["http", "https"]) {
      scene.host.told.length = 0;
      scene.host.register("alpha", { uplink: 1 }, [`${scheme}://127.0.0.1:${port}/`]);
      assert.match(await verdict(scene), /^unanswered: /);
    }
    odd.close();
  }));

test("a volunteer without an address has not answered", () =>
  withScene(SMALL, kinds.good, async (scene) => {
    scene.host.register("alpha", { uplink: 1 }, []);
    assert.is(await verdict(scene), "unanswered: has no address");
  }));

test("any of its addresses may be asked", () =>
  withScene(
    SMALL,
    kinds.good,
    async (scene) => {
      const [base] = scene.host.bases(0);
      scene.host.register("alpha", { uplink: 1 }, ["http://127.0.0.1:1/", base]);
      assert.is(await verdict(scene), HAS);
    },
    {},
    draws(0.5),
  ));

test("what has changed or gone meanwhile is held against nobody", () =>
  withScene(SMALL, kinds.withStatus(404), async (scene) => {
    const { auditor, host, repository, file } = scene;
    const gone = "the file was changed or removed meanwhile";
    auditor.audit(0, file);
    repository.put(repository.path(file), noise(1000, 2));
    await host.until(1);
    assert.equal(host.of("audited")[0], ["audited", 0, file, "passed", gone]);
    repository.remove(file);
    auditor.audit(0, file);
    await host.until(2);
    assert.equal(host.of("audited")[1], ["audited", 0, file, "passed", gone]);
    assert.is(scene.asked.length, 1, "what is gone is not asked for");
  }));

test("a volunteer has one audit at a time, others go on, and all at once are bounded", async () => {
  let [open, most] = [0, 0];
  const waiting: (() => void)[] = [];
  await withScene(
    SMALL,
    (...args) => {
      most = Math.max(most, ++open);
      waiting.push(() => {
        open--;
        kinds.good(...args);
      });
    },
    async ({ auditor, host, file, asked }) => {
      const [base] = host.bases(0);
      host.register("beta", { uplink: 1 }, [base]);
      host.register("gamma", { uplink: 1 }, [base]);
      for (const volunteer of [0, 0, 1, 2]) auditor.audit(volunteer, file);
      while (host.of("audited").length < 4) {
        await new Promise((then) => setTimeout(then, 10));
        if (asked.length < 2) continue;
        waiting.shift()?.();
      }
      assert.is(most, 2);
      assert.equal(
        host
          .of("audited")
          .map(([, volunteer]) => volunteer)
          .sort(),
        [0, 0, 1, 2],
      );
    },
    { atOnce: 2 },
  );
});

test("a closed auditor tells nothing", () =>
  withScene(SMALL, kinds.hanging, async ({ auditor, host, file }) => {
    auditor.audit(0, file);
    auditor.audit(0, file);
    auditor.close();
    await new Promise((then) => setTimeout(then, 30));
    auditor.audit(0, file);
    assert.equal(host.of("audited"), []);
  }));

test.run();
