import { test } from "uvu";
import * as assert from "uvu/assert";
import { packageNameOf } from "./package-name.ts";

test("a file's name tells its package, whatever the version", () => {
  assert.is(packageNameOf("/debian/pool/main/a/apt/apt_2.6.1_amd64.deb"), "apt.amd64");
  assert.is(packageNameOf("pool/main/g/g++/g++-12_12.2.0-14_amd64.deb"), "g++-12.amd64");
  assert.is(
    packageNameOf("Packages/b/bash-completion-2.11-9.fc39.noarch.rpm"),
    "bash-completion.noarch",
  );
  assert.is(packageNameOf("/core/bash-5.2.026-2-x86_64.pkg.tar.zst"), "bash.x86_64");
  assert.is(packageNameOf("/src/contrib/quadprog_1.5-4.tar.gz"), "quadprog");
  assert.is(packageNameOf("/gnu/hello/hello-2.12.1.tar.gz"), "hello");
});

test("what is no version of a package has none", () => {
  for (const path of ["", "/", "/debian/dists/InRelease", "/x.iso", "/a.deb", "/Packages.xz"]) {
    assert.is(packageNameOf(path), "", path);
  }
});

test.run();
