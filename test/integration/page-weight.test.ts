import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Gzipped JavaScript that the first visit of a page may fetch, whatever the language. */
const BUDGET_BYTES = 250_000;

const CLIENT = join(import.meta.dirname, "../../client");
const LANGUAGES = ["en", "fr"] as const;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

/** The pages of the registry, with the words that each names. */
function listPages(): { path: string; source: string; sections: string[] }[] {
  const registry = readFileSync(join(CLIENT, "src/app/page-chunks.ts"), "utf8");
  const found = registry.matchAll(/"(\/[^"]*)": chunk\(\s*\(\) => import\("\.\.\/([^"]+)"\)([^)]*)\)/g);
  return [...found].map(([, path = "", source = "", named = ""]) => ({
    path,
    source: `src/${source}`,
    sections: ["core", ...[...named.matchAll(/"(\w+)"/g)].map(([, section = ""]) => section)],
  }));
}

describe("the first visit of a page", () => {
  let folder: string;
  let manifest: Record<string, Chunk>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "touchline-weight-"));
    const vite = createRequire(join(CLIENT, "package.json")).resolve("vite/package.json");
    const argv = ["build", "--outDir", folder, "--manifest", "manifest.json", "--logLevel", "error"];
    // The tests' own environment would build the libraries for development.
    const env = { ...process.env, NODE_ENV: "production" };
    execFileSync(process.execPath, [join(dirname(vite), "bin/vite.js"), ...argv], { cwd: CLIENT, env });
    manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Record<string, Chunk>;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The files that come with some sources, with all that those import at once. */
  function filesOf(keys: readonly string[], files = new Set<string>()): Set<string> {
    for (const key of keys) {
      const chunk = manifest[key];
      if (chunk === undefined) throw new Error(`the build has no ${key}`);
      if (files.has(chunk.file)) continue;
      files.add(chunk.file);
      filesOf(chunk.imports ?? [], files);
    }
    return files;
  }

  const weigh = (file: string) => gzipSync(readFileSync(join(folder, file))).length;

  it(`fetches less than ${BUDGET_BYTES / 1_000} kB of JavaScript`, () => {
    const pages = listPages();
    expect(pages.length).toBeGreaterThan(15);
    const rows = pages.map(({ path, source, sections }) => {
      const weights = LANGUAGES.map((language) => {
        const words = sections.map((section) => `src/i18n/${language}-${section}.ts`);
        const files = filesOf(["index.html", "src/app/start.tsx", source, ...words]);
        return [...files].reduce((sum, file) => sum + weigh(file), 0);
      });
      return { path, weights };
    });
    const table = rows.map(
      ({ path, weights }) =>
        `${path.padEnd(22)} ${weights.map((bytes, at) => `${LANGUAGES[at]} ${(bytes / 1_000).toFixed(1)} kB`).join("  ")}`,
    );
    console.info(table.join("\n"));
    expect(rows.filter(({ weights }) => Math.max(...weights) >= BUDGET_BYTES)).toEqual([]);
  });

  it("is told in the document what every page needs, and nothing of one language or page", () => {
    const html = readFileSync(join(folder, "index.html"), "utf8");
    const named = [...html.matchAll(/rel="modulepreload"[^>]*href="\/([^"]+)"/g)].map(([, file]) => file);
    const needed = filesOf(["index.html", "src/app/start.tsx"]);
    needed.delete(manifest["index.html"]?.file ?? "");
    expect(named.map((file) => basename(file ?? "")).sort()).toEqual([...needed].map((file) => basename(file)).sort());
  });
});
