import { describe, expect, it } from "vitest";
import { wordsIn } from "../../i18n/words.fixture.ts";
import { prepareLimitChips } from "./limit-chips.ts";
import { limitDifferences } from "./limit-differences.ts";
import { DEFAULT_LIMITS, type Limits } from "./limits.ts";

const words = wordsIn("en");
const set: Limits = {
  period: "day",
  budget: 100,
  exact: true,
  maxChange: null,
  bounds: [
    { channel: "Search", lower: 1, upper: 2, locked: false, step: 5, minRoas: 2, maxCpa: 9 },
    { channel: "Video", lower: null, upper: null, locked: true },
    { channel: "Radio", lower: null, upper: null, locked: false, fixed: 8 },
  ],
  goal: "conversions",
  target: 20,
  caution: 0.5,
  minRoas: 3,
  maxCpa: 30,
  productWeights: [{ productGroup: "Shoes", weight: 0 }],
  groups: [{ name: "Social", members: ["Video"], min: 1, max: null }],
  capacities: [{ name: "Stock", value: 70, of: { type: "conversions" }, unitsPerConversion: 2 }],
  contacts: [{ name: "Mail", channels: ["Email"], people: 1000, perPersonAndWeek: 2 }],
};

describe("the chips of what is set", () => {
  it("are none for a default plan", () => {
    expect(prepareLimitChips(DEFAULT_LIMITS, words)).toEqual([]);
  });

  it("take off one limit each, until the plan is a default one", () => {
    for (const language of [words, wordsIn("fr")]) {
      let limits = set;
      let taken = 0;
      for (let chips = prepareLimitChips(limits, language); chips[0] !== undefined; ) {
        expect(chips[0].text).not.toMatch(/planner\.|limit\.|\{\{|undefined|null/);
        limits = chips[0].without;
        const left = prepareLimitChips(limits, language);
        expect(left.length).toBe(chips.length - 1);
        chips = left;
        taken++;
      }
      expect(limits).toEqual(DEFAULT_LIMITS);
      expect(taken).toBe(20);
    }
  });

  it("say a group of one as a limit of its channel", () => {
    const group = { name: "largest spend of Display", members: ["Display"], min: null, max: 900 };
    const said = (groups: Limits["groups"]) =>
      prepareLimitChips({ ...DEFAULT_LIMITS, ...(groups && { groups }) }, words).map(({ text }) => text);
    expect(said([group])).toEqual(["Display at most €900 a week"]);
    expect(said([{ ...group, members: ["Display", "Video"] }])).toEqual(["largest spend of Display: Display, Video"]);
  });

  it("tell two plans apart", () => {
    expect(limitDifferences(DEFAULT_LIMITS, { ...DEFAULT_LIMITS, budget: 50 }, words)).toEqual({
      gone: [],
      added: ["Budget €50 a week"],
    });
  });
});
