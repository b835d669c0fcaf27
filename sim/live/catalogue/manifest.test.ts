import { createServer, get, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Catalogue } from "./catalogue.ts";
import { manifest } from "./manifest.ts";
import { manifestHandler } from "./manifest-handler.ts";
import { MODIFIED, NOW, syntheticCatalogue, TestTree } from "./testing.ts";

interface Context {
  tree: TestTree;
  catalogue: Catalogue;
  server: Server;
}

const test = suite<Context>("the manifest");

const A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
const B = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";
const C = "2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6";

test.before.each(async (context) => {
  context.tree = new TestTree();
  for (const name of ["a", "b", "c"]) context.tree.write(`pool/${name} x`, name);
  context.catalogue = await context.tree.open();
  await context.catalogue.scan();
  context.tree.remove("pool/b x");
  await context.catalogue.scan();
  context.server = serve(context.catalogue);
  await new Promise<void>((done) => context.server.listen(0, "127.0.0.1", done));
});

test.after.each(async ({ tree, catalogue, server }) => {
  await catalogue.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  tree.delete();
});

function serve(catalogue: Catalogue): Server {
  const handler = manifestHandler(catalogue);
  return createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://any");
    if (!(await handler(request, response, url))) response.writeHead(404).end("not mine");
  });
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

function asked(server: Server, path: string, headers: IncomingHttpHeaders = {}, method = "GET") {
  type Answer = { status: number | undefined; headers: IncomingHttpHeaders; body: Buffer };
  return new Promise<Answer>((resolve, reject) => {
    request({ port: portOf(server), path, headers, method, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({
        status: response.statusCode,
        headers: response.headers,
        body: Buffer.concat(chunks),
      });
    })
      .on("error", reject)
      .end();
  });
}

const WHOLE = `manifest ${NOW + 2}\n0 1 ${MODIFIED} ${A} pool/a x\n2 1 ${MODIFIED} ${C} pool/c x\n`;

test("it has a line for each file that is there, and names its version first", ({ catalogue }) => {
  assert.is([...manifest(catalogue)].join(""), WHOLE);
  assert.not(WHOLE.includes(B));
});

test("since a version it has what changed, and what is gone", async ({ tree, catalogue }) => {
  const since = (version: number) => [...manifest(catalogue, version)].join("");
  assert.is(since(NOW + 1), `manifest ${NOW + 2} since ${NOW + 1}\n1 - - - pool/b x\n`);
  assert.is(since(NOW + 2), `manifest ${NOW + 2} since ${NOW + 2}\n`);
  tree.write("pool/c x", "b", MODIFIED + 1);
  await catalogue.scan();
  assert.is(
    since(NOW + 2),
    `manifest ${NOW + 3} since ${NOW + 2}\n2 1 ${MODIFIED + 1} ${B} pool/c x\n`,
  );
  for (const none of [0, NOW - 1, NOW + 4]) assert.match(since(none), /^manifest \d+\n0 /);
});

test("it is served as text with the version as its mark, zipped if wanted", async ({ server }) => {
  const { status, headers, body } = await asked(server, "/-/manifest");
  assert.equal([status, `${body}`], [200, WHOLE]);
  assert.is(headers["content-type"], "text/plain; charset=utf-8");
  assert.is(headers.etag, `W/"${NOW + 2}"`);
  assert.is(headers.vary, "Accept-Encoding");
  assert.is(headers["content-encoding"], undefined);
  for (const accepted of ["gzip", "br, GZIP;q=0.5", "*"]) {
    const zipped = await asked(server, "/-/manifest", { "accept-encoding": accepted });
    assert.is(zipped.headers["content-encoding"], "gzip");
    assert.is(`${gunzipSync(zipped.body)}`, WHOLE);
  }
  for (const refused of ["gzip;q=0", "br", "*;q=0", "*, gzip; q=0.0", "gzipped", ""]) {
    const plain = await asked(server, "/-/manifest", { "accept-encoding": refused });
    assert.is(`${plain.body}`, WHOLE);
  }
});

test("HEAD and conditional requests cost nothing", async ({ server }) => {
  const head = await asked(server, "/-/manifest", {}, "HEAD");
  assert.equal([head.status, head.headers.etag, head.body.length], [200, `W/"${NOW + 2}"`, 0]);
  const same = await asked(server, "/-/manifest", { "if-none-match": `W/"${NOW + 2}"` });
  assert.equal([same.status, same.body.length], [304, 0]);
  const other = await asked(server, "/-/manifest", { "if-none-match": `W/"${NOW + 1}"` });
  assert.is(other.status, 200);
});

test("what was asked wrongly gets one line that says so", async ({ server }) => {
  const since = await asked(server, `/-/manifest?since=${NOW + 1}`);
  assert.is(`${since.body}`, `manifest ${NOW + 2} since ${NOW + 1}\n1 - - - pool/b x\n`);
  for (const wrong of ["", "x", "-1", "1.5", "1e9", "1%0d%0aX:y", "9999999999999999"]) {
    const { status, body } = await asked(server, `/-/manifest?since=${wrong}`);
    assert.equal(
      [status, `${body}`],
      [400, "since: expected the version of a manifest, a whole number\n"],
    );
  }
  const posted = await asked(server, "/-/manifest", {}, "POST");
  assert.equal([posted.status, posted.headers.allow], [405, "GET, HEAD"]);
  assert.is(`${posted.body}`, "expected GET or HEAD\n");
  for (const path of ["/-/manifests", "/manifest", "/-/manifest/"]) {
    assert.is(`${(await asked(server, path)).body}`, "not mine");
  }
});

test("no more is made than the customer takes, and few are served at once", async ({ tree }) => {
  const large = await syntheticCatalogue(60_000, `${tree.folder}/large`);
  const server = serve(counting(large));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const slow = await Promise.all(
    Array.from(
      { length: 16 },
      () =>
        new Promise<() => void>((resolve, reject) => {
          const asking = get(
            { port: portOf(server), path: "/-/manifest", agent: false },
            (response) => {
              response.on("error", () => {}).pause();
              resolve(() => asking.destroy());
            },
          ).on("error", reject);
        }),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  // 16 that read nothing are given what the sockets take: 4 MB each at most, of 8 that there are.
  assert.ok(lines > 16 && lines < 720_000, `${lines} lines`);
  const refused = await asked(server, "/-/manifest");
  assert.equal([refused.status, refused.headers["retry-after"]], [503, "60"]);
  assert.is((await asked(server, "/-/manifest", {}, "HEAD")).status, 200);
  for (const leave of slow) leave();
  let again = await asked(server, "/-/manifest", { "accept-encoding": "gzip" });
  for (let tries = 0; again.status === 503 && tries < 100; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    again = await asked(server, "/-/manifest", { "accept-encoding": "gzip" });
  }
  assert.is(`${gunzipSync(again.body)}`.split("\n").length, 60_002);
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await large.close();
});

let lines = 0;

/** The catalogue, whose paths are counted as they are asked for. */
function counting(catalogue: Catalogue): Catalogue {
  lines = 0;
  const path = catalogue.path.bind(catalogue);
  catalogue.path = (file) => {
    lines++;
    return path(file);
  };
  return catalogue;
}

test.run();
