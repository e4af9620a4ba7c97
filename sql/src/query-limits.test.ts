import { expect, test } from "vitest";
import { classifyEngineError } from "./engine-error.ts";
import { PAGE_LIMITS, QuestionTooLarge, withLimits } from "./query-limits.ts";

const endOf = (sql: string) => withLimits(sql, PAGE_LIMITS).slice(sql.length, sql.length + 40);

test("limits stand at the end of a question, in the clause that it has there already", () => {
  expect(endOf("SELECT 1")).toMatch(/^ SETTINGS max_execution_time = /);
  expect(endOf("SELECT 1 SETTINGS max_threads = 1")).toMatch(/^, max_execution_time = /);
  expect(endOf("SELECT a FROM (SELECT 1 AS a SETTINGS max_threads = 1)")).toMatch(/^ SETTINGS /);
  expect(endOf("SELECT a FROM (SELECT 1 AS a SETTINGS x = 1) GROUP BY a")).toMatch(/^ SETTINGS /);
  expect(withLimits("SELECT 1  \n", PAGE_LIMITS)).toMatch(/^SELECT 1 SETTINGS/);
});

const failed = (type: string, message: string) => Object.assign(new Error(message), { type });

test.each([
  ["TIMEOUT_EXCEEDED", "Timeout exceeded: elapsed 60001 ms, maximum: 60000 ms.", /took longer than 120 seconds/],
  ["MEMORY_LIMIT_EXCEEDED", "Query memory limit exceeded: would use 4.1 GiB", /needed more than 4 GB of memory/],
  ["TOO_MANY_ROWS", "Limit for rows exceeded", /read more than 1,000,000,000 rows/],
  ["TOO_MANY_BYTES", "Limit for rows or bytes to read exceeded", /read more than 100 GB/],
  ["TOO_MANY_ROWS_OR_BYTES", "Limit for result exceeded", /more than 5,000,000 rows in its answer/],
])("%s of a limited question is one sentence: which limit, and what to do", (type, message, sentence) => {
  const error = classifyEngineError("daily-spend", failed(type, message), PAGE_LIMITS);
  expect(error).toBeInstanceOf(QuestionTooLarge);
  expect(error.message).toMatch(sentence);
  expect(error.message).toMatch(/daily-spend.*choose a shorter range of days/);
  // Without limits the same failure is the engine's own.
  expect(classifyEngineError("daily-spend", failed(type, message))).not.toBeInstanceOf(QuestionTooLarge);
});

test("a failure that is no limit of the question stays what it is", () => {
  const full = failed("MEMORY_LIMIT_EXCEEDED", "(total) memory limit exceeded: would use 20 GiB");
  expect(classifyEngineError("ask", full, PAGE_LIMITS)).toMatchObject({ name: "EngineError", kind: "retry" });
  const unknown = failed("UNKNOWN_TABLE", "Table x does not exist");
  expect(classifyEngineError("ask", unknown, PAGE_LIMITS)).toMatchObject({ name: "EngineError", kind: "refused" });
});
