/** What a file calls its limits, by kind and subject. */
export type LimitNames = Readonly<Record<string, string>>;

/** A limit without its number: what a name belongs to. */
export interface LimitSubject {
  readonly type: string;
  readonly channel?: string;
  readonly group?: string;
  readonly name?: string;
  readonly members?: readonly string[];
  /** From 0 */
  readonly week?: number;
}

export function limitKey(limit: LimitSubject): string {
  return `${limit.type}: ${subjectOf(limit)}`;
}

function subjectOf({ channel, group, name, members }: LimitSubject): string {
  return channel ?? group ?? name ?? members?.join(", ") ?? "";
}

/** The name that the file gave a limit, or else what it is about. */
export function nameOfLimit(names: LimitNames, limit: LimitSubject): string {
  const key = limitKey(limit);
  const given = Object.hasOwn(names, key) ? names[key] : (limit.group ?? limit.name);
  return given ?? (subjectOf(limit) === "" ? limit.type : key);
}
