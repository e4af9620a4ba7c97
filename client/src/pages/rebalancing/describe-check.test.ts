import { GUARD_NUMBERS, GuardRule, type RebalancingCheck } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { en } from "../../i18n/en.ts";
import { plainSpaces, wordsIn } from "../../i18n/words.fixture.ts";
import { summariseChecks, wordCheck, wordLift } from "./describe-check.ts";

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

  it("has a name, sentences and a way out for every rule, which ask for its own figures alone", () => {
    const sentences: Readonly<Record<GuardRule, Readonly<Record<string, string>>>> = en.rebalancing.found;
    for (const rule of GuardRule.options) {
      expect(en.rebalancing.rule[rule]).toBeTruthy();
      expect(wordLift(check(rule, {}), french)).not.toContain("rebalancing");
      for (const text of Object.values(sentences[rule]))
        for (const [, name = ""] of text.matchAll(/\{\{(\w+)\}\}/g)) expect(GUARD_NUMBERS[rule]).toContain(name);
    }
  });

  it("counts what stopped the run before what changed the plan", () => {
    const [passed, held] = [check("blackout", {}, { outcome: "passed" }), check("cool-down", {}, { outcome: "held" })];
    expect(summariseChecks([passed, passed], english)).toBe("All 2 checks passed.");
    expect(summariseChecks([passed, held], english)).toBe("1 of 2 checks changed the plan.");
    expect(summariseChecks([passed, held, check("blackout", {})], english)).toBe("1 of 3 checks stopped the run.");
    expect(wordLift(passed, english)).toBe("");
  });
});
