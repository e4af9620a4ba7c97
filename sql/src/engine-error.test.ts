import { describe, expect, test } from "vitest";
import { classifyEngineError } from "./engine-error.ts";

describe("a failure of the engine is told in its own first sentence, without the query", () => {
  const messages: [string, string][] = [
    [
      "Decimal convert overflow. Cannot convert infinity or NaN to decimal: In scope SELECT secret FROM t.",
      "Decimal convert overflow. Cannot convert infinity or NaN to decimal",
    ],
    ["Unknown expression identifier `x` in scope SELECT x FROM t.", "Unknown expression identifier `x`"],
    ["Value passed is non-zero: while executing 'FUNCTION throwIf(a)'.", "Value passed is non-zero"],
    ["Cannot parse input: (at row 2)\n: While executing ParallelParsing", "Cannot parse input: (at row 2)"],
    [
      "Syntax error: failed at position 25: 1 FROM a \nFORMAT JSON. Expected",
      "Syntax error: failed at position 25: 1 FROM a",
    ],
    ["Table default.nowhere does not exist", "Table default.nowhere does not exist"],
  ];
  test.each(messages)("%s", (message, sentence) => {
    expect(classifyEngineError("ask", new Error(message)).message).toBe(`ask: ${sentence}`);
  });

  test("a sentence without an end is cut", () => {
    expect(classifyEngineError("ask", new Error("x".repeat(5000))).message).toBe(`ask: ${"x".repeat(300)}`);
  });
});
