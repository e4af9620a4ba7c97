#!/usr/bin/env node
// Runs the TypeScript as it stands: no build, and no download, comes before the first command.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`touchline: this is Node ${process.versions.node}; Touchline needs Node 20.19 or later.`);
  process.exit(1);
}
// Each command of the embedded engine takes one of Node's threads while it runs, beside files, passwords and compression: with the usual
// four, events that arrive would wait behind people's questions. Node counts them when it needs the first one, and that is to load a
// module: so this file is none (package.json beside it says so).
process.env.UV_THREADPOOL_SIZE ??= "16";

async function run() {
  const { register } = await import("tsx/esm/api");
  register();
  const { main } = await import("../src/cli/main.ts");
  process.exitCode = await main(process.argv.slice(2));
}

void run();
