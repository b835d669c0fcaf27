/**
 * Makes the package `mirrorlab-host` in `dist-host/`, or in the folder given as argument: the policies and
 * the coordinator, for servers that need nothing of the workbench. It depends on no other package.
 *
 * The modules are those of `mirrorlab` itself: a server imports the same names from the one or the other.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const NAME = "mirrorlab-host";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = resolve(process.argv[2] ?? join(root, "dist-host"));

rmSync(join(out, "dist"), { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const tsc = join(root, "node_modules/typescript/bin/tsc");
const options = ["--project", join(root, "tsconfig.host.json"), "--outDir", join(out, "dist")];
execFileSync(process.execPath, [tsc, ...options], { stdio: "inherit" });

const { version, license, type, engines, exports } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);
const description =
  "Policies and coordinator of volunteer mirrors, for servers; without dependencies";
const shipped = Object.entries(exports).filter(([, { default: path }]) =>
  existsSync(join(out, path)),
);
const packageJson = {
  ...{ name: NAME, version, description, license, type, sideEffects: false, engines },
  ...{ exports: Object.fromEntries(shipped), files: ["dist", "examples", "COORDINATOR.md"] },
};
writeFileSync(join(out, "package.json"), `${JSON.stringify(packageJson, null, 2)}\n`);
cpSync(join(root, "LICENSE"), join(out, "LICENSE"));
mkdirSync(join(out, "examples"), { recursive: true });
copyText("examples/host.js", "examples/host.js");
copyText("sim/policies/README.md", "README.md");
copyText("sim/coordinator/README.md", "COORDINATOR.md");

/** A text of the repository, as it reads in this package. */
function copyText(from, to) {
  const text = readFileSync(join(root, from), "utf8")
    .replaceAll(/mirrorlab(?=\/(?:policies|coordinator))/g, NAME)
    .replaceAll("../../examples/", "examples/")
    .replaceAll("../coordinator/README.md", "COORDINATOR.md");
  writeFileSync(join(out, to), text);
}
