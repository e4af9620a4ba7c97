/** One place at which two values differ, or which only one of them has. */
export interface Difference {
  /** Names from the outside in, joined by dots: `rows.touchpoints`. */
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

type Leaves = ReadonlyMap<string, string>;

/** Deeper than this a value is shown as text. */
const DEEPEST = 4;

/**
 * What an action changed, place by place, in the order of the later value. An entry that kept only one side lists that side.
 * Law: what is the same on both sides is not listed.
 */
export function describeDifference(before: unknown, after: unknown): Difference[] {
  const [was, is] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((name) => ({ name, before: was.get(name) ?? null, after: is.get(name) ?? null }))
    .filter((each) => each.before !== each.after);
}

function leavesOf(value: unknown): Leaves {
  const leaves = new Map<string, string>();
  collect(value, [], leaves);
  return leaves;
}

function collect(value: unknown, path: readonly string[], leaves: Map<string, string>): void {
  if (value === null || value === undefined) return;
  if (typeof value === "object" && !Array.isArray(value) && path.length < DEEPEST) {
    for (const [name, inner] of Object.entries(value)) collect(inner, [...path, name], leaves);
  } else leaves.set(path.join("."), textOf(value));
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((each) => typeof each !== "object")) return value.join(", ");
  return JSON.stringify(value);
}
