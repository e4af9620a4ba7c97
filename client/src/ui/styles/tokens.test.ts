import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

type Tokens = Readonly<Record<string, string>>;

function readBlock(start: string): Tokens {
  const from = css.indexOf(start);
  if (from < 0) throw new Error(`no block ${start}`);
  const block = css.slice(from, css.indexOf("}", from));
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]]));
}

const light = readBlock(":root {");
const darkBySystem = readBlock(':root:not([data-theme="light"]) {');
const darkByChoice = readBlock(':root[data-theme="dark"] {');

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(tokens: Tokens, front: string, back: string): number {
  const [one, other] = [luminance(tokens[front] ?? ""), luminance(tokens[back] ?? "")];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

const TEXT_ON = [
  ...["ink", "ink-soft", "ink-faint", "accent", "accent-strong", "positive", "negative", "broken"].flatMap((front) =>
    ["surface", "ground"].map((back) => [front, back] as const),
  ),
  ["ink", "accent-soft"],
  ["accent-strong", "accent-soft"],
  ["on-accent", "accent"],
  ["badge", "badge-soft"],
  ["badge", "surface"],
  ["broken", "broken-soft"],
  ["ink", "raised"],
  ["ink-soft", "sunken"],
  ["ink-faint", "sunken"],
] as const;

describe.each([
  ["light", light],
  ["dark", darkBySystem],
] as const)("the %s theme", (_, tokens) => {
  it.each(TEXT_ON)("shows %s on %s at 4.5:1 or more", (front, back) => {
    expect(contrast(tokens, front, back)).toBeGreaterThanOrEqual(4.5);
  });

  it("shows every channel and the borders of fields at 3:1 or more", () => {
    const marks = [
      ...Array.from({ length: 10 }, (__, index) => `channel-${index}`),
      "others",
      "spend",
      "hairline-strong",
    ];
    for (const mark of marks) {
      expect([mark, contrast(tokens, mark, "surface") >= 3]).toEqual([mark, true]);
    }
  });

  it("has ten hues that differ", () => {
    const hues = Array.from({ length: 10 }, (__, index) => tokens[`channel-${index}`]);
    expect(new Set(hues).size).toBe(10);
  });
});

describe("dark by choice", () => {
  it("is the same as dark by system", () => {
    expect(Object.keys(darkByChoice).length).toBeGreaterThan(20);
    expect(darkByChoice).toEqual(darkBySystem);
  });
});
