import { describe, expect, it } from "vitest";
import { parseAmount, parsePercent } from "./parse-amount.ts";

describe("an amount typed in French", () => {
  it.each([
    ["1 234,50", 1234.5],
    ["1 234,50 €", 1234.5],
    ["1\u202f234,50\u00a0€", 1234.5],
    ["1234,5", 1234.5],
    ["1234.5", 1234.5],
    ["1.234,50", 1234.5],
    ["12,5", 12.5],
    ["1.234", 1234],
    ["0", 0],
    [",5", 0.5],
    ["30000", 30000],
  ])("%s is %d", (typed, value) => {
    expect(parseAmount(typed, "fr")).toEqual({ kind: "ok", value });
  });
});

describe("an amount typed in English", () => {
  it.each([
    ["1,234.50", 1234.5],
    ["€1,234", 1234],
    ["1,234", 1234],
    ["1,234,567", 1234567],
    ["1'234.50", 1234.5],
    ["12,5", 12.5],
    ["1234.5 EUR", 1234.5],
    [".75", 0.75],
  ])("%s is %d", (typed, value) => {
    expect(parseAmount(typed, "en")).toEqual({ kind: "ok", value });
  });
});

describe("what cannot be an amount", () => {
  it.each(["abc", "12a", "1.2.3", "1,23,4", "€", ",", "1e5", "--", "1,234.5.6"])("%s is refused", (typed) => {
    expect(parseAmount(typed, "en")).toEqual({ kind: "rejected", reason: "notANumber" });
  });

  it("is told apart: negative, too precise, too large, or nothing at all", () => {
    expect(parseAmount("-5", "en")).toEqual({ kind: "rejected", reason: "negative" });
    expect(parseAmount("−5,00", "fr")).toEqual({ kind: "rejected", reason: "negative" });
    expect(parseAmount("1.2345", "en")).toEqual({ kind: "rejected", reason: "tooManyDecimals" });
    expect(parseAmount("9999999999999", "en")).toEqual({ kind: "rejected", reason: "tooLarge" });
    expect(parseAmount("  ", "en")).toEqual({ kind: "empty" });
  });

  it("never shrinks a thousand to one: a mark with three digits behind it is thousands or refused", () => {
    expect(parseAmount("1,234", "fr")).toEqual({ kind: "rejected", reason: "tooManyDecimals" });
    expect(parseAmount("1.234", "en")).toEqual({ kind: "rejected", reason: "tooManyDecimals" });
  });
});

describe("a percentage", () => {
  it("is read as a share, with or without its sign", () => {
    expect(parsePercent("20", "en")).toEqual({ kind: "ok", value: 0.2 });
    expect(parsePercent("12,5 %", "fr")).toEqual({ kind: "ok", value: 0.125 });
    expect(parsePercent("", "fr")).toEqual({ kind: "empty" });
  });

  it("stays within what a plan accepts", () => {
    expect(parsePercent("1000", "en")).toEqual({ kind: "ok", value: 10 });
    expect(parsePercent("1001", "en")).toEqual({ kind: "rejected", reason: "tooLarge" });
  });
});
