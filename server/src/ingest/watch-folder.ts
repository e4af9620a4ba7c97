import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../user-error.ts";

/** A file as one look found it: it is taken when two looks find the same. */
interface Seen {
  readonly size: number;
  readonly changedMs: number;
}

const isSame = (a: Seen | undefined, b: Seen): boolean => a?.size === b.size && a.changedMs === b.changedMs;

/** Endings of files that are read; tools write others beside them, and put unfinished ones under names with a dot before. */
const READABLE = /^[^.].*\.(?:csv|tsv|txt|ndjson|jsonl|json|parquet)(?:\.gz)?$/i;

/**
 * Knows which files of a folder are new or changed. A file that is still growing is left alone, and one that was taken, whatever came of
 * it, is not given again until it changes.
 */
export class FolderWatch {
  readonly #folder: string;
  readonly #seen = new Map<string, Seen>();
  readonly #taken = new Map<string, Seen>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Looks at the folder once. @throws UserError when it cannot be read. @returns names of the files that are as the last look found them, and were not given before */
  look(): string[] {
    const ready: string[] = [];
    for (const [name, now] of this.#files()) {
      if (isSame(this.#taken.get(name), now)) continue;
      if (isSame(this.#seen.get(name), now)) {
        this.#taken.set(name, now);
        ready.push(name);
      }
      this.#seen.set(name, now);
    }
    return ready;
  }

  /** Gives a file again that could not be taken for a reason that lies elsewhere. */
  giveAgain(name: string): void {
    this.#taken.delete(name);
  }

  *#files(): Generator<[string, Seen]> {
    for (const name of this.#names()) {
      if (!READABLE.test(name)) continue;
      const stat = statSync(join(this.#folder, name), { throwIfNoEntry: false });
      if (stat?.isFile() === true && stat.size > 0) yield [name, { size: stat.size, changedMs: stat.mtimeMs }];
    }
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder).sort();
    } catch (error) {
      throw new UserError(`the folder ${this.#folder} cannot be read any more: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}
