import { describe, expect, it } from "vitest";
import { needsOfChannels, needsOfTests, orderNeeds } from "./needs.ts";
import { changeOf, expectWeeks, frameWeeks } from "./weeks.ts";

describe("the weeks of a page", () => {
  it("end with the last one that is whole, and begin on Mondays", () => {
    // 2026-11-01 is a Sunday.
    expect(frameWeeks("2026-11-01").last).toBe("2026-10-26");
    expect(frameWeeks("2026-10-31").last).toBe("2026-10-19");
    expect(frameWeeks("2026-11-02").last).toBe("2026-10-26");
    const frame = frameWeeks("2026-10-31");
    expect(frame.mondays).toHaveLength(27);
    expect(frame.mondays.at(-1)).toBe(frame.last);
    // The same weekdays a year ago.
    expect(frame.yearBefore).toEqual({ from: "2025-10-20", to: "2025-10-26" });
  });

  it("are judged by those before them, and a gap is no zero", () => {
    const mondays = Array.from({ length: 12 }, (_, i) => `week ${String(i).padStart(2, "0")}`);
    const amounts = new Map(mondays.map((monday, i) => [monday, String(100 + (i % 3))]));
    expect(changeOf(amounts, mondays, "90")).toMatchObject({ now: "102", before: "101", yearBefore: "90" });
    expect(changeOf(amounts, mondays, null).isUnusual).toBe(false);
    expect(changeOf(amounts.set("week 11", "40"), mondays, null).isUnusual).toBe(true);
    amounts.delete("week 10");
    expect(changeOf(amounts, mondays, null)).toMatchObject({ before: null, expected: null, isUnusual: null });
    expect(expectWeeks([1, 2, 3])).toEqual([null, null, null]);
  });
});

describe("what asks for somebody", () => {
  const test = { channel: "Search", startDate: "2026-10-01", standardError: 0, experimentId: "e" };
  const tests = [
    { ...test, endDate: "2026-10-24" },
    { ...test, endDate: "2026-10-10" },
    { ...test, endDate: "2026-10-10", standardError: 2 },
    { ...test, endDate: "2026-12-01" },
  ];

  it("are tests that end within a week, and those that ended without a result", () => {
    expect(needsOfTests(tests as never, "2026-10-20").map(({ kind }) => kind)).toEqual(["test-ends", "test-result"]);
  });

  it("are channels that spent every week and have gone silent, not those that pause now and then", () => {
    const mondays = ["2026-09-21", "2026-09-28", "2026-10-05", "2026-10-12", "2026-10-19"];
    const row = (channel: string, week: string, lastDay: string) => ({ channel, week, lastDay, spend: "1" });
    const spend = [
      ...mondays.map((week) => row("Search", week, "2026-10-25")),
      ...mondays.map((week) => row("Social", week, "2026-10-21")),
      row("Display", "2026-10-12", "2026-10-14"),
    ];
    expect(needsOfChannels(spend, mondays, "2026-10-25")).toEqual([
      { kind: "silent-channel", channel: "Social", lastDay: "2026-10-21" },
    ]);
  });

  it("comes with what is wrong before what waits", () => {
    const proposal = {
      id: "p",
      name: "n",
      origin: "person" as const,
      proposer: "x",
      movedPerWeek: "1",
      currency: "EUR",
    };
    const ordered = orderNeeds([
      { kind: "rejected", rows: 1, sources: 1 },
      { kind: "proposal", ...proposal },
      { kind: "first-step", step: "spend" },
    ]);
    expect(ordered.map(({ kind }) => kind)).toEqual(["first-step", "proposal", "rejected"]);
  });
});
