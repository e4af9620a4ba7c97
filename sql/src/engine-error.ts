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

/**
 * The ClickHouse server does not answer, or its answer was lost: what was asked may have happened. The message is one sentence for a
 * person.
 */
export class WarehouseAway extends EngineError {
  constructor(since: Date, cause: unknown) {
    super("retry", "WAREHOUSE_AWAY", "", "", cause);
    this.message = `the ClickHouse server has not answered since ${since.toISOString().slice(0, 16).replace("T", " ")} UTC: what is stored is safe, and this works again as soon as the server answers`;
  }
}

/** What Node and the client say of a connection; whatever ClickHouse refuses comes with a code of its own. */
const CONNECTION_FAILED =
  /^(Timeout error\.|socket hang up|Socket is closed|aborted|Failed to (connect|ping)|The (user aborted|request was aborted)|Client network socket|read E|write E|connect E)/;
const NO_ROOM = /No space left|Disk quota exceeded|File too large/;

/** True where no answer of the server came, whatever became of the command. */
export function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { type, syscall, code } = error as { type?: unknown; syscall?: unknown; code?: unknown };
  if (hasText(type)) return false; // ClickHouse has spoken.
  return (hasText(syscall) && hasText(code)) || SOCKET_CODES.has(String(code)) || CONNECTION_FAILED.test(error.message);
}

const SOCKET_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ERR_STREAM_PREMATURE_CLOSE",
]);

const RETRY = new Set([
  "TIMEOUT_EXCEEDED",
  "TOO_MANY_SIMULTANEOUS_QUERIES",
  "NETWORK_ERROR",
  "ALL_CONNECTION_TRIES_FAILED",
  "ATTEMPT_TO_READ_AFTER_EOF",
  "CANNOT_READ_FROM_SOCKET",
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

/** What is called refused is blamed on the rows: whatever can be the machine's or the network's fault must not be. */
function kindOf(error: Error, code: string): EngineErrorKind {
  if (isConnectionFailure(error) || RETRY.has(code)) return "retry";
  return BROKEN.has(code) || NO_ROOM.test(error.message) ? "broken" : "refused";
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
  const kind = kindOf(raw, code);
  const classified = new EngineError(kind, code, query, firstSentence(raw.message), error);
  return (limits === undefined ? null : QuestionTooLarge.of(classified, limits, error)) ?? classified;
}
