import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RIGHTS, type Right, Role, roleMay } from "@touchline/server/contract";
import { describe, expect, test } from "vitest";

const HOUSE = fileURLToPath(new URL("../../", import.meta.url));
const PAGE = "docs/security.md";
const page = readFileSync(join(HOUSE, PAGE), "utf8");

/** Requirements at levels 1 and 2 by chapter, V1 first, as ASVS 5.0.0 numbers them. */
const REQUIREMENTS = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];

interface Row {
  readonly chapter: number;
  readonly id: string;
  readonly asks: string;
  readonly where: string;
  readonly proofs: readonly string[];
}

function readRows(): Row[] {
  const rows: Row[] = [];
  let chapter = 0;
  for (const line of page.split("\n")) {
    const heading = /^#{2,3} (?:V(\d+) )?/.exec(line);
    if (heading !== null) chapter = Number(heading[1] ?? 0);
    if (chapter === 0 || !line.startsWith("| V")) continue;
    const cells = line.slice(2, -2).split(" | ");
    const [id = "", asks = "", where = "", proof = ""] = cells;
    expect(cells, line).toHaveLength(4);
    expect(id, line).toMatch(/^V\d+\.\d+\.\d+ \(L[12]\)$/);
    rows.push({ chapter, id: id.split(" ")[0]!, asks, where, proofs: proof.split("<br>") });
  }
  return rows;
}

/** What stands in the last table: single requirements, and sections or chapters with how many they are. */
function readLeftOut(): { of: string; count: number }[] {
  const table = page.slice(page.indexOf("\n### What does not apply"));
  return [...table.matchAll(/^\| (V[^|]+) \| [^|]+ \|$/gm)].flatMap(([, cell]) =>
    cell!.split(", ").map((each) => {
      const [, of, count] = /^(V[\d.]+)(?: \((\d+)\))?$/.exec(each) ?? [];
      expect(of, `"${each}" in the table of what does not apply`).toBeDefined();
      return { of: of!, count: Number(count ?? 1) };
    }),
  );
}

const numbersOf = (id: string): number[] => id.slice(1).split(".").map(Number);
function isBefore(left: string, right: string): boolean {
  const [a, b] = [numbersOf(left), numbersOf(right)];
  const first = a.findIndex((number, index) => number !== b[index]);
  return first >= 0 && a[first]! < b[first]!;
}

const rows = readRows();
const leftOut = readLeftOut();

const PATH = /^(?:(?:server|sql|solver|client|test|docs|\.github)\/|Dockerfile$|package-lock\.json$|\.dockerignore$)/;
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]!).filter((token) => PATH.test(token));

const TEST_NAMED = /^`([^`]+\.test\.tsx?)` › "(.+)"$/;
const WORDS_INSTEAD = /^(?:reading: \[.+\]\(.+\)|deployment: .{20,}|not met: .{20,})$/;

/** True where the title is that of a test which runs: neither a description, nor a comment, nor one that is skipped. */
function hasTest(source: string, title: string): boolean {
  return ['"', "'", "`"].some((quote) => {
    const at = source.indexOf(`${quote}${title}${quote},`);
    if (at < 0 || !source.slice(0, at).trimEnd().endsWith("(")) return false;
    const call = [...source.slice(0, at).matchAll(/^[ \t]*(test|it|describe)((?:\.\w+)*)\(/gm)].at(-1);
    return call !== undefined && call[1] !== "describe" && !/skip|todo|fails/.test(call[2]!);
  });
}

