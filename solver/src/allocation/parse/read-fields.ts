/** Carries the sentence from the field that is wrong to the door (`guard`); it never leaves this folder. */
class Refusal extends Error {}

export interface Refused {
  readonly kind: "refused";
  /** starts with the path of the field at fault, e.g. "channels[2].upper: must not be below lower (5000), got 4000" */
  readonly reason: string;
}

export type Fields = Readonly<Record<string, unknown>>;

export function refuse(path: string, sentence: string): never {
  throw new Refusal(`${path}: ${sentence}`);
}

/** The door: what was refused anywhere inside comes out as a value. */
export function guard<T>(read: () => T): T | Refused {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return { kind: "refused", reason: error.message };
    throw error;
  }
}

/** Fields that change the plan, wherever they stand: they must not be passed over in silence. */
const NEVER_IGNORED = ["weeks", "draws", "curve_draws", "season", "frontier", "budgets", "adstock"];

export function refuseMisplaced(path: string, fields: Fields, understood: readonly string[]): void {
  for (const field of NEVER_IGNORED)
    if (field in fields && !understood.includes(field)) refuse(`${path}.${field}`, "has no meaning here");
}

export function allowFields(path: string, fields: Fields, allowed: readonly string[]): void {
  for (const field of Object.keys(fields))
    if (!allowed.includes(field)) refuse(`${path}.${field}`, "is not a known field");
}

export function readObject(path: string, json: unknown): Fields {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    refuse(path, `must be an object, got ${show(json)}`);
  return Object.fromEntries(Object.entries(json));
}

export function readList(path: string, json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : refuse(path, `must be a list, got ${show(json)}`);
}

export function readName(path: string, json: unknown): string {
  return typeof json === "string" && json !== "" ? json : refuse(path, `must be a name, got ${show(json)}`);
}

/** Beyond these a product of two numbers of a problem may leave what a double holds. */
const LARGEST = 1e30;
const SMALLEST_SCALE = 1e-30;

export function readNumber(path: string, json: unknown): number {
  if (typeof json !== "number" || !Number.isFinite(json)) refuse(path, `must be a finite number, got ${show(json)}`);
  return Math.abs(json) <= LARGEST ? json : refuse(path, `must be between -1e30 and 1e30, got ${json}`);
}

export function readAmount(path: string, json: unknown): number {
  const value = readNumber(path, json);
  return value >= 0 ? value : refuse(path, `must be 0 or more, got ${value}`);
}

export function readPositive(path: string, json: unknown): number {
  const value = readNumber(path, json);
  if (value <= 0) refuse(path, `must be above 0, got ${value}`);
  return value >= SMALLEST_SCALE ? value : refuse(path, `must be at least 1e-30, got ${value}`);
}

export function readCount(path: string, json: unknown, least: number, most: number): number {
  const value = readNumber(path, json);
  return Number.isInteger(value) && value >= least && value <= most
    ? value
    : refuse(path, `must be a whole number from ${least} to ${most}, got ${value}`);
}

export function readOptional(path: string, json: unknown): number | null {
  return json === null || json === undefined ? null : readAmount(path, json);
}

export function refuseRepeats(path: string, field: string, items: readonly { readonly name: string }[]): void {
  const seen = new Map<string, number>();
  items.forEach((item, i) => {
    const first = seen.get(item.name);
    if (first !== undefined)
      refuse(`${path}[${i}].${field}`, `${show(item.name)} is already the name of ${path}[${first}]`);
    seen.set(item.name, i);
  });
}

interface Named {
  readonly name: string;
}

export function readMember(path: string, json: unknown, channels: readonly Named[]): string {
  const name = readName(path, json);
  return channels.some((channel) => channel.name === name)
    ? name
    : refuse(path, `names a channel that does not exist: ${show(name)}`);
}

export function readMembers(path: string, json: unknown, channels: readonly Named[]): string[] {
  const members = readList(path, json).map((member, i) => readMember(`${path}[${i}]`, member, channels));
  if (members.length === 0) refuse(path, "must name at least one channel");
  members.forEach((name, i) => {
    if (members.indexOf(name) < i) refuse(`${path}[${i}]`, `${show(name)} is already a member`);
  });
  return members;
}

/** A value for some channels, by name. */
export function readByChannel<T>(
  path: string,
  json: unknown,
  channels: readonly Named[],
  read: (path: string, json: unknown) => T,
): Record<string, T> {
  const entries = Object.entries(readObject(path, json)).map(([name, value]) => {
    if (!channels.some((channel) => channel.name === name))
      refuse(path, `names a channel that does not exist: ${show(name)}`);
    return [name, read(`${path}.${name}`, value)] as const;
  });
  return Object.fromEntries(entries);
}

/** One value for all weeks, or a list with one a week. */
export function readByWeek<T>(
  path: string,
  json: unknown,
  read: (path: string, json: unknown) => T,
  weeks: number,
): T | readonly T[] {
  if (!Array.isArray(json)) return read(path, json);
  if (json.length !== weeks) refuse(path, `must have one number a week (${weeks}), got ${json.length}`);
  return json.map((value, week) => read(`${path}[${week}]`, value));
}

export function show(json: unknown): string {
  return typeof json === "number" || json === undefined ? String(json) : JSON.stringify(json);
}
