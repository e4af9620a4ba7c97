import { GUARD_NUMBERS, GuardRule, type RebalancingCheck } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { en } from "../../i18n/en.ts";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { wordCheck } from "./describe-check.ts";
import { summariseChecks, wordLift } from "./describe-checks.ts";

const check = (rule: GuardRule, numbers: RebalancingCheck["numbers"], more: Partial<RebalancingCheck> = {}) => ({
  ...{ rule, channel: null, outcome: "blocked" as const, numbers, text: "as the server says it", lift: "as it says" },
  ...more,
});
const [english, french] = [wordsIn("en"), wordsIn("fr")];
const say = (each: RebalancingCheck, words = english) => plainSpaces(wordCheck(each, "Europe/Paris", words));

describe("a check in words", () => {
  it("prints its figures as what they are, in the reader's language", () => {
    const moved = check("total-moved", { says: "fine", moved: 0.042, limit: 0.1 });
    expect(say(moved)).toBe("4.2% of the budget move; 10.0% are allowed.");
    expect(say(moved, french)).toBe("4,2 % du budget bougent ; 10,0 % sont admis.");
    const stale = check("stale-source", {
      ...{ says: "stale", source: "", kind: "conversions", hours: 533.4, limitHours: 72, newest: "2026-10-31" },
    });
    expect(say(stale)).toBe(
      "Conversions: a source without a name has said nothing for 533 hours; 72 are allowed. Newest: 31 Oct 2026.",
    );
  });

  it("keeps the server's English where it has no sentence, or lacks a figure of it", () => {
    expect(say(check("blackout", { says: "something new" }), french)).toBe("as the server says it");
    expect(say(check("total-moved", { says: "fine", moved: 0.1 }))).toBe("as the server says it");
  });

  it("has a name, sentences and ways out for every rule, which ask for its own figures alone", () => {
    type Texts = Partial<Readonly<Record<GuardRule, Readonly<Record<string, string>>>>>;
    const [sentences, lifts]: readonly [Texts, Texts] = [en.rebalancing.found, en.review.lift];
    for (const rule of GuardRule.options) {
      expect(en.rebalancing.rule[rule]).toBeTruthy();
      const [found, lift] = [sentences[rule] ?? {}, lifts[rule] ?? {}];
      expect(found.fine ?? found.off).toBeTruthy();
      expect(Object.keys(found)).toEqual(expect.arrayContaining(Object.keys(lift)));
      for (const text of [...Object.values(found), ...Object.values(lift)])
        for (const [, name = ""] of text.matchAll(/\{\{(\w+)\}\}/g)) expect(GUARD_NUMBERS[rule]).toContain(name);
    }
  });

  it("says what would lift it in the reader's language, with its figures", () => {
    const blackout = check("blackout", { says: "blackout", day: "2026-11-25", from: "2026-11-20", to: "2026-11-30" });
    const lift = (each: RebalancingCheck, words = english) => plainSpaces(wordLift(each, "Europe/Paris", words));
    expect(lift(blackout)).toBe("It ends after 30 Nov 2026, or when the blackout is removed from the settings.");
    expect(lift(blackout, french)).toBe(
      "Il se termine après le 30 nov. 2026, ou quand le gel est retiré des réglages.",
    );
    expect(lift(check("blackout", { says: "something new" }), french)).toBe("as it says");
    expect(lift(check("blackout", { says: "fine" }, { outcome: "passed" }))).toBe("");
  });

  it("counts what stopped the run before what changed the plan", () => {
    const [passed, held] = [check("blackout", {}, { outcome: "passed" }), check("cool-down", {}, { outcome: "held" })];
    expect(summariseChecks([passed, passed], english)).toBe("All 2 checks passed.");
    expect(summariseChecks([passed, held], english)).toBe("1 of 2 checks changed the plan.");
    expect(summariseChecks([passed, held, check("blackout", {})], english)).toBe("1 of 3 checks stopped the run.");
  });
});
