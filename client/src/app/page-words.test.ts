import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Section, sectionOf } from "../i18n/sections.ts";

const HERE = import.meta.dirname;

/** What a file imports where it begins; what is imported when it is needed is another chunk. */
function importsOf(source: string): string[] {
  const imports = [...source.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from "(\.[^"]+)";/gms)];
  return imports.map(([, path]) => path ?? "").filter((path) => /\.tsx?$/.test(path));
}

/** The files that come with one. */
function filesWith(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const next of importsOf(readFileSync(path, "utf8"))) filesWith(join(dirname(path), next), seen);
  return seen;
}

/** The sections of the keys that files name. */
function sectionsIn(files: Iterable<string>): Section[] {
  const found = new Set<Section>();
  for (const file of files) {
    for (const [, key] of readFileSync(file, "utf8").matchAll(/["`]([a-z][A-Za-z]+\.[\w$])/g)) {
      const section = sectionOf(key ?? "");
      if (section !== null) found.add(section);
    }
  }
  return [...found].sort();
}

const source = ["page-chunks.ts", "Entrance.tsx"].map((name) => readFileSync(join(HERE, name), "utf8")).join("\n");
const pages = [...source.matchAll(/chunk\(\s*\(\) => import\("([^"]+)"\)([^)]*)\)/g)].map(
  ([, file = "", named = ""]) => ({
    name: basename(file, ".tsx"),
    file: join(HERE, file),
    named: [...named.matchAll(/"(\w+)"/g)].map(([, name]) => name).sort(),
  }),
);

describe("the words of a page", () => {
  const frame = filesWith(join(HERE, "start.tsx"));

  it("are all found in the registry", () => {
    expect(pages.length).toBeGreaterThan(15);
    expect(source.match(/import\("/g)?.length).toBe(pages.length);
  });

  it("are the core's alone in what stands around every page", () => {
    expect(sectionsIn(frame)).toEqual([]);
  });

  it.each(pages)("come with $name", ({ file, named }) => {
    const own = [...filesWith(file)].filter((each) => !frame.has(each));
    expect(named).toEqual(expect.arrayContaining(sectionsIn(own)));
  });
});
