#!/usr/bin/env node
// Runs the TypeScript as it stands: no build, and no download, comes before the first command.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`touchline: this is Node ${process.versions.node}; Touchline needs Node 20.19 or later.`);
  process.exit(1);
}
const { register } = await import("tsx/esm/api");
register();
const { main } = await import("../src/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));
