import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SECRET = Buffer.from("touchline".padEnd(32, "."), "utf8").toString("hex");

/**
 * Makes a data folder with the same secret every time: people are sampled by their keyed hash, and what is found of them must not
 * hang on the secret of the day.
 */
export function makeDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "secret"), SECRET, { mode: 0o600 });
}
