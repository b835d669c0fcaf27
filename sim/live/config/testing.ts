/** A small configuration, and a disk that has whatever it names. */
import { InputError } from "../../engine/input-error.ts";
import type { Disk } from "./disk.ts";
import { parseServerConfig } from "./parse-server-config.ts";

export const TOKEN = "0123456789abcdef0123";

/** A key and a certificate of it for localhost, which are for nothing but tests. */
export const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPY2Ot/K/L7qamC/O
pMB56/G9cAc8ASHrmGI317GHXu6hRANCAAQKjyFSXrijOdfoorY08Gu/HPVpvX0P
NYQaBG5Kf6dqyIjI4DyBQ8JPOqKVD9aompO6OPDyr7PeCG7pKGOSlsA7
-----END PRIVATE KEY-----
`;
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUc7sZNt/OkpfGZZc3lF3hd0HdqAcwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTIwMTAxNDYyNVoYDzIxMjYxMTA3
MDE0NjI1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQKjyFSXrijOdfoorY08Gu/HPVpvX0PNYQaBG5Kf6dqyIjI4DyBQ8JP
OqKVD9aompO6OPDyr7PeCG7pKGOSlsA7o28wbTAdBgNVHQ4EFgQUdubgr7gKLJ3w
3i1OG/tYzC77dmswHwYDVR0jBBgwFoAUdubgr7gKLJ3w3i1OG/tYzC77dmswDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAJWuQ2OxJZNAFPmAEcGQzM3+alaxD3UkyqIrRdfbFpdBAiEA
0eDfuD3jaOMXUxIhpWo+cSq1eJdvhWaDoCgpZo+zCJ4=
-----END CERTIFICATE-----
`;

/** That of another key. */
export const OTHER_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdjCCAR2gAwIBAgIUKhobQZIuXNwkkjXRSTEck6o+VU8wCgYIKoZIzj0EAwIw
EDEOMAwGA1UEAwwFb3RoZXIwIBcNMjYxMjAxMDE1NDAxWhgPMjEyNjExMDcwMTU0
MDFaMBAxDjAMBgNVBAMMBW90aGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
0ndjxU83/K2WsGlngzWsv01s5nzR5ZM4/DrmKVnuDQOc3LcsaMMs8HIqxE1IxGXk
VUQIOOMMl511DxGWBomSNKNTMFEwHQYDVR0OBBYEFDi75vqXstda/fsuw3mFZzRY
TcAPMB8GA1UdIwQYMBaAFDi75vqXstda/fsuw3mFZzRYTcAPMA8GA1UdEwEB/wQF
MAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgV2qNUMJPAYCHp+wBJyuC+Wflggs+KqbQ
FmkWhZFPXGYCIHxfcOtNUpDQEJOHS8jJ/i6CmaSKCxBZLZPo0EyQbt8t
-----END CERTIFICATE-----
`;

export const SMALL = `url: http://mirror.example/
repository: { folder: repository }
state: { folder: state }
server: { uplink: 8 Mbit/s }
volunteers:
  - { name: a, token: ${TOKEN} }
`;

/** Every path is a folder if it has no dot, else a file with a token, unless `less` or `more` say otherwise. */
export function diskWith(
  texts: Readonly<Record<string, string>> = {},
  refused: Readonly<Record<string, string>> = {},
): Disk {
  const problemOf = (path: string) => refused[path] ?? null;
  return {
    kindOf(path) {
      if (refused[path] === "ENOENT") return { code: "ENOENT" };
      return path.includes(".") ? "file" : "folder";
    },
    unreadable: problemOf,
    unwritable: problemOf,
    read: (path) => texts[path] ?? `token-that-lies-in-${path}\n`,
  };
}

export function parseSmall(text: string, disk = diskWith()) {
  return parseServerConfig(text, "/etc/m/server.yaml", { disk });
}

/** The small configuration with one passage replaced. */
export function smallWith(passage: string, replacement: string): string {
  if (!SMALL.includes(passage)) throw new Error(`no such passage: ${passage}`);
  return SMALL.replace(passage, () => replacement);
}

/** What is wrong with it, each as its first line without the file's name, and its hint after ` = `. */
export function problemsIn(text: string, disk = diskWith()): string[] {
  return reportsOn(text, disk).map((report) => {
    const [first, ...others] = report.replace("/etc/m/server.yaml:", "").split("\n");
    const hint = others.find((line) => line.startsWith("      = "));
    return hint === undefined ? first : `${first} = ${hint.slice(8)}`;
  });
}

/** What is wrong with it, as it is printed. */
export function reportsOn(text: string, disk = diskWith()): readonly string[] {
  try {
    parseSmall(text, disk);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}
