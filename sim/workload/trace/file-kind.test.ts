import { test } from "uvu";
import * as assert from "uvu/assert";
import { kindIndexOf, kindOf } from "./file-kind.ts";
import { FILE_KINDS } from "./trace.ts";

const CASES = {
  image: [
    "/debian-cd/12.5.0/amd64/iso-cd/debian-12.5.0-amd64-netinst.iso",
    "/pub/Fedora-Cloud-39.x86_64.qcow2",
    "/arm/image.img.xz",
    "/RELEASES/14/DISC1.ISO",
  ],
  package: [
    "/debian/pool/main/a/apt/apt_2.6.1_amd64.deb",
    "/fedora/updates/39/x86_64/Packages/b/bash-5.2-1.fc39.x86_64.rpm",
    "/archlinux/core/os/x86_64/bash-5.2-1-x86_64.pkg.tar.zst",
    "/gnu/hello/hello-2.12.tar.gz",
    "/src/contrib/quadprog_1.5-4.tar.gz",
  ],
  index: [
    "/debian/dists/bookworm/InRelease",
    "/debian/dists/bookworm/main/binary-amd64/Packages.xz",
    "/repo/Packages.gz",
    "/fedora/39/repodata/0a1b-primary.xml.gz",
    "/archlinux/core/os/x86_64/core.db.tar.gz",
    "/debian/ls-lR.gz",
    "/pub/index.html",
  ],
  other: ["/", "/README", "/favicon.ico", "/downloads/product_1", "/fixture.debris"],
} as const;

for (const [kind, paths] of Object.entries(CASES)) {
  test(`files of kind ${kind} are known by their name`, () => {
    for (const path of paths) {
      assert.is(kindOf(path), kind, path);
      assert.is(FILE_KINDS[kindIndexOf(path)], kind);
    }
  });
}

test.run();
