import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openStore } from "../../server/src/store/index.ts";

const MIGRATIONS = fileURLToPath(new URL("../../server/src/store/migrations", import.meta.url));
const SERVER = fileURLToPath(new URL("../../server/package.json", import.meta.url));

/** An empty store of accounts, as the present migrations make it. Making one takes seconds, copying it a fraction of one. */
function templateFolder(): string {
  const { dependencies } = JSON.parse(readFileSync(SERVER, "utf8")) as { dependencies: Record<string, string> };
  const hash = createHash("sha256").update(`pglite ${dependencies["@electric-sql/pglite"]}`);
  for (const name of readdirSync(MIGRATIONS).filter((each) => each.endsWith(".sql"))) {
    hash.update(readFileSync(join(MIGRATIONS, name)));
  }
  return join(tmpdir(), `touchline-empty-store-${hash.digest("hex").slice(0, 16)}`);
}

/** Puts an empty store into a new data folder, so that no test waits for the making of one. */
export function giveStore(dataFolder: string): void {
  const template = templateFolder();
  if (existsSync(template)) cpSync(template, join(dataFolder, "accounts"), { recursive: true });
}

/** Before all tests: makes the template, where this machine has none of these migrations yet. */
export default async function setup(): Promise<void> {
  const template = templateFolder();
  if (existsSync(template)) return;
  const draft = `${template}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  try {
    const store = await openStore({ folder: join(draft, "accounts") }, Buffer.alloc(32));
    await store.close();
    renameSync(join(draft, "accounts"), template);
  } catch (error) {
    if (!existsSync(template)) throw error; // Another process was first.
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
