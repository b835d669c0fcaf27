#!/usr/bin/env node
// Committed with mode 755: the build rewrites dist/, and a rebuilt file would lose its x bit.
await import("../dist/cli/main.js");
