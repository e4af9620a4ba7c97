import { type QueryLimits, QuestionTooLarge } from "./query-limits.ts";

/** What the caller can do about a failure of the engine. */
export type EngineErrorKind = "refused" | "retry" | "broken";

/** A failure of ClickHouse, classified once, here. `message` is the engine's own first sentence. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly kind: EngineErrorKind;
  /** ClickHouse's symbolic code, for example `UNKNOWN_TABLE`; empty where there was none. */
  readonly code: string;
  readonly query: string;

  constructor(kind: EngineErrorKind, code: string, query: string, message: string, cause: unknown) {
    super(`${query}: ${message}`, { cause });
    this.kind = kind;
    this.code = code;
    this.query = query;
  }
}

/** The data folder or the server cannot be had. The message is one sentence for a person. */
export class WarehouseUnavailable extends Error {
  override readonly name = "WarehouseUnavailable";
}

const RETRY = new Set([
  "TIMEOUT_EXCEEDED",
  "TOO_MANY_SIMULTANEOUS_QUERIES",
  "NETWORK_ERROR",
  "SOCKET_TIMEOUT",
  "MEMORY_LIMIT_EXCEEDED",
  "TOO_MANY_PARTS",
  "UNFINISHED",
  "ABORTED",
  "QUERY_WAS_CANCELLED",
]);
const BROKEN = new Set([
  "LOGICAL_ERROR",
  "CORRUPTED_DATA",
  "CHECKSUM_DOESNT_MATCH",
  "NOT_ENOUGH_SPACE",
  "CANNOT_WRITE_TO_FILE_DESCRIPTOR",
  "CANNOT_OPEN_FILE",
  "CANNOT_FSYNC",
  "CANNOT_ALLOCATE_MEMORY",
  "TABLE_IS_READ_ONLY",
]);

const LONGEST_MESSAGE = 300;

/** The engine appends the query that it was given, which is ours and tells the reader nothing. */
function firstSentence(message: string): string {
  const [sentence = ""] = message.trim().split(/:?\s+(?:in scope|while executing)\b|\n/i);
  return sentence.trim().slice(0, LONGEST_MESSAGE);
}

function hasText(value: unknown): value is string {
  return typeof value === "string" && value.length > 0;
}

/** @param limits what the question could cost, where there was a limit */
export function classifyEngineError(
  query: string,
  error: unknown,
  limits?: QueryLimits,
): EngineError | QuestionTooLarge {
  if (error instanceof EngineError || error instanceof QuestionTooLarge) return error;
  const raw = error instanceof Error ? error : new Error(String(error));
  const type = (raw as { type?: unknown }).type;
  const systemCode = (raw as { code?: unknown }).code;
  const code = hasText(type) ? type : hasText(systemCode) ? systemCode : "";
  const network = ["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENOTFOUND", "EPIPE"].includes(code);
  const kind: EngineErrorKind = network || RETRY.has(code) ? "retry" : BROKEN.has(code) ? "broken" : "refused";
  const classified = new EngineError(kind, code, query, firstSentence(raw.message), error);
  return (limits === undefined ? null : QuestionTooLarge.of(classified, limits, error)) ?? classified;
}
