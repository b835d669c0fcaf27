import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { fuzzTracker, testTracker } from "./testing.ts";

test("whatever is asked is answered, and memory stays bounded", async () => {
  const { tracker } = testTracker();
  const server = createServer((request, response) => {
    tracker.handler(request, response, new URL(request.url ?? "", "http://server"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const kinds = await fuzzTracker(1500, 1, (server.address() as AddressInfo).port);
    for (const kind of ["interval", "failure reason", "files"]) {
      assert.ok((kinds.get(kind) ?? 0) > 100, `${kind}: ${kinds.get(kind)}`);
    }
    assert.ok(tracker.size.peers <= 100); // 50 at one address, of two torrents.
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test.run();
