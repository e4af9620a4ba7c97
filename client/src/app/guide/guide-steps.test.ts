import type { GuideState } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { isReady, prepareSteps } from "./guide-steps.ts";

const empty: GuideState = {
  ...{ touchpoints: false, spend: false, conversions: false, channels: 0 },
  ...{ hasChannelRules: false, hasRun: false, hasPlan: false, members: 1 },
};
const done = (state: Partial<GuideState>, hasLooked = false) =>
  prepareSteps({ ...empty, ...state }, hasLooked).flatMap(({ name, isDone }) => (isDone ? [name] : []));

describe("the first steps", () => {
  it("begin with nothing done", () => {
    expect(done({})).toEqual([]);
    expect(done({}, true)).toEqual([]);
  });

  it("count data once all three kinds are in", () => {
    expect(done({ touchpoints: true, spend: true })).toEqual([]);
    expect(done({ touchpoints: true, spend: true, conversions: true })).toEqual(["data"]);
  });

  it("count channels that have rules of their own, or whose rules were looked at", () => {
    expect(done({ hasChannelRules: true })).toEqual(["channels"]);
    expect(done({ channels: 7 }, true)).toEqual(["channels"]);
  });

  it("end with a first plan, for one person too", () => {
    const state = { ...empty, touchpoints: true, spend: true, conversions: true, hasRun: true };
    expect(isReady(prepareSteps(state, false))).toBe(false);
    expect(isReady(prepareSteps({ ...state, hasPlan: true }, false))).toBe(true);
  });
});
