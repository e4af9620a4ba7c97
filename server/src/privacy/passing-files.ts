import { createReadStream } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

async function filesUnder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function mentions(path: string, words: Buffer): Promise<boolean> {
  let before = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(path)) {
      const text = Buffer.concat([before, chunk as Buffer]);
      if (text.includes(words)) return true;
      before = text.subarray(Math.max(0, text.length - words.length + 1));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error; // It has served and is gone.
  }
  return false;
}

/** Files that wait to be stored, or are being read, and mention this text. */
export async function findMentioningFiles(dataFolder: string, text: string): Promise<string[]> {
  const words = Buffer.from(text.trim(), "utf8");
  const found: string[] = [];
  for (const path of await filesUnder(join(dataFolder, "spool"))) if (await mentions(path, words)) found.push(path);
  return found;
}

/** Row files of the simulated shop, which are left where loading it was stopped; they are made anew when it is loaded again. */
export async function removeDemoFiles(dataFolder: string): Promise<void> {
  for (const path of await filesUnder(join(dataFolder, "demo")))
    if (path.endsWith(".csv")) await rm(path, { force: true });
}
