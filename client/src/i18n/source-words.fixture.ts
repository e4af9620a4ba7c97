import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";

const SOURCE = fileURLToPath(new URL("../", import.meta.url));

/** A node of a parsed file, as the parser gives it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

export interface SourceFile {
  /** From `client/src` on. */
  readonly path: string;
  readonly text: string;
  readonly program: SyntaxNode;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

/** Visits a tree from its root on. @param visit returns whether what lies below a node is visited as well */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode, above: readonly SyntaxNode[]) => boolean): void {
  const down = (each: SyntaxNode, above: readonly SyntaxNode[]): void => {
    if (!visit(each, above)) return;
    for (const child of childrenOf(each)) down(child, [each, ...above]);
  };
  down(node, []);
}

export function parseSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} is not understood: ${errors[0]?.message}`);
  return { path, text, program: program as unknown as SyntaxNode };
}

/** All that the page is made of, without its dictionaries and tests. */
export function readSources(): SourceFile[] {
  return readdirSync(SOURCE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|fixture)\.tsx?$/.test(entry.name))
    .map((entry) => relative(SOURCE, join(entry.parentPath, entry.name)))
    .filter((path) => !/^i18n\/(en|fr)\b/.test(path))
    .sort()
    .map((path) => parseSource(path, readFileSync(join(SOURCE, path), "utf8")));
}

/** "path:line", as editors open it. */
export function placeOf({ path, text }: SourceFile, { start }: SyntaxNode): string {
  return `${path}:${text.slice(0, start).split("\n").length}`;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** What a literal, a template or a piece of markup says: the text, with the holes of a template as "\0". */
export function literalText(node: SyntaxNode): string | null {
  if (node.type === "Literal" || node.type === "JSXText") return typeof node.value === "string" ? node.value : null;
  if (node.type !== "TemplateLiteral") return null;
  const pieces = (node.quasis as { value: { cooked: unknown } }[]).map(({ value }) => textOf(value.cooked));
  return pieces.join("\0");
}

export function nameOf(node: unknown): string {
  return isNode(node) ? textOf(node.name) : "";
}