/** As GitHub makes them of headings. */
function anchorsOf(markdown: string): Set<string> {
  const headings = [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1]!);
  return new Set(
    headings.map((each) =>
      each
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

describe("the table of security requirements", () => {
  test("says what each one asks in a few words", () => {
    expect(rows.length).toBeGreaterThan(150);
    for (const { id, asks, where } of rows) {
      expect(asks.split(/\s+/).length, `words of ${id}`).toSatisfy((words: number) => words >= 4 && words <= 14);
      expect(where, `where ${id} is met`).not.toBe("");
    }
  });

  test("has each one once, in order, under its chapter", () => {
    for (const [index, { id, chapter }] of rows.entries()) {
      expect(numbersOf(id)[0], id).toBe(chapter);
      const before = rows[index - 1];
      if (before !== undefined) expect(isBefore(before.id, id), `${before.id} before ${id}`).toBe(true);
    }
  });

  test("has all of levels 1 and 2, with those that do not apply", () => {
    for (const { of } of leftOut) {
      const twice = [...rows.map(({ id }) => id), ...leftOut.map((other) => other.of)].filter(
        (id) => id === of || id.startsWith(`${of}.`),
      );
      expect(twice, `${of} does not apply, and stands elsewhere too`).toEqual([of]);
    }
    for (const [index, count] of REQUIREMENTS.entries()) {
      const chapter = index + 1;
      const applied = rows.filter((row) => row.chapter === chapter).length;
      const others = leftOut.filter(({ of }) => numbersOf(of)[0] === chapter);
      const found = others.reduce((sum, other) => sum + other.count, applied);
      expect(found, `requirements of V${chapter}`).toBe(count);
    }
    const all = REQUIREMENTS.reduce((sum, count) => sum + count);
    expect(page).toContain(`Of the ${all} requirements of levels 1 and 2, ${rows.length} apply`);
  });

  test("names files that are there", () => {
    const named = rows.flatMap(({ id, where, proofs }) =>
      [where, ...proofs].flatMap(pathsIn).map((path) => [id, path] as const),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(([, path]) => !existsSync(join(HOUSE, path)))).toEqual([]);
  });

  test("names tests that are there, by their titles", () => {
    const missing = rows.flatMap(({ id, proofs }) =>
      proofs.flatMap((proof) => {
        const [, path, title] = TEST_NAMED.exec(proof) ?? [];
        if (path === undefined || title === undefined) return [];
        const file = join(HOUSE, path);
        return existsSync(file) && hasTest(readFileSync(file, "utf8"), title) ? [] : [`${id}: ${proof}`];
      }),
    );
    expect(missing).toEqual([]);
  });

  test("has a proof for each, or says in words what stands instead", () => {
    const bare = rows.filter(({ proofs }) =>
      proofs.some((proof) => !TEST_NAMED.test(proof) && !(WORDS_INSTEAD.test(proof) && proofs.length === 1)),
    );
    expect(bare.map(({ id, proofs }) => `${id}: ${proofs.join("; ")}`)).toEqual([]);
  });
});

describe("the page about security", () => {
  test("has links that lead somewhere", () => {
    const links = [...page.matchAll(/\]\(((?!https?:)[^)]+)\)/g)].map((match) => match[1]!);
    expect(links.length).toBeGreaterThan(20);
    const broken = links.filter((link) => {
      const [path = "", anchor] = link.split("#");
      const file = path === "" ? join(HOUSE, PAGE) : join(dirname(join(HOUSE, PAGE)), path);
      return !existsSync(file) || (anchor !== undefined && !anchorsOf(readFileSync(file, "utf8")).has(anchor));
    });
    expect(broken).toEqual([]);
  });

  test("has the rights as the server enforces them", () => {
    const documented = [...page.matchAll(/^\| `([a-z]+:[a-z-]+)` \| [^|]+ \| (.+) \|$/gm)].map(([, right, ticks]) => ({
      right,
      roles: Role.options.filter((_, index) => ticks!.split(" | ")[index]?.trim() === "yes"),
    }));
    const enforced = (Object.keys(RIGHTS) as Right[]).map((right) => ({
      right,
      roles: Role.options.filter((role) => roleMay(role, right)),
    }));
    expect(documented).toEqual(enforced);
    expect(page).toContain(`| right | opens | ${Role.options.join(" | ")} |`);
  });
});
