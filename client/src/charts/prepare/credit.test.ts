import type { ModelComparison } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { writeComparisonHeadline } from "./model-headline.ts";
import { prepareModelTable } from "./model-table.ts";
import { comparison } from "./shop.fixture.ts";
import { spreadLabels } from "./spread-labels.ts";

const words = wordsIn("en");

function readPrinted(text: string): number {
  return Number(text.replaceAll(",", "").replace("−", "-"));
}

describe("models side by side", () => {
  const table = prepareModelTable(comparison, "revenue", "markov", new Map(), words);

  it("shows every column adding up to its total", () => {
    table.models.forEach((_, index) => {
      const sum = [...table.rows, table.noTouch].reduce(
        (total, row) => total + readPrinted(row.cells[index]?.value ?? ""),
        0,
      );
      expect(sum).toBe(readPrinted(table.totals[index] ?? ""));
    });
  });

  it("shows what a model moves against last touch in money, as the difference of the figures shown", () => {
    const last = table.models.findIndex((model) => model.isReference);
    const markov = table.models.findIndex((model) => model.name === "markov");
    for (const row of table.rows) {
      const moved = readPrinted(row.cells[markov]?.value ?? "") - readPrinted(row.cells[last]?.value ?? "");
      expect(readPrinted(row.cells[markov]?.shift ?? "")).toBe(moved);
      expect(row.cells[last]?.shift).toBeNull();
    }
    expect(table.noTouch.cells.every((cell) => cell.shift === null)).toBe(true);
  });

  it("says that every model adds up to the books, and names the one that does not", () => {
    expect(table.reconciliation).toBe("Every model adds up to what was booked: €1,000.01 and 10 conversions.");
    const broken: ModelComparison = {
      ...comparison,
      models: comparison.models.map((model) =>
        model.model === "last" ? { ...model, noTouch: { conversions: "2", revenue: "216.35" } } : model,
      ),
    };
    const off = prepareModelTable(broken, "revenue", "markov", new Map(), words);
    expect(off.reconciles).toBe(false);
    expect(off.reconciliation).toContain("Last touch does not add up");
  });

  it("answers first: who gains and who loses when the model changes", () => {
    expect(plainText(writeComparisonHeadline(comparison, "markov", words))).toBe(
      "Against last touch, Markov gives Email €150 more and Search €150 less.",
    );
    expect(plainText(writeComparisonHeadline(comparison, "last", words))).toContain(
      "Last touch gives Search most: €600",
    );
    expect(writeComparisonHeadline({ ...comparison, models: [] }, "markov", words)).toContain("No channel");
  });
});

describe("labels beside a chart", () => {
  it("never overlap while there is room, keep their order and stay inside", () => {
    let state = 5;
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    let checked = 0;
    for (let round = 0; round < 200; round++) {
      const wishes = Array.from({ length: 1 + Math.floor(next() * 12) }, () => next() * 300);
      const placed = spreadLabels(wishes, 16, 0, 300);
      const order = wishes.map((_, index) => index).sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0) || a - b);
      order.forEach((index, rank) => {
        const here = placed[index] ?? Number.NaN;
        expect(here).toBeGreaterThanOrEqual(-1e-9);
        expect(here).toBeLessThanOrEqual(300 + 1e-9);
        const before = order[rank - 1];
        if (before !== undefined) expect(here - (placed[before] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-9);
        checked++;
      });
    }
    expect(checked).toBeGreaterThan(500);
  });

  it("do not move when they are far enough apart", () => {
    expect(spreadLabels([200, 20, 100], 16, 0, 300)).toEqual([200, 20, 100]);
  });

  it("share the room evenly when there is too little of it", () => {
    expect(spreadLabels([5, 5, 5], 16, 0, 20)).toEqual([0, 10, 20]);
  });
});
