import { describe, expect, test } from "vitest";
import { classifyEngineError, WarehouseAway } from "./engine-error.ts";

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

describe("rows are not blamed for what the network or the disk did", () => {
  const faults: [string, Error, string][] = [
    ["a server that keeps silent", new Error("Timeout error."), "retry"],
    ["a connection that ends", new Error("socket hang up"), "retry"],
    ["a host that is gone", Object.assign(new Error("connect EHOSTUNREACH"), { code: "EHOSTUNREACH" }), "retry"],
    [
      "a disk that is full",
      Object.assign(new Error("write: No space left on device"), { type: "STD_EXCEPTION" }),
      "broken",
    ],
    ["a value that is wrong", Object.assign(new Error("Cannot parse"), { type: "CANNOT_PARSE_TEXT" }), "refused"],
  ];
  test.each(faults)("%s", (_name, error, kind) => {
    expect(classifyEngineError("ask", error)).toMatchObject({ kind });
  });

  test("a server that does not answer is told as one, whatever it was asked", () => {
    const away = new WarehouseAway(new Date("2026-11-02T14:05:30Z"), undefined);
    expect(away.message).toContain("has not answered since 2026-11-02 14:05 UTC");
    expect(away.kind).toBe("retry");
  });
});
