import type { LimitRepair, PlanLimit } from "@touchline/server/contract";
import { describe, expect, it } from "vitest";
import { applyRepair } from "./apply-repair.ts";
import { boundsOf, DEFAULT_LIMITS, type Limits } from "./limits.ts";

const limits: Limits = {
  ...DEFAULT_LIMITS,
  budget: 10,
  bounds: [
    { channel: "Locked", lower: null, upper: null, locked: true },
    { channel: "Search", lower: 500, upper: null, locked: false },
  ],
  groups: [{ name: "Social", members: ["Video", "Search"], min: 70, max: null, maxCpa: 20 }],
  capacities: [{ name: "Stock", value: 70, of: { type: "conversions" }, unitsPerConversion: 2 }],
  contacts: [{ name: "Mail", channels: ["Email"], people: 1000, perPersonAndWeek: 2 }],
};

const repair = (limit: PlanLimit, to: number) => applyRepair(limits, { ...limit, to, text: "English" } as LimitRepair);

describe("a repair that is applied", () => {
  it("changes the one limit that it names", () => {
    expect(repair({ type: "total_spend", sense: "<=", value: 10 }, 99)).toEqual({ ...limits, budget: 99 });
    expect(repair({ type: "change_limit_pct", value: 20 }, 35)?.maxChange).toBe(0.35);
    expect(boundsOf(repair({ type: "channel_min", channel: "Search", value: 500 }, 5)!, "Search").lower).toBe(5);
    expect(boundsOf(repair({ type: "trusted_max", channel: "Video", value: 5 }, 9)!, "Video").upper).toBe(9);
    expect(repair({ type: "group_min", group: "Social", value: 70 }, 7)?.groups?.[0]).toMatchObject({
      min: 7,
      max: null,
    });
    expect(repair({ type: "response_cap", name: "Stock", value: 70 }, 90)?.capacities?.[0]?.value).toBe(90);
    expect(repair({ type: "min_total_response", value: 900 }, 800)?.target).toBe(800);
    expect(repair({ type: "cpa_ceiling", value: 20 }, 30)?.maxCpa).toBe(30);
  });

  it("finds the group that a ceiling on its members is of", () => {
    const ceiling = { type: "cpa_ceiling", value: 20, members: ["Search", "Video"] } as const;
    expect(repair({ ...ceiling, members: [...ceiling.members] }, 30)?.groups?.[0]?.maxCpa).toBe(30);
  });

  it("moves a limit on contacts by the same share", () => {
    expect(repair({ type: "contact_cap", name: "Mail", value: 2000 }, 3000)?.contacts?.[0]?.perPersonAndWeek).toBe(3);
  });

  it("opens a lock, which would forbid the change otherwise", () => {
    const opened = repair({ type: "channel_min", channel: "Locked", value: 50 }, 40);
    expect(boundsOf(opened!, "Locked")).toMatchObject({ locked: false, fixed: 40 });
  });

  it("is no button where nobody can set that limit here", () => {
    expect(repair({ type: "weighted_max", name: "Mix", value: 1 }, 2)).toBeNull();
    expect(repair({ type: "group_max", group: "Unknown", value: 1 }, 2)).toBeNull();
  });
});
