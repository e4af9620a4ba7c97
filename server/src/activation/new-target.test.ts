import type { Curve } from "@touchline/solver";
import { describe, expect, it } from "vitest";
import { CampaignSettings } from "../contract/index.ts";
import { targetFor } from "./new-target.ts";

const root: Curve = { type: "power", a: 40, p: 0.5 };
const settings = (change: object) => CampaignSettings.parse({ channel: "Search", campaign: "brand", ...change });

describe("the target of a bid strategy for another spend", () => {
  const roas = settings({ bidStrategy: "target-roas", target: 4 });
  const cpa = settings({ bidStrategy: "target-cpa", target: 20 });

  it("moves as the average return along the curve", () => {
    // Of a square root the average falls with the root: four times the spend has half the average.
    expect(targetFor(roas, root, { from: 25, to: 100 })).toEqual({ kind: "roas", from: 4, to: 2 });
    expect(targetFor(cpa, root, { from: 25, to: 100 })).toEqual({ kind: "cpa", from: 20, to: 40 });
    expect(targetFor(roas, root, { from: 100, to: 25 })).toEqual({ kind: "roas", from: 4, to: 8 });
  });

  it("stays where every unit brings the same", () => {
    expect(targetFor(roas, { type: "power", a: 3, p: 1 }, { from: 25, to: 50 })).toEqual({
      kind: "roas",
      from: 4,
      to: 4,
    });
  });

  it("is none without a strategy, a target, a curve or a change", () => {
    expect(targetFor(settings({}), root, { from: 25, to: 50 })).toBeNull();
    expect(targetFor(settings({ bidStrategy: "target-cpa" }), root, { from: 25, to: 50 })).toBeNull();
    expect(targetFor(roas, null, { from: 25, to: 50 })).toBeNull();
    expect(targetFor(roas, root, { from: 25, to: 25 })).toBeNull();
    expect(targetFor(roas, root, { from: 25, to: 0 })).toBeNull();
  });
});
