/** What one question may cost. */
export interface QueryLimits {
  readonly seconds: number;
  readonly memoryBytes: number;
  readonly readRows: number;
  readonly readBytes: number;
  readonly resultRows: number;
}

const GB = 1024 ** 3;

/**
 * What a question of a page may cost. On the simulated year (2 million touchpoints) the longest takes 2.2 s on two cores, the largest
 * answer has 79,668 rows, and all of them pass with 250 MB. Commands of the command line, and runs, which can be watched and stopped,
 * have no limits.
 */
export const PAGE_LIMITS: QueryLimits = {
  seconds: 120,
  memoryBytes: 4 * GB,
  readRows: 1_000_000_000,
  readBytes: 100 * GB,
  resultRows: 5_000_000,
};

/** At the end of a text, outside of every parenthesis: what stands further inside belongs to a part of the question. */
const OWN_SETTINGS = /\bSETTINGS\s[^()]*$/i;

/**
 * The question with its limits in its own SETTINGS clause, which ends with it: embedded connections would keep anything else. The modes
 * are said as well, so that no server's defaults cut an answer short without a word.
 */
export function withLimits(sql: string, limits: QueryLimits): string {
  const settings = {
    max_execution_time: limits.seconds,
    max_memory_usage: limits.memoryBytes,
    max_rows_to_read: limits.readRows,
    max_bytes_to_read: limits.readBytes,
    max_result_rows: limits.resultRows,
    timeout_overflow_mode: "'throw'",
    read_overflow_mode: "'throw'",
    result_overflow_mode: "'throw'",
  };
  const text = Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");
  const question = sql.trimEnd();
  return OWN_SETTINGS.test(question) ? `${question}, ${text}` : `${question} SETTINGS ${text}`;
}

const counted = (value: number): string => value.toLocaleString("en-US");

/** Which limit a failure of the engine speaks of, in words; null where it is another failure. */
function limitInWords(code: string, message: string, limits: QueryLimits): string | null {
  switch (code) {
    case "TIMEOUT_EXCEEDED":
    case "TOO_SLOW":
      return `took longer than ${counted(limits.seconds)} seconds`;
    case "MEMORY_LIMIT_EXCEEDED":
      // Without "Query" it is the whole engine that is full, and the same question may pass later.
      return /query/i.test(message) ? `needed more than ${counted(limits.memoryBytes / GB)} GB of memory` : null;
    case "TOO_MANY_ROWS":
      return `would have read more than ${counted(limits.readRows)} rows`;
    case "TOO_MANY_BYTES":
      return `would have read more than ${counted(limits.readBytes / GB)} GB`;
    case "TOO_MANY_ROWS_OR_BYTES":
      return `had more than ${counted(limits.resultRows)} rows in its answer`;
    default:
      return null;
  }
}

/** A question of a page that costs more than one may. The message is one sentence for the person who asked. */
export class QuestionTooLarge extends Error {
  override readonly name = "QuestionTooLarge";

  private constructor(query: string, limit: string, cause: unknown) {
    super(
      `this question (${query}) ${limit}, which is the limit for a page, and was stopped: choose a shorter range of days, or ask on the command line, where there is no such limit`,
      { cause },
    );
  }

  /** Null where the failure is not one of these limits. */
  static of(
    { query, code, message }: { readonly query: string; readonly code: string; readonly message: string },
    limits: QueryLimits,
    cause: unknown,
  ): QuestionTooLarge | null {
    const limit = limitInWords(code, message, limits);
    return limit === null ? null : new QuestionTooLarge(query, limit, cause);
  }
}
