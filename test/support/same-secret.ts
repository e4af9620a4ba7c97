import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { giveStore } from "./store-template.ts";

export const SECRET = Buffer.from("touchline".padEnd(32, "."), "utf8");

/**
 * Makes a data folder with the same secret every time: people are sampled by their keyed hash, and what is found of them must not
 * hang on the secret of the day. It holds an empty store of accounts already.
 */
export function makeDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  giveStore(folder);
  writeFileSync(join(folder, "secret"), SECRET.toString("hex"), { mode: 0o600 });
}
