import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { VERSION } from "../../version.ts";

/** What a run's figures depend on besides data and parameters. */
const SOURCES = [
  new URL("../../../../solver/src/", import.meta.url),
  new URL("../../../../sql/src/", import.meta.url),
  new URL("../", import.meta.url),
  new URL("../../journeys/", import.meta.url),
  new URL("../../identities/", import.meta.url),
];

function sourcesOf(folder: URL): [name: string, text: Buffer][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/\.(test|fixture|arbitrary)\.ts$/.test(name))
    .sort()
    .map((name) => [name, readFileSync(new URL(name, folder))]);
}

let known: string | undefined;

/**
 * The version that runs record, with a print of the code that computes them: two builds of one version number may differ, and then
 * neither may pass its runs off as the other's.
 */
export function codeVersion(): string {
  if (known === undefined) {
    const hash = createHash("sha256");
    for (const [name, text] of SOURCES.flatMap(sourcesOf)) hash.update(name).update("\0").update(text).update("\0");
    known = `${VERSION}+${hash.digest("hex").slice(0, 12)}`;
  }
  return known;
}
