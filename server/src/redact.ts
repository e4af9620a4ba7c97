import { REDACTED, redactText } from "./redact-text.ts";

const MOST_LEVELS = 8;
const MOST_ENTRIES = 100;

/** Compared without case, dashes and the like. */
const SECRET_PARTS =
  /pass(word|wd|phrase)|token|cookie|authorization|secret|credential|apikey|otp|sparecode|backupcode|signature/;
const SECRET_ENDS = /(^|[a-z])(key|keys|code|codes|uri|pwd|pass)$/;
const SECRET_NAMES = new Set(["params", "parameters", "session", "salt", "hash", "sig"]);

/** True for names of fields whose values are written nowhere, whatever they are. */
export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return SECRET_PARTS.test(plain) || SECRET_ENDS.test(plain) || SECRET_NAMES.has(plain);
}

/** Codes of the system and of databases, and none that somebody signs in with: ECONNREFUSED, UNKNOWN_TABLE, 23505, 42P01. */
const FAILURE_CODE = /^E[A-Z]{2,20}$|^[A-Z]+(_[A-Z0-9]+)+$|^[0-9A-Z]{5}$/;

function describeError(error: Error, seen: ReadonlySet<object>): Record<string, unknown> {
  const { code } = error as { code?: unknown };
  const described: Record<string, unknown> = {
    type: redactText(String(error.name)),
    message: redactText(String(error.message)),
    stack: redactText(String(error.stack ?? "")),
    ...(typeof code === "string" && FAILURE_CODE.test(code) ? { reason: code } : {}),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause, "cause", seen) }),
    ...(error instanceof AggregateError ? { errors: describe(error.errors, "errors", seen) } : {}),
  };
  for (const [name, value] of entriesOf(error)) {
    if (!(name in described) && name !== "code") described[name] = describe(value, name, seen);
  }
  return described;
}

/** Fields of an object; one whose getter throws is left out. */
function entriesOf(value: object): [string, unknown][] {
  return Object.keys(value)
    .slice(0, MOST_ENTRIES)
    .flatMap((name): [string, unknown][] => {
      try {
        return [[name, (value as Record<string, unknown>)[name]]];
      } catch {
        return [];
      }
    });
}

/** Headers as Node gives them raw: a name, its value, the next name. */
function describeList(list: readonly unknown[], seen: ReadonlySet<object>): unknown[] {
  return list.slice(0, MOST_ENTRIES).map((value, i) => {
    const before = list[i - 1];
    const isSecret = typeof value === "string" && typeof before === "string" && isSecretName(before);
    return isSecret ? REDACTED : describe(value, "", seen);
  });
}

function describeObject(value: object, seen: ReadonlySet<object>): unknown {
  if (value instanceof Error) return describeError(value, seen);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof URL || value instanceof URLSearchParams) return redactText(`?${value}`).slice(1);
  if (value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return describeList(value, seen);
  if (value instanceof Set) return describeList([...value], seen);
  const isListed = value instanceof Map || value instanceof Headers;
  const entries = isListed ? [...value].map(([name, of]): [string, unknown] => [String(name), of]) : entriesOf(value);
  return Object.fromEntries(
    entries.slice(0, MOST_ENTRIES).map(([name, of]) => [redactText(name), describe(of, name, seen)]),
  );
}

function describe(value: unknown, name: string, seen: ReadonlySet<object>): unknown {
  if (value === null || value === undefined) return value;
  if (isSecretName(name)) return REDACTED;
  switch (typeof value) {
    case "string":
      return redactText(value);
    case "number":
    case "boolean":
      return value;
    case "bigint":
      return String(value);
    case "object":
      if (seen.has(value)) return "[circular]";
      if (seen.size >= MOST_LEVELS) return "[deeper]";
      return describeObject(value, new Set(seen).add(value));
    default:
      return `[${typeof value}]`;
  }
}

/**
 * Any value as plain data that can be written down: secrets are taken out by the names of fields, at any depth, and by the looks of texts.
 * Law: what comes out is never changed by taking it through again.
 */
export function redact(value: unknown): unknown {
  return describe(value, "", new Set());
}
