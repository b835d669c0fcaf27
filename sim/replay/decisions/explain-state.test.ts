/** Explains what the store of the live server has written. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { bindPolicies, Coordinator, seededChance, withAllParams } from "../../coordinator/index.ts";
import { POLICIES, SETTINGS } from "../../live/host/testing.ts";
import { VolunteerNames } from "../../live/host/volunteer-names.ts";
import { JournalStore } from "../../live/journal/journal-store.ts";
import { explainJournal } from "./explain-journal.ts";
import { journalFiles } from "./journal-files.ts";

test("the state folder of a server is explained across its segments, with names and time of day", async () => {
  const state = mkdtempSync(join(tmpdir(), "mirrorlab-state-"));
  const folder = join(state, "journal");
  mkdirSync(folder);
  const policies = withAllParams(POLICIES);
  const names = new VolunteerNames();
  const epoch = Date.UTC(2026, 11, 1);
  const coordinator = new Coordinator({
    ...{ settings: SETTINGS, policies: bindPolicies(policies), chance: seededChance("s") },
    pathOf: (file) => `pool/${file}`,
    onEvent: (event) => store.write(event),
  });
  const store = new JournalStore({
    ...{ folder, retention: 1e6, rotateBytes: 1, rotateEvery: 1e6, retryEvery: 10 },
    deciding: { seed: "s", settings: SETTINGS, policies },
    facts: () => ({ epoch }),
    save: () => ({
      coordinator: coordinator.save(),
      host: { epoch, catalogue: 1, names: names.save(), desk: null },
    }),
  });
  try {
    await store.start(null);
    for (const record of names.register("anna", ["http://anna.example.org/"])) store.name(record);
    coordinator.addFile(0, 1000, Number.NEGATIVE_INFINITY, 1);
    coordinator.register(0, { uplink: 1000 }, 2);
    const report = { uploaded: 0, downloaded: 0, left: 0, dropped: [], started: true };
    coordinator.announce(0, { ...report, completed: [0] }, 3);
    coordinator.ask(5, 0, 1000, 0, 4);
    await new Promise<void>((resolve) => store.written(resolve));
    store.tick(); // The segment is larger than it may be: another begins.
    await store.settled();
    coordinator.ask(6, 0, 1000, 0, 60);
    await store.close();

    const files = await journalFiles(state, undefined);
    assert.is(files.length, 2);
    const typed = { request: undefined, at: "2026-12-01T00:01Z", reason: undefined };
    const { told, decisions, notes } = await explainJournal(state, files, {
      ...{ ...typed, customer: undefined, file: undefined, last: "9" },
    });
    assert.equal([decisions, notes], [2, []]);
    assert.equal(
      told.map(({ time, path, name, recorded }) => [time, path, name, recorded]),
      [
        ["2026-12-01T00:01:00.000Z", "file 0", "anna", null],
        ["2026-12-01T00:00:04.000Z", "pool/0", "anna", null],
      ],
    );
  } finally {
    rmSync(state, { recursive: true });
  }
});

test.run();
