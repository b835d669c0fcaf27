import { test } from "uvu";
import * as assert from "uvu/assert";
import { slurmRequest } from "./request.ts";
import { arrayOf, sbatchScript } from "./sbatch-script.ts";

const TYPED = {
  ...{ jobs: undefined, walltime: undefined, memory: undefined },
  ...{ partition: undefined, retries: "2", bundle: undefined },
};

test("numbers are listed as Slurm lists them", () => {
  assert.is(arrayOf([0, 1, 2, 3], null), "0-3");
  assert.is(arrayOf([0, 2, 3, 7], 5), "0,2-3,7%5");
});

test("names with spaces, quotes and per cent signs are quoted for whom they are meant", () => {
  const script = sbatchScript("a b", "/x y/100%'", slurmRequest(TYPED));
  assert.match(script, "\n#SBATCH --job-name=mirrorlab-a-b\n");
  assert.match(script, `\n#SBATCH --output="/x y/100%%'/logs/%A_%a.txt"\n`);
  assert.match(script, ` sweep-task '/x y/100%'\\''' "$SLURM_ARRAY_TASK_ID"\n`);
  assert.throws(() => sbatchScript("a", '/x"y', slurmRequest(TYPED)), /without quotes/);
});

test("times and memory are taken as Slurm writes them and with units, rounded up", () => {
  const asked = (walltime: string, memory: string) => {
    const request = slurmRequest({ ...TYPED, walltime, memory });
    return [request.walltime, request.memory];
  };
  assert.equal(asked("1-12:00:00", "4G"), ["1-12:00:00", "4G"]);
  assert.equal(asked("1 h 1 s", "1 MB"), ["61", "1M"]);
});

test("everything that is wrong is told at once", () => {
  const wrong = { jobs: "0", walltime: "soon", memory: "2 h", partition: "a b", bundle: "1.5" };
  try {
    slurmRequest({ ...TYPED, ...wrong, retries: "-1" });
    assert.unreachable();
  } catch (error) {
    assert.is(String(error).split("\n").length, 6, String(error));
  }
});

test.run();
