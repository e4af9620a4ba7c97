import type { Plan, Proposal } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { plainText } from "../../i18n/words.ts";
import { DEFAULT_LIMITS } from "../planner/limits.ts";
import { countStates, prepareLines, wordAskedFor, wordPolicy, wordProposal } from "./describe-proposals.ts";

const en = wordsIn("en");
const goal: Plan["expected"]["goal"] = {
  goal: "revenue",
  value: 30_000,
  valueAtCurrent: 29_000,
  probabilityOfGain: 0.9,
  interval: { level: 0.9, low: -200, high: 2_000 },
};
const expected: Plan["expected"] = {
  ...{ revenue: 30_000, revenueAtCurrent: 29_000, interval: null, probabilityOfGain: null, goal },
};
const plan = { period: "week", budget: "5000.00", expected } as Plan;
const proposal = (more: Partial<Proposal> = {}): Proposal => ({
  ...{ id: "1", name: "Week 48", state: "proposed", note: "", decision: null, plan, expected, input: DEFAULT_LIMITS },
  ...{ proposedBy: { id: "a", name: "Ann" }, proposedAt: "2026-11-02T09:00:00.000Z", currency: "EUR" },
  ...{ movedPerWeek: "1200.00", period: "week", budget: "5000.00", needsSecondPerson: false, whyNotApprove: null },
  ...{
    origin: "person",
    originId: null,
    expiresAt: null,
    decidedSplit: null,
    decidedPlan: null,
    broken: [],
    comments: 0,
  },
  ...more,
});
const decided = proposal({
  ...{ id: "2", state: "rejected", movedPerWeek: "90000.00" },
  decision: { by: { id: "b", name: "Ben" }, at: "2026-11-03T09:00:00.000Z", remark: "too early" },
});
const say = (text: string) => plainSpaces(plainText(text));

describe("the list of proposals", () => {
  it("counts by state, and shows the chosen one with who decided or what it waits for", () => {
    const list = [proposal(), proposal({ needsSecondPerson: true }), decided];
    expect(countStates(list)).toMatchObject({
      proposed: 2,
      approved: 0,
      rejected: 1,
      withdrawn: 0,
      expired: 0,
      all: 3,
    });
    expect(prepareLines(list, "proposed", "UTC", en).map((line) => line.decided)).toEqual([
      "Waits for a decision.",
      "Waits for a second person.",
    ]);
    const [line] = prepareLines(list, "rejected", "UTC", en);
    expect(line).toMatchObject({ decided: "Ben, 3 Nov 2026, 09:00", remark: "too early", gain: "+€1,000" });
    expect(say(line!.interval!)).toBe("−€200 to +€2,000");
    const [daily] = prepareLines([proposal({ period: "day" })], "all", "UTC", en);
    expect(daily!.gain).toBe("+€7,000");
    expect(prepareLines(list, "all", "UTC", en)).toHaveLength(3);
  });

  it("says the policy in words", () => {
    expect(wordPolicy({ secondPersonAbove: null, requireSecondFactor: false }, en)).toMatch(/^One person is enough/);
    expect(say(wordPolicy({ secondPersonAbove: 5_000, requireSecondFactor: true }, en))).toMatch(
      /more than €5,000 a week/,
    );
  });
});

describe("one proposal", () => {
  it("says what a week of it moves and brings, whatever its period", () => {
    expect(say(wordProposal(proposal(), "UTC", en))).toBe(
      "Ann proposes to move €1,200 a week, which should bring €1,000 more credited revenue.",
    );
    const daily = proposal({ plan: { ...plan, period: "day" } });
    expect(say(wordProposal(daily, "UTC", en))).toContain("€7,000 more credited revenue");
    const loss = { ...expected, goal: { ...goal, value: 28_000 } };
    expect(say(wordProposal(proposal({ plan: { ...plan, expected: loss } }), "UTC", en))).toContain(
      "which would cost €1,000 of credited revenue",
    );
    expect(wordProposal(proposal({ movedPerWeek: "0.00" }), "UTC", en)).toMatch(/leave the budget as it is/);
    expect(wordProposal(decided, "UTC", en)).toBe("Rejected by Ben on 3 Nov 2026, 09:00.");
  });

  it("names every limit that it stands on, those of an empty form too", () => {
    expect(wordAskedFor(proposal(), en).map(say)).toEqual([
      "Spend as today: €5,000 a week at most.",
      "No channel moves by more than 20%.",
    ]);
    const bounds = [{ channel: "Search", lower: 500, upper: null, locked: false }];
    const input = { ...DEFAULT_LIMITS, budget: 4_000, maxChange: 0.5, bounds };
    const asked = wordAskedFor(proposal({ input }), en).map(say);
    expect(asked).toHaveLength(3);
    expect(asked.join(" ")).toMatch(/4,000.*50%.*Search/);
  });
});
