import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  isNode,
  literalText,
  nameOf,
  parseSource,
  placeOf,
  readSources,
  type SourceFile,
  type SyntaxNode,
  walk,
} from "./source-words.fixture.ts";

/** Whatever a reader sees comes out of the dictionaries and is written by `format`: anything else stays English on the French page. */
const sources = readSources();

const WORD = /\p{L}{2,}/u;
/** Two words in a row are prose wherever they stand. */
const PROSE = /\p{L}{2,}[,;:]? \p{L}{2,}/u;
/** Attributes that are read out or shown. */
const READ_ATTRIBUTES =
  /^(aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|name|caption|hint|text|heading|description|summary|sentence|headline|sub)$/;
/** What is typed into a machine is the same in all languages. */
const UNTRANSLATED_ELEMENTS = ["code", "kbd", "pre", "samp"];
const NAMES = ["Touchline", "TL", "Samsung Internet"];
const COMMAND = /^(npx )?touchline /;
const SELECTOR = /(^|[\s,])[.#[][\w-]+/;
const SELECTING = ["querySelector", "querySelectorAll", "closest", "matches"];

const STYLES = new URL("../ui/styles/", import.meta.url);
const CLASSES = new Set(
  readdirSync(STYLES)
    .filter((name) => name.endsWith(".css"))
    .flatMap((name) => [...readFileSync(new URL(name, STYLES), "utf8").matchAll(/\.([a-z][\w-]*)/g)])
    .map(([, name = ""]) => name),
);

const isForMachines = (text: string): boolean =>
  NAMES.includes(text) ||
  COMMAND.test(text) ||
  SELECTOR.test(text) ||
  text.split(/\s+/).every((word) => word === "\0" || CLASSES.has(word));

const elementName = (element: SyntaxNode): string =>
  isNode(element.openingElement) ? nameOf(element.openingElement.name) : "";

const isReadAttribute = (node: SyntaxNode) => node.type === "JSXAttribute" && READ_ATTRIBUTES.test(nameOf(node.name));

/** Markup shows a text where nothing but choices and sums of texts stands between the two. */
const PASSES_ON = [
  ...["JSXExpressionContainer", "ConditionalExpression", "LogicalExpression"],
  ...["BinaryExpression", "TemplateLiteral"],
];

function isShown(node: SyntaxNode, above: readonly SyntaxNode[]): boolean {
  let below = node;
  for (const each of above) {
    if (each.type === "JSXElement" || each.type === "JSXFragment" || isReadAttribute(each)) return true;
    if (!PASSES_ON.includes(each.type) || each.test === below) return false;
    if (each.type === "BinaryExpression" && each.operator !== "+") return false;
    below = each;
  }
  return false;
}

function isHardCoded(node: SyntaxNode, above: readonly SyntaxNode[]): boolean {
  const text = literalText(node)?.trim() ?? "";
  if (!WORD.test(text) || isForMachines(text)) return false;
  if (above.some((each) => UNTRANSLATED_ELEMENTS.includes(elementName(each)))) return false;
  const isName = nameOf(above.find(({ type }) => type === "JSXAttribute")?.name) === "name";
  if (isName && /^[a-z][\w-]*$/i.test(text)) return false; // What the code calls a field or an icon.
  return node.type === "JSXText" || isShown(node, above) || PROSE.test(text.replaceAll("\0", " "));
}

/** Errors are for developers, the rest is no text. */
const UNSEEN = ["ImportDeclaration", "ImportExpression", "ThrowStatement", "TSLiteralType", "TSTemplateLiteralType"];

function isUnseen(node: SyntaxNode): boolean {
  if (node.type === "JSXAttribute") return nameOf(node.name) === "className";
  if (node.type !== "CallExpression" || !isNode(node.callee)) return UNSEEN.includes(node.type);
  return SELECTING.includes(nameOf(node.callee.property));
}

function hardCodedTexts(file: SourceFile): string[] {
  const found: string[] = [];
  walk(file.program, (node, above) => {
    if (isUnseen(node)) return false;
    if (isHardCoded(node, above)) found.push(`${placeOf(file, node)} ${JSON.stringify(literalText(node)?.trim())}`);
    return true;
  });
  return found;
}

/** `format/` is where numbers and dates are written; elsewhere their text is exact and for machines. */
const FORMATTERS = /^format\//;
const WRITTEN_BY_ITSELF = ["toLocaleString", "toLocaleDateString", "toLocaleTimeString", "toPrecision"];
const FORMATS = ["NumberFormat", "DateTimeFormat", "RelativeTimeFormat"];

function unformattedNumbers(file: SourceFile): string[] {
  if (FORMATTERS.test(file.path)) return [];
  const found: string[] = [];
  walk(file.program, (node, [parent, grandparent]) => {
    if (node.type !== "MemberExpression") return true;
    const method = nameOf(node.property);
    const isIntl = nameOf(node.object) === "Intl" && FORMATS.includes(method);
    // Rounding is what `Number(x.toFixed(4))` is for, and a chart's geometry is written the same everywhere.
    const isRounded = isNode(grandparent?.callee) && nameOf(grandparent.callee) === "Number";
    const isFixed = method === "toFixed" && parent?.type === "CallExpression" && !isRounded && /\.tsx$/.test(file.path);
    if (isIntl || isFixed || WRITTEN_BY_ITSELF.includes(method)) found.push(`${placeOf(file, node)} ${method}`);
    return true;
  });
  return found;
}

const parsed = (text: string) => parseSource("example.tsx", text);

describe("what a reader sees", () => {
  it("comes out of the dictionaries", () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(sources.flatMap(hardCodedTexts)).toEqual([]);
  });

  it.each([
    ["a text in the markup", "const a = <p>Revenue of {b}</p>;", "Revenue of"],
    ["a word in a choice", 'const a = <p>{b ? "Save" : c}</p>;', "Save"],
    ["a template", `const a = <p>{\`Day \${b}\`}</p>;`, "Day \0"],
    ["a label that is read out", 'const a = <button aria-label="Close" />;', "Close"],
    ["a placeholder in a choice", 'const a = <input placeholder={b ? "Name" : ""} />;', "Name"],
    ["the title of a card", 'const a = <Card title="Spend" />;', "Spend"],
    ["a sentence put together beside the markup", `const a = \`up by \${b} percent\`;`, "up by \0 percent"],
  ])("is found where it is %s", (_where, text, found) => {
    expect(hardCodedTexts(parsed(text))).toEqual([`example.tsx:1 ${JSON.stringify(found)}`]);
  });

  it.each([
    ["a command", "const a = <code>npx touchline demo</code>;"],
    ["a comparison", 'const a = <p>{b === "touch" ? c : d}</p>;'],
    ["an attribute for the browser", 'const a = <input type="text" autoComplete="current-password" />;'],
    ["an error for developers", 'throw new Error("no root in the page");'],
  ])("is not %s", (_what, text) => {
    expect(hardCodedTexts(parsed(text))).toEqual([]);
  });
});

describe("a number on the page", () => {
  it("is written in the reader's language by format", () => {
    expect(sources.flatMap(unformattedNumbers)).toEqual([]);
  });

  it.each(["const a = b.toFixed(2);", "const a = b.toLocaleString();", 'const a = new Intl.NumberFormat("en");'])(
    "is found where it is not: %s",
    (text) => expect(unformattedNumbers(parsed(text))).toHaveLength(1),
  );

  it("may be rounded", () => {
    expect(unformattedNumbers(parsed("const a = Number(b.toFixed(4));"))).toEqual([]);
  });
});
