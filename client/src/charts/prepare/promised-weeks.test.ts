import type { RebalancingOutcomes } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { preparePromisedWeeks } from "./promised-weeks.ts";

const words = wordsIn("en");
const promised = { gain: 100, low: 20, high: 180 };
const week = (from: string, realised: typeof promised | null, isApproved = true) => ({
  ...{ from, to: from, runId: null, proposalId: from, state: null, promised: isApproved ? promised : null, realised },
  ...{ control: { channels: ["Mail"], spend: "40.00" }, overrides: [] },
});
const outcomes = (more: Partial<RebalancingOutcomes>): RebalancingOutcomes => ({
  ...{ currency: "EUR", weeks: [], earned: { conservative: 0, middle: 0, weeks: 0 }, changes: null, ...more },
});

describe("promised against realised", () => {
  it("is nothing before a plan was approved", () => {
    expect(preparePromisedWeeks(outcomes({}), words)).toBeNull();
    expect(preparePromisedWeeks(outcomes({ weeks: [week("2026-03-02", null, false)] }), words)).toBeNull();
  });

  it("says what can be claimed first, and holds every interval and the zero", () => {
    const weeks = [week("2026-03-02", { gain: 90, low: -60, high: 260 }), week("2026-03-09", null)];
    const earned = { conservative: -60, middle: 90, weeks: 1 };
    const loss = preparePromisedWeeks(outcomes({ weeks, earned }), words)!;
    expect(plainSpaces(plainText(loss.sentence))).toMatch(/^In the worst case €60 lost/);
    expect(loss.domain[0]).toBeLessThanOrEqual(-60);
    expect(loss.domain[1]).toBeGreaterThanOrEqual(260);
    const gain = preparePromisedWeeks(outcomes({ weeks, earned: { ...earned, conservative: 12 } }), words)!;
    expect(plainSpaces(plainText(gain.sentence))).toMatch(/^At least €12 earned in one week/);
    expect(gain.readout(1).lines.at(-1)!.value).toBe("too early to tell");
    expect(gain.table.rows).toHaveLength(2);
    expect(gain.table.rows[1]!.cells.slice(4, 7)).toEqual(Array(3).fill(expect.objectContaining({ value: null })));
  });
});
