/** The clients: what each is asked to run, in a folder of its own, and what it leaves there. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Fetched } from "./repository.ts";
import { FILES } from "./repository.ts";

/** How one client fetches once. */
export interface Fetching {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where the file is afterwards. */
  readonly output: string;
}

export interface Client {
  readonly name: string;
  /** The program that must be there, and the Debian package that brings it. */
  readonly program: string;
  readonly debian: string;
  readonly needsRoot: boolean;
  readonly fetches: Fetched;
  /** Makes what the client wants to find in the empty folder `room`; `url` of the server ends in a slash. */
  prepare(room: string, url: string): Fetching;
}

const CURL_HARDENED = [
  ...["--retry", "3", "--retry-all-errors", "--retry-delay", "1", "--connect-timeout", "3"],
  ...["--speed-limit", "50000", "--speed-time", "3"],
];
const WGET_HARDENED = [
  ...["-c", "--tries=3", "--timeout=3", "--retry-connrefused"],
  "--retry-on-http-error=404,503",
];
const ARIA2_HARDENED = ["--connect-timeout=3", "--timeout=3", "--lowest-speed-limit=50K"];
const DNF_HARDENED = ["--setopt=timeout=3", "--setopt=minrate=50000", "--setopt=retries=4"];

const curl = (name: string, words: readonly string[]) =>
  plain(name, "curl", "curl", (output, url) => ["curl", "-fsSL", ...words, "-o", output, url]);

export const CLIENTS: readonly Client[] = [
  curl("curl", []),
  curl("curl hardened", CURL_HARDENED),
  curl("curl hardened -C -", ["-C", "-", ...CURL_HARDENED]),
  plain("wget", "wget", "wget", (output, url) => ["wget", "-nv", "-O", output, url]),
  plain("wget hardened", "wget", "wget", (output, url) => [
    ...["wget", "-nv", ...WGET_HARDENED],
    ...["-P", dirname(output), url],
  ]),
  apt("apt", "http", {}),
  apt("apt Retries=3 Timeout=3", "http", {
    "Acquire::Retries": "3",
    "Acquire::http::Timeout": "3",
  }),
  apt("apt mirror+http", "mirror", { "Acquire::http::Timeout": "3" }),
  aria2("aria2 URL", [], ""),
  plain("aria2 URL -o", "aria2c", "aria2", (output, url) => [
    ...["aria2c", "-q", "--no-conf", "--dir", dirname(output), "-o", basename(output), url],
  ]),
  aria2("aria2 URL -s3 -k1M", ["-s3", "-k1M", "--retry-wait=1", ...ARIA2_HARDENED], ""),
  aria2("aria2 .meta4", ["-V", ...ARIA2_HARDENED], ".meta4"),
  {
    name: "pip",
    program: "/usr/bin/pip3",
    debian: "python3-pip",
    needsRoot: false,
    fetches: "pip",
    prepare: (room, url) => ({
      argv: [
        ...["/usr/bin/python3", "-m", "pip", "download", "--isolated", "--no-cache-dir", "-q"],
        ...["--disable-pip-version-check", "--no-deps", "--timeout", "3"],
        ...["--trusted-host", "127.0.0.1", "-i", `${url}simple`, "-d", join(room, "out"), "hello"],
      ],
      output: made(room, "out", FILES.pip),
    }),
  },
  dnf("dnf baseurl", "baseurl", []),
  dnf("dnf baseurl hardened", "baseurl", DNF_HARDENED),
  dnf("dnf metalink", "metalink", DNF_HARDENED),
  zypper(),
];

/** A client that fetches the plain file, and keeps it under the same name. */
function plain(
  name: string,
  program: string,
  debian: string,
  argv: (output: string, url: string) => readonly string[],
): Client {
  return {
    ...{ name, program, debian, needsRoot: false, fetches: "plain" },
    prepare(room, url) {
      const output = made(room, "out", FILES.plain);
      return { argv: argv(output, url + FILES.plain), output };
    },
  };
}

function aria2(name: string, words: readonly string[], ending: string): Client {
  return plain(name, "aria2c", "aria2", (output, url) => [
    ...["aria2c", "-q", "--no-conf", "--dir", dirname(output), ...words],
    url + ending,
  ]);
}

