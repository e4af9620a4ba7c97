import { describe, expect, it } from "vitest";
import type { RebalancingCheck, RebalancingStepRecord } from "../../contract/index.ts";
import { endingOf } from "./run-ending.ts";
import { WAITING } from "./run-log.ts";

const check = (
  rule: RebalancingCheck["rule"],
  outcome: RebalancingCheck["outcome"],
  channel: string | null = null,
) => ({
  ...{ rule, channel, outcome, numbers: { says: "fine" }, text: "", lift: "" },
});
const steps = (step: RebalancingStepRecord["step"], change: Partial<RebalancingStepRecord>) =>
  WAITING.map((each) => (each.step === step ? { ...each, ...change } : each));
const run = { steps: WAITING, checks: [], plan: null, cancelledBy: null } as const;

describe("what ended a run", () => {
  it("is the first rule that stopped it, and not one that held a channel", () => {
    const held = check("cool-down", "held", "Search");
    const checks = [
      check("blackout", "passed"),
      held,
      check("stale-source", "blocked"),
      check("total-moved", "blocked"),
    ];
    expect(endingOf({ ...run, state: "blocked", checks })).toEqual({ code: "check", check: checks[2] });
    expect(endingOf({ ...run, state: "blocked", checks: [held] })).toEqual({ code: "impossible" });
    expect(endingOf({ ...run, state: "nothing", checks: [held] })).toEqual({ code: "none-better" });
    expect(endingOf({ ...run, state: "nothing", checks: [held, check("within-noise", "held")] })).toMatchObject({
      ...{ code: "check", check: { rule: "within-noise" } },
    });
  });

  it("is the approved plan that it repeats, unless nothing was to be moved", () => {
    const facts = {
      isSame: true,
      movedPerWeek: 120,
      standing: "Weekly plan of 2026-11-09",
      standingSince: "2026-11-10",
    };
    const known = { ...facts, standingOrigin: "rebalancing" };
    const standing = { code: "standing", name: "Weekly plan of 2026-11-09" };
    const ending = (each: RebalancingStepRecord["facts"]) =>
      endingOf({ ...run, state: "nothing", steps: steps("compare", { facts: each }) });
    expect(ending(known)).toEqual({ ...standing, origin: "rebalancing", since: "2026-11-10" });
    // As runs were written down before.
    expect(ending({ ...facts, standingSince: null })).toEqual({ ...standing, origin: null, since: null });
    expect(ending({ ...known, movedPerWeek: 0 })).toEqual({ code: "none-better" });
  });

  it("is the step that failed, or that nobody went on", () => {
    expect(endingOf({ ...run, state: "failed", steps: steps("refit", { state: "failed" }) })).toEqual({
      ...{ code: "failed", step: "refit" },
    });
    expect(endingOf({ ...run, state: "failed", steps: steps("refit", { state: "underway" }) })).toEqual({
      code: "left",
    });
    expect(endingOf({ ...run, state: "underway" })).toBeNull();
  });
});
