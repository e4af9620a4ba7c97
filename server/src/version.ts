import { readFileSync } from "node:fs";

const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** The version of Touchline; runs record it, because another version may compute something else. */
export const VERSION = (manifest as { version: string }).version;
