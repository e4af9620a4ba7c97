import { describe, expect, it } from "vitest";
import { plainSpaces } from "../i18n/words.fixture.ts";
import { createFormat } from "./format.ts";
import { parseAmount } from "./parse-amount.ts";

const english = createFormat("en", "EUR");
const french = createFormat("fr", "EUR");

describe("money", () => {
  it("is written as each language writes it", () => {
    expect(english.money("1234.5", 2)).toBe("€1,234.50");
    expect(plainSpaces(french.money("1234.5", 2))).toBe("1 234,50 €");
    expect(plainSpaces(french.moneyShort(12_300))).toBe("12,3 k €");
  });

  it("keeps every digit of an amount that a float would lose", () => {
    expect(english.money("9007199254740993.07", 2)).toBe("€9,007,199,254,740,993.07");
  });

  it("carries its sign where it is a change, and none where nothing changed", () => {
    expect(english.moneyChange(1200)).toBe("+€1,200");
    expect(english.moneyChange("-1200.4")).toBe("−€1,200");
    expect(plainSpaces(french.moneyChange(-1200))).toBe("−1 200 €");
    expect(english.moneyChange(0.2)).toBe("€0");
  });
});

describe("a workspace without a currency", () => {
  it("has plain numbers", () => {
    const none = createFormat("en", "");
    expect([none.money(1200), none.moneyChange(1200), none.currencyName, none.currencySymbol]).toEqual([
      "1,200",
      "+1,200",
      "",
      "",
    ]);
  });
});

describe("shares and ratios", () => {
  it("are written as each language writes them", () => {
    expect(english.percentChange(0.0621)).toBe("+6.2%");
    expect(plainSpaces(french.percentChange(-0.0621))).toBe("−6,2 %");
    expect(english.roas(2.4)).toBe("2.40");
    expect(french.roas(2.4)).toBe("2,40");
  });
});

describe("dates", () => {
  it("name the day itself, whatever the reader's time zone", () => {
    expect(english.date("2025-03-01")).toBe("1 Mar 2025");
    expect(plainSpaces(french.date("2025-03-01"))).toBe("1 mars 2025");
    expect(plainSpaces(english.range("2025-10-01", "2025-10-28"))).toMatch(/^1\s?–\s?28 Oct 2025$/);
  });

  it("say how long ago something was", () => {
    const now = new Date("2025-11-20T12:00:00Z");
    expect(english.ago(new Date("2025-11-20T11:48:00Z"), now)).toBe("12 minutes ago");
    expect(french.ago(new Date("2025-11-18T12:00:00Z"), now)).toBe("avant-hier");
    expect(english.ago(new Date("2025-11-20T11:59:50Z"), now)).toBe("this minute");
  });
});

describe("a figure in a field", () => {
  it("is read back as itself in both languages", () => {
    for (const [language, format] of [
      ["en", english],
      ["fr", french],
    ] as const) {
      for (const value of [0, 0.5, 12.34, 1234, 1234.5, 1_234_567.89]) {
        expect(parseAmount(format.typed(value), language)).toEqual({ kind: "ok", value });
      }
    }
  });
});
