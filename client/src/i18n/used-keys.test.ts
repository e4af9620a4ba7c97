import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { isNode, literalText, nameOf, placeOf, readSources, type SyntaxNode, walk } from "./source-words.fixture.ts";

/** What counts choose between, as i18next spells it. */
const PLURAL = /_(zero|one|two|few|many|other)$/;

function listKeys(words: object, prefix = ""): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string" ? [`${prefix}${key}`] : listKeys(value as object, `${prefix}${key}.`),
  );
}

const KEYS = new Set(listKeys(en).map((key) => key.replace(PLURAL, "")));
const SECTIONS = new Set(Object.keys(en));

interface Use {
  readonly key: string;
  readonly place: string;
  /** True where the text is asked for right there; other literals may only look like keys. */
  readonly isAsked: boolean;
}

/** The keys that the code spells out, whole or with holes ("\0"). */
function listUses(): Use[] {
  const uses: Use[] = [];
  for (const file of readSources()) {
    walk(file.program, (node, above) => {
      const key = literalText(node);
      if (key !== null && SECTIONS.has(key.split(".")[0] ?? "") && key.includes(".")) {
        uses.push({ key, place: placeOf(file, node), isAsked: isAsked(node, above) });
      }
      return node.type !== "ImportDeclaration";
    });
  }
  return uses;
}

/** Whether a text is what `t` is called with, by itself or as one of two. */
function isAsked(node: SyntaxNode, above: readonly SyntaxNode[]): boolean {
  const [parent, grandparent] = above;
  const [call, argument] = parent?.type === "ConditionalExpression" ? [grandparent, parent] : [parent, node];
  if (call?.type !== "CallExpression" || !isNode(call.callee) || !Array.isArray(call.arguments)) return false;
  if (nameOf(call.callee) === "findText") return false; // It asks whether there is one.
  const isT = nameOf(call.callee) === "t" || nameOf(call.callee.property) === "t";
  return isT && call.arguments[0] === argument;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const patternOf = (key: string) => new RegExp(`^${key.split("\0").map(escaped).join(".+")}$`);

const uses = listUses();

describe("the dictionary", () => {
  it("has every text that the page asks for", () => {
    const asked = uses.filter(({ isAsked }) => isAsked);
    expect(asked.length).toBeGreaterThan(500);
    const keys = [...KEYS];
    const isThere = (key: string) =>
      key.includes("\0") ? keys.some((each) => patternOf(key).test(each)) : KEYS.has(key);
    expect(asked.filter(({ key }) => !isThere(key)).map(({ key, place }) => `${place} ${key}`)).toEqual([]);
  });

  it("has no text that the page never asks for", () => {
    const whole = new Set(uses.map(({ key }) => key));
    const patterns = [...whole].filter((key) => key.includes("\0")).map(patternOf);
    const unused = [...KEYS].filter((key) => !whole.has(key) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});