/** The name of a file of the repository in a folder of the room, which is made. */
function made(room: string, folder: string, path: string): string {
  mkdirSync(join(room, folder), { recursive: true });
  return join(room, folder, path.split("/").slice(-1)[0] ?? "");
}

function apt(
  name: string,
  method: "http" | "mirror",
  options: Readonly<Record<string, string>>,
): Client {
  return {
    ...{ name, program: "apt-get", debian: "apt", needsRoot: false, fetches: "apt" },
    prepare(room, url) {
      const parts = ["apt.conf.d", "preferences.d"].map((folder) => `etc/apt/${folder}`);
      for (const folder of ["state/lists/partial", "cache/archives/partial", ...parts, "out"]) {
        mkdirSync(join(room, folder), { recursive: true });
      }
      const place = method === "http" ? `${url}apt` : `mirror+${url}apt/?mirrorlist`;
      writeFileSync(
        join(room, "etc/apt/sources.list"),
        `deb [trusted=yes arch=amd64] ${place} live main\n`,
      );
      writeFileSync(join(room, "status"), "");
      const settings = {
        ...{ Dir: room, "Dir::State": "state", "Dir::Cache": "cache", "Dir::Etc": "etc/apt" },
        ...{ "Dir::State::status": `${room}/status`, "Dir::Bin::methods": "/usr/lib/apt/methods" },
        ...{ "APT::Architecture": "amd64", "APT::Sandbox::User": "root" },
        ...{ "Acquire::Languages": "none", "Acquire::http::Proxy": "false", ...options },
      };
      const lines = Object.entries(settings).map(([key, value]) => `${key} "${value}";\n`);
      writeFileSync(join(room, "apt.conf"), lines.join(""));
      return {
        argv: ["sh", "-c", "apt-get -q update && cd out && apt-get -q download hello"],
        // Read before the machine's own, whose folder this one names anew.
        env: { APT_CONFIG: join(room, "apt.conf") },
        output: made(room, "out", FILES.apt),
      };
    },
  };
}

function dnf(name: string, where: "baseurl" | "metalink", options: readonly string[]): Client {
  return {
    ...{ name, program: "dnf", debian: "dnf", needsRoot: true, fetches: "rpm" },
    prepare(room, url) {
      const address = where === "baseurl" ? `${url}rpm` : `${url}rpm/repodata/repomd.xml.metalink`;
      for (const folder of ["repos", "log"]) mkdirSync(join(room, folder), { recursive: true });
      writeFileSync(join(room, "dnf.conf"), "[main]\n");
      writeFileSync(
        join(room, "repos/live.repo"),
        `[live]\nname=live\n${where}=${address}\ngpgcheck=0\nenabled=1\n`,
      );
      return {
        argv: [
          ...[
            "dnf",
            "-y",
            `--installroot=${room}/root`,
            "--releasever=1",
            "-c",
            `${room}/dnf.conf`,
          ],
          ...[`--setopt=reposdir=${room}/repos`, `--setopt=cachedir=${room}/cache`],
          ...[`--setopt=logdir=${room}/log`, `--setopt=persistdir=${room}/state`],
          ...["--setopt=module_platform_id=platform:x", "--setopt=plugins=0", ...options],
          ...["install", "--downloadonly", `--downloaddir=${room}/out`, "hello"],
        ],
        output: made(room, "out", FILES.rpm),
      };
    },
  };
}

function zypper(): Client {
  return {
    ...{ name: "zypper", program: "zypper", debian: "zypper", needsRoot: true, fetches: "rpm" },
    prepare(room, url) {
      mkdirSync(join(room, "root"), { recursive: true });
      const zypp = `zypper --non-interactive --no-gpg-checks --root ${quoted(`${room}/root`)}`;
      const packages = `${room}/root/var/cache/zypp/packages/live`;
      return {
        argv: [
          "bash",
          "-c",
          `${zypp} addrepo -f ${url}rpm live && ${zypp} refresh && ${zypp} install --download-only -y hello`,
        ],
        output: join(packages, FILES.rpm.split("/").slice(-1)[0] ?? ""),
      };
    },
  };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
