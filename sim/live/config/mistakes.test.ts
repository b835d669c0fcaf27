/** Every kind of mistake in a server's configuration, with the exact words in which it is reported. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import {
  CERTIFICATE,
  diskWith,
  KEY,
  OTHER_CERTIFICATE,
  problemsIn,
  SMALL,
  smallWith,
  TOKEN,
} from "./testing.ts";

interface Mistake {
  /** The passage of the small configuration to be replaced, and what by; or what is added at its end. */
  readonly change: readonly [passage: string, replacement: string] | string;
  readonly says: readonly string[];
  readonly disk?: ReturnType<typeof diskWith>;
}

const PREFIX = "expected an address or a prefix such as 192.0.2.0/24 or 2001:db8::/32; got";
const WEB = "expected a web address such as https://mirror.example.org/; got";
const TLS = "listen: { tls: { key: k.pem, certificate: c.pem } }\n";
const PEM = { "/etc/m/k.pem": KEY, "/etc/m/c.pem": CERTIFICATE };

const MISTAKES: Readonly<Record<string, Mistake>> = {
  "an unknown field is told with the nearest that is known": {
    change: "limits: { torents: 1 }",
    says: [
      "7:11: unknown field: torents; known: connections, headers, announces, torrents = did you mean 'torrents'?",
    ],
  },
  "a missing field is shown at the mapping that lacks it": {
    change: ["uplink: 8 Mbit/s", ""],
    says: ["4:1: missing uplink"],
  },
  "a missing address": {
    change: ["url: http://mirror.example/\n", ""],
    says: ["1:1: missing url"],
  },
  "a number without its unit": {
    change: ["8 Mbit/s", "8"],
    says: ["4:19: invalid uplink: 8; expected a rate with its unit, such as 8 Mbit/s"],
  },
  "a unit that is another": {
    change: "repository2: 1",
    says: [
      "7:1: unknown field: repository2; known: title, url, seed, listen, repository, state, server, sites, " +
        "volunteers, tracker, placement, policies, deliver, rescue, limits, status = did you mean 'repository'?",
    ],
  },
  "a field that is there twice": {
    change: "server: { uplink: 8 Mbit/s }",
    says: ["7:1: duplicate field: server"],
  },
  "a tab": {
    change: "limits:\n\theaders: 8 KiB",
    says: ["8:1: expected spaces as indentation; got a tab"],
  },
  "several mistakes are told at once, in the order of the file": {
    change: [
      "server: { uplink: 8 Mbit/s }",
      "server: { uplink: -1 B/s }\nlimits: { headers: 1 B, torrents: 0.5 }",
    ],
    says: [
      "4:19: invalid uplink: -1 B/s; not in (0, ∞) bytes/s",
      "5:20: invalid headers: 1 B; not in [1024, 1048576] bytes",
      "5:35: torrents: expected a whole number; got 0.5",
    ],
  },
  "a port that there is not": {
    change: "listen: { port: 65536 }",
    says: ["7:17: invalid port: 65536; not in [0, 65535]"],
  },
  "a name where an address belongs": {
    change: "listen: { host: localhost }",
    says: ['7:17: host: expected an address such as :: or 127.0.0.1; got "localhost"'],
  },
  "prefixes: none, short, too long, with bits behind, twice, no list": {
    change:
      "status: { allow: [nowhere, 10.1, 192.0.2.0/33, 10.0.0.1/8, '::1', '::1', 'fe80::1%eth0'] }\n" +
      "listen: { proxies: 127.0.0.1 }",
    says: [
      `7:19: allow[0]: ${PREFIX} "nowhere"`,
      `7:28: allow[1]: ${PREFIX} 10.1`,
      `7:34: allow[2]: ${PREFIX} "192.0.2.0/33"`,
      "7:48: invalid allow[3]: 10.0.0.1/8; has bits behind the prefix; expected 10.0.0.0/8",
      "7:67: duplicate allow[5]: ::1",
      `7:74: allow[6]: ${PREFIX} "fe80::1%eth0"`,
      '8:20: proxies: expected a list of addresses and prefixes; got "127.0.0.1"',
    ],
  },
  "a prefix of IPv6 with bits behind": {
    change: "status: { allow: ['2001:db8::1/32'] }",
    says: [
      "7:19: invalid allow[0]: 2001:db8::1/32; has bits behind the prefix; expected 2001:db8::/32",
    ],
  },
  "an address that is none": {
    change: ["http://mirror.example/", "mirror.example"],
    says: [`1:6: url: ${WEB} "mirror.example"`],
  },
  "an address of another kind": {
    change: ["http:", "ftp:"],
    says: [`1:6: url: ${WEB} "ftp://mirror.example/"`],
  },
  "an address with a path": {
    change: ["mirror.example/", "mirror.example/linux"],
    says: [
      "1:6: invalid url: http://mirror.example/linux; expected no path: the server has all of its own",
    ],
  },
  "an address without a port": {
    change: ["mirror.example/", "mirror.example:0/"],
    says: ["1:6: invalid url: http://mirror.example:0/; expected a port"],
  },
  "an address with a query": {
    change: ["mirror.example/", "mirror.example/?"],
    says: ["1:6: invalid url: http://mirror.example/?; expected no query and no fragment"],
  },
  "volunteers' addresses: none, a password, twice": {
    change: [
      "name: a,",
      "name: a, urls: [http://a/x, http://a/x/, http://me:secret@a/], uplink: 1 MB,",
    ],
    says: [
      "6:35: duplicate urls[1]: http://a/x/",
      "6:48: expected a web address without user and password",
      "6:78: unknown unit: MB; known: bit/s, kbit/s, Mbit/s, Gbit/s, B/s, kB/s, KiB/s, MB/s, MiB/s, GB/s, GiB/s, TB/s, TiB/s = did you mean 'MB/s'?",
    ],
  },
  "volunteers without addresses": {
    change: ["name: a,", "name: a, urls: [],"],
    says: ["6:22: urls: expected at least one web address; got an empty list"],
  },
  "a volunteer without token": { change: [`, token: ${TOKEN}`, ""], says: ["6:5: missing token"] },
  "a token that is misspelt is not missing, too": {
    change: ["token:", "tokn:"],
    says: [
      "6:16: unknown field: tokn; known: name, token, tokenFile, site, weight, urls, uplink = did you mean 'token'?",
    ],
  },
  "a short token": {
    change: [TOKEN, "secret"],
    says: ["6:23: expected a token of at least 16 characters; got 6"],
  },
  "a token that is a number": {
    change: [TOKEN, "12345678901234567890"],
    says: ["6:23: token: expected text, in quotes if it is a number"],
  },
  "a token that no header takes": {
    change: [TOKEN, "a token of many words"],
    says: ["6:23: expected a token of letters, digits and signs of ASCII"],
  },
  "a token here and in a file": {
    change: ["name: a,", "name: a, tokenFile: f.token,"],
    says: ["6:27: expected token or tokenFile; got both"],
  },
  "a file of a token that is not there": {
    change: [`token: ${TOKEN}`, "tokenFile: f.token"],
    disk: diskWith({}, { "/etc/m/f.token": "ENOENT" }),
    says: ["6:27: missing file: /etc/m/f.token"],
  },
  "a file of a token that others own": {
    change: [`token: ${TOKEN}`, "tokenFile: f.token"],
    disk: diskWith({}, { "/etc/m/f.token": "EACCES" }),
    says: ["6:27: expected a file that can be read; got EACCES: /etc/m/f.token"],
  },
  "a folder in place of a token": {
    change: [`token: ${TOKEN}`, "tokenFile: tokens"],
    says: ["6:27: expected a file; got the folder /etc/m/tokens"],
  },
  "an empty file of a token": {
    change: [`token: ${TOKEN}`, "tokenFile: f.token"],
    disk: diskWith({ "/etc/m/f.token": "\n" }),
    says: ["6:27: expected a token of at least 16 characters; got 0"],
  },
  "two volunteers of one name and one token": {
    change: `  - { name: b, token: ${TOKEN} }\n  - { name: b, token: ${TOKEN}x }`,
    says: ["7:5: duplicate token: a has the same", "8:13: duplicate name: b"],
  },
  "a volunteer's name that is no word": {
    change: ["name: a", "name: a b"],
    says: [
      '6:13: name: expected a name of at most 64 letters, digits, dots, dashes and underscores; got "a b"',
    ],
  },
  "no list of volunteers": {
    change: [`\n  - { name: a, token: ${TOKEN} }`, ` { a: ${TOKEN} }`],
    says: ["5:13: volunteers: expected a list; got a mapping"],
  },
  "a site that there is not": {
    change: ["name: a,", "name: a, site: noth,"],
    says: ["6:22: unknown site: noth; known: none"],
  },
  "sites of one name, and a network of two": {
    change:
      "sites: { classes: [{ name: x, networks: [10.0.0.0/8] }, { name: x, networks: [10.0.0.0/8] }] }",
    says: ["7:65: duplicate name: x", "7:79: duplicate networks[0]: 10.0.0.0/8"],
  },
  "a folder that is not there, one that is a file, one that others own": {
    change: ["folder: state", "folder: state.txt"],
    disk: diskWith({}, { "/etc/m/repository": "ENOENT" }),
    says: [
      "2:23: missing folder: /etc/m/repository",
      "3:18: expected a folder; got the file /etc/m/state.txt",
    ],
  },
  "folders that cannot be read and written": {
    change: "",
    disk: diskWith({}, { "/etc/m/repository": "EACCES", "/etc/m/state": "EROFS" }),
    says: [
      "2:23: expected a folder that can be read; got EACCES: /etc/m/repository",
      "3:18: expected a folder to write to; got EROFS: /etc/m/state",
    ],
  },
  "a repository that is a file, and no path": {
    change: ["repository }", "packages.tar }\ndeliver: { small: 1 kB }"],
    says: ["2:23: expected a folder; got the file /etc/m/packages.tar"],
  },
  "a list in place of a path": {
    change: ["folder: state", "folder: [state]"],
    says: ["3:18: folder: expected a path; got a list"],
  },
  "a state in the repository": {
    change: ["folder: state", "folder: repository/.state"],
    disk: { ...diskWith(), kindOf: () => "folder" },
    says: [
      "3:18: invalid folder: repository/.state; lies in the repository, which everybody can read",
    ],
  },
  "a repository around the configuration": {
    change: ["folder: repository", "folder: /etc"],
    says: [
      "2:23: the folder has this file in it, which everybody could read",
      "3:18: invalid folder: state; lies in the repository, which everybody can read",
    ],
  },
  "a key in the repository": {
    change: [
      "url: http:",
      "listen: { tls: { key: repository/k.pem, certificate: c.pem } }\nurl: https:",
    ],
    disk: diskWith({ ...PEM, "/etc/m/repository/k.pem": KEY }),
    says: ["1:23: invalid key: repository/k.pem; lies in the repository, which everybody can read"],
  },
  "https, and an address of http": {
    change: TLS,
    disk: diskWith(PEM),
    says: ["1:6: invalid url: http://mirror.example/; expected https: there is listen.tls"],
  },
  "a key that is none": {
    change: ["url: http:", `${TLS}url: https:`],
    disk: diskWith({ ...PEM, "/etc/m/k.pem": "nothing" }),
    says: ["1:23: expected a private key in PEM: /etc/m/k.pem"],
  },
  "a certificate that is none": {
    change: ["url: http:", `${TLS}url: https:`],
    disk: diskWith({ ...PEM, "/etc/m/c.pem": "nothing" }),
    says: ["1:43: expected a certificate in PEM: /etc/m/c.pem"],
  },
  "a certificate of another key": {
    change: ["url: http:", `${TLS}url: https:`],
    disk: diskWith({ ...PEM, "/etc/m/c.pem": OTHER_CERTIFICATE }),
    says: ["1:43: expected the certificate of the key; got that of another"],
  },
  "a timeout below the interval": {
    change: "tracker: { timeout: 30 s }",
    says: ["7:21: invalid timeout: 30 s; less than the interval of 60 seconds"],
  },
  "announces that would be refused": {
    change: "tracker: { interval: 2 s }\nlimits: { announces: 29 }",
    says: ["8:22: invalid announces: 29; fewer a minute than the interval of 2 seconds makes"],
  },
  "an oracle": {
    change: "tracker: { inFlight: truth }",
    says: ["7:22: unknown rule: truth; known: by-request, next-request, redirects, reports, none"],
  },
  "policies: unknown, several, with an unknown param, with one out of its range": {
    change:
      "policies: { trust: nonne, dispatch: [random, random], replication: { everything: { x: 1 } }, chunkSize: { fixed: { chunkSize: 0 } } }",
    says: [
      "7:20: unknown policy: nonne; known: none, sampled-audit, client-reports, points, verified-only, disable-after-failures = did you mean 'none'?",
      "7:37: dispatch: expected a policy's name, or a mapping of one name to its params; got a list",
      "7:84: unknown param: everything.x; known: none",
      "7:127: invalid param: fixed.chunkSize = 0; not in [1, 67108864] bytes",
    ],
  },
  "patterns: no list, none, with a slash in front": {
    change: "deliver: { metadata: ['', /a/**, 1] }",
    says: ["''", '"/a/**"', "1"].map((found, index) => {
      const column = [23, 27, 34][index];
      const what = "a pattern such as *.html or **/repodata/**, without a slash in front";
      return `7:${column}: metadata[${index}]: expected ${what}; got ${found.replace("''", '""')}`;
    }),
  },
  "one pattern": {
    change: "deliver: { metadata: '*.html' }",
    says: ['7:22: metadata: expected a list of patterns; got "*.html"'],
  },
};

for (const [what, { change, says, disk }] of Object.entries(MISTAKES)) {
  test(what, () => {
    const text = typeof change === "string" ? `${SMALL}${change}` : smallWith(...change);
    assert.equal(problemsIn(text, disk), says);
  });
}

test("what is no mapping at all is told as such", () => {
  const said = "1:1: expected a mapping: the configuration of a server";
  for (const text of ["", "- a", "text"]) assert.equal(problemsIn(text), [said]);
});

test.run();
