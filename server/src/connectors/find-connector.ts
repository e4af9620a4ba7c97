import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../user-error.ts";
import { Connector } from "./connector.ts";

const DECLARATIONS = fileURLToPath(new URL("./declarations/", import.meta.url));

/** Names of the sources that come with the product, in alphabetical order. */
export function connectorNames(): string[] {
  return readdirSync(DECLARATIONS)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.replace(/\.json$/, ""))
    .sort();
}

/**
 * A source by its name, or by the path of a declaration of the user's own.
 * @throws UserError that names the nearest sources, or the place of the mistake in the file
 */
export function findConnector(name: string, cwd: string): Connector {
  if (name.endsWith(".json") || name.includes("/")) return readDeclaration(resolve(cwd, name), name);
  if (connectorNames().includes(name)) return readDeclaration(resolve(DECLARATIONS, `${name}.json`), name);
  const near = nearestNames(name);
  const hint = near.length === 0 ? "" : `did you mean ${near.join(" or ")}? `;
  throw new UserError(
    `--source: "${name}" is not a source; ${hint}touchline sources lists them, and a path ending in .json names a declaration of your own`,
    { exitCode: 2 },
  );
}

function readDeclaration(path: string, name: string): Connector {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const what = isMissing ? "does not exist" : `is not JSON: ${(error as Error).message}`;
    throw new UserError(`--source: ${name} ${what}`, { exitCode: 2, cause: error });
  }
  const parsed = Connector.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue!.path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  throw new UserError(`--source: ${name}${place === "" ? "" : `, at ${place.slice(1)}`}: ${issue!.message}`, {
    exitCode: 2,
  });
}

/** Sources that begin alike, or whose name is a few letters away. */
function nearestNames(name: string): string[] {
  const given = name.toLowerCase();
  const scored = connectorNames().map((known) => {
    const isPart = known.includes(given) || given.includes(known.split("-")[0]!);
    return { known, distance: isPart ? 0 : editDistance(given, known) };
  });
  return scored
    .filter(({ distance }) => distance <= Math.max(2, given.length / 3))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ known }) => known);
}

/** Letters to insert, remove or change between two words (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
