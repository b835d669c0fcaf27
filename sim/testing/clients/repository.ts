/** The repository that all clients fetch from: a plain file, and a package each for APT, RPM and pip. */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./processes.ts";

/**
 * Bytes of what is fetched: more than a server sends itself, more than a slow volunteer sends before a
 * client is given up, and enough for three pieces of a megabyte.
 */
export const SIZE = 3 << 20;

/** What clients fetch, by the kind of client. */
export const FILES = {
  plain: "files/big.bin",
  apt: "apt/pool/hello_1.0_all.deb",
  rpm: "rpm/hello-1.0-1.noarch.rpm",
  pip: "files/hello-1.0-py3-none-any.whl",
} as const;
export type Fetched = keyof typeof FILES;

/** The programs that make each part, and the Debian packages that bring them. */
export const MAKERS: Readonly<Record<Fetched, Readonly<Record<string, string>>>> = {
  plain: {},
  apt: { "dpkg-deb": "dpkg", "apt-ftparchive": "apt-utils" },
  rpm: { rpmbuild: "rpm", createrepo_c: "createrepo-c" },
  pip: { python3: "python3" },
};

const LIMIT = 120; // Seconds for one program.

/** Bytes that no packer shortens, the same each time. */
export function noise(bytes: number, seed: string): Buffer {
  const blocks = Array.from({ length: Math.ceil(bytes / 64) }, (_, index) =>
    createHash("sha512").update(`${seed} ${index}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, bytes);
}

/** Makes the parts asked for in the folder `root`; `work` is for what is only needed meanwhile. */
export async function makeRepository(
  root: string,
  work: string,
  parts: ReadonlySet<Fetched>,
): Promise<void> {
  write(join(root, FILES.plain), noise(SIZE, "big"));
  if (parts.has("apt")) await makeApt(root, work);
  if (parts.has("rpm")) await makeRpm(root, work);
  if (parts.has("pip")) await makeWheel(root, work);
  for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    utimesSync(join(root, name), LONG_AGO, LONG_AGO); // What is newer may still be being written.
  }
}

const LONG_AGO = new Date("2020-01-01T00:00:00Z");

async function tool(argv: readonly string[], cwd: string, env = {}): Promise<string> {
  const { PATH = "" } = process.env;
  const all = { PATH, LC_ALL: "C", HOME: cwd, ...env };
  const { code, output } = await run({ argv, cwd, env: all }, LIMIT);
  if (code !== 0) throw new Error(`${argv.join(" ")}: exit ${code}\n${output}`);
  return output;
}

function write(name: string, content: string | Buffer): void {
  mkdirSync(dirname(name), { recursive: true });
  writeFileSync(name, content);
}

async function makeApt(root: string, work: string): Promise<void> {
  const tree = join(work, "deb");
  write(join(tree, "usr/share/hello/noise"), noise(SIZE, "deb"));
  write(
    join(tree, "DEBIAN/control"),
    "Package: hello\nVersion: 1.0\nArchitecture: all\nMaintainer: nobody <nobody@example.org>\nDescription: noise\n",
  );
  const apt = join(root, "apt");
  mkdirSync(join(apt, "pool"), { recursive: true });
  const deb = join(root, FILES.apt);
  await tool(["dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, deb], work);
  const suite = join(apt, "dists/live");
  const index = join(suite, "main/binary-amd64");
  write(join(index, "Packages"), await tool(["apt-ftparchive", "packages", "pool"], apt));
  const options = { Suite: "live", Codename: "live", Architectures: "amd64", Components: "main" };
  const words = Object.entries({ ...options, "Acquire-By-Hash": "yes" }).flatMap(
    ([name, value]) => ["-o", `APT::FTPArchive::Release::${name}=${value}`],
  );
  const release = await tool(["apt-ftparchive", ...words, "release", suite], suite);
  write(join(suite, "Release"), release);
  // A client takes the strongest hash that the Release has; older ones take what they know.
  for (const [folder, hash] of [
    ["MD5Sum", "md5"],
    ["SHA1", "sha1"],
    ["SHA256", "sha256"],
    ["SHA512", "sha512"],
  ] as const) {
    const digest = createHash(hash)
      .update(readFileSync(join(index, "Packages")))
      .digest("hex");
    mkdirSync(join(index, "by-hash", folder), { recursive: true });
    copyFileSync(join(index, "Packages"), join(index, "by-hash", folder, digest));
  }
}

const SPEC = `Name: hello
Version: 1.0
Release: 1
Summary: noise
License: none
BuildArch: noarch
%global _binary_payload w0.gzdio
%description
Noise.
%install
install -D -m 644 %{noise} %{buildroot}/usr/share/hello/noise
%files
/usr/share/hello/noise
`;

async function makeRpm(root: string, work: string): Promise<void> {
  const top = join(work, "rpm");
  write(join(top, "noise"), noise(SIZE, "rpm"));
  write(join(top, "hello.spec"), SPEC);
  const define = (name: string, value: string) => ["--define", `${name} ${value}`];
  const words = [...define("_topdir", top), ...define("noise", join(top, "noise"))];
  await tool(["rpmbuild", "-bb", ...words, ...define("_buildhost", "here"), "hello.spec"], top);
  const made = readdirSync(top, { recursive: true, encoding: "utf8" }).find((name) =>
    name.endsWith(".noarch.rpm"),
  );
  if (made === undefined) throw new Error("rpmbuild made no package");
  mkdirSync(join(root, "rpm"), { recursive: true });
  copyFileSync(join(top, made), join(root, FILES.rpm));
  await tool(["createrepo_c", "--quiet", join(root, "rpm")], top);
}

/** A wheel is a zip file with a record of its digests. */
const WHEEL = `
import base64, hashlib, sys, zipfile
noise, out = sys.argv[1:]
files = {
  "hello/noise": open(noise, "rb").read(),
  "hello/__init__.py": b"",
  "hello-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\\nName: hello\\nVersion: 1.0\\n",
  "hello-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\\nGenerator: hand\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
}
digest = lambda b: base64.urlsafe_b64encode(hashlib.sha256(b).digest()).rstrip(b"=").decode()
record = "".join(f"{n},sha256={digest(b)},{len(b)}\\n" for n, b in files.items())
files["hello-1.0.dist-info/RECORD"] = (record + "hello-1.0.dist-info/RECORD,,\\n").encode()
with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as z:
  for n, b in files.items(): z.writestr(n, b)
`;

async function makeWheel(root: string, work: string): Promise<void> {
  const source = join(work, "wheel-noise");
  write(source, noise(SIZE, "wheel"));
  const wheel = join(root, FILES.pip);
  mkdirSync(dirname(wheel), { recursive: true });
  await tool(["/usr/bin/python3", "-c", WHEEL, source, wheel], work);
  const digest = createHash("sha256").update(readFileSync(wheel)).digest("hex");
  const [name] = FILES.pip.split("/").slice(-1);
  const link = `<a href="/${FILES.pip}#sha256=${digest}">${name}</a>`;
  write(
    join(root, "simple/hello/index.html"),
    `<!DOCTYPE html><html><body>${link}</body></html>\n`,
  );
}
