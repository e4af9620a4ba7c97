import { describe, expect, test } from "vitest";
import { DEFAULT_REBALANCING, type GuardRails, type ProposeInput } from "../../contract/index.ts";
import { fittedChannel, unfittedChannel } from "../../planning/curves.fixture.ts";
import { type FittedChannel, planOnCurves } from "../../planning/index.ts";
import { judgeFigures } from "./judge-plan.ts";
import { movedShare } from "./limit-moved.ts";
import type { PaidHistory } from "./paid-history.ts";
import { planWithin } from "./plan-within.ts";
import type { Rails } from "./rails.ts";

const SURE = [0.98, 0.99, 1, 1.01, 1.02];
const CHANNELS = [
  fittedChannel("Search", { ceiling: 1_000, halfSpend: 100, currentSpend: 60, ceilingFactors: SURE }),
  fittedChannel("Social", { ceiling: 500, halfSpend: 150, currentSpend: 80, ceilingFactors: SURE }),
  fittedChannel("Video", { ceiling: 300, halfSpend: 120, currentSpend: 90, ceilingFactors: SURE }),
  fittedChannel("Radio", { ceiling: 90, halfSpend: 60, currentSpend: 70, ceilingFactors: SURE }),
];

const history = (current: number, change: Partial<PaidHistory> = {}): PaidHistory => ({
  ...{ current, largest: 2 * current, varied: 0.1, isHigh: false },
  ...change,
});

interface Given {
  readonly guardRails?: Partial<GuardRails>;
  readonly histories?: Readonly<Record<string, Partial<PaidHistory>>>;
  readonly rest?: Partial<Pick<Rails, "resting" | "held">>;
  readonly channels?: readonly FittedChannel[];
}

async function planned({ guardRails = {}, histories = {}, rest = {}, channels = CHANNELS }: Given = {}) {
  const withoutCurve = [unfittedChannel("Fair", 12)];
  const spends = [...channels, ...withoutCurve].map(({ channel, currentSpend }) => ({ channel, currentSpend }));
  const rails: Rails = {
    guardRails: { ...DEFAULT_REBALANCING.guardRails, ...guardRails },
    channels: spends.map(({ channel }) => channel),
    histories: new Map(spends.map(({ channel, currentSpend }) => [channel, history(currentSpend, histories[channel])])),
    draws: new Map(channels.map(({ channel, draws }) => [channel, draws])),
    ...{ resting: [], held: [], ...rest },
  };
  const solve = (input: ProposeInput) => planOnCurves({ currency: "EUR", channels, withoutCurve }, input);
  const found = await planWithin(rails, solve);
  const judged = judgeFigures(found.plan, rails.guardRails);
  const rowOf = (name: string) => found.plan.allocation.find(({ channel }) => channel === name)!;
  const checks = [...found.checks, ...judged.checks];
  return { ...found, ...judged, checks, rowOf, of: (rule: string) => checks.filter((each) => each.rule === rule) };
}

describe("a plan within the guard-rails", () => {
  test("moves at most 20 % of a channel and 10 % of the budget, says so, and is put forward", async () => {
    const { plan, verdict, of, rowOf, checks } = await planned({ guardRails: { maxTotalMoved: 0.05 } });
    expect(verdict).toBe("propose");
    expect(movedShare(plan)).toBeLessThanOrEqual(0.0501);
    for (const { current, recommended } of plan.allocation)
      expect(Math.abs(Number(recommended) / Number(current) - 1)).toBeLessThan(0.2005);
    expect(of("total-moved")).toMatchObject([
      { channel: null, outcome: "trimmed", numbers: { says: "limited", limit: 0.05 } },
    ]);
    expect(of("total-moved")[0]!.text).toMatch(
      /would move \S+ % of the budget, where at most 5 % may.*keeps \S+ EUR of/,
    );
    expect(of("channel-change")[0]).toMatchObject({ channel: "Radio", outcome: "trimmed" });
    expect(of("not-identified")).toMatchObject([{ channel: "Fair", outcome: "held", numbers: { why: "no-curve" } }]);
    expect(rowOf("Fair").recommended).toBe(rowOf("Fair").current);
    for (const { outcome, lift } of checks) expect(lift === "").toBe(outcome === "passed");
  });

  test("leaves protected, resting and held channels alone, with their reasons", async () => {
    const { of, rowOf } = await planned({
      guardRails: { protectedChannels: ["Search"] },
      rest: { resting: [{ channel: "Video", changed: "2026-03-02", daysLeft: 3 }], held: ["Radio"] },
    });
    for (const channel of ["Search", "Video", "Radio"]) expect(rowOf(channel).recommended).toBe(rowOf(channel).current);
    expect(of("protected")).toMatchObject([{ channel: "Search", outcome: "held" }]);
    expect(of("cool-down")).toMatchObject([
      { channel: "Video", outcome: "held", numbers: { changed: "2026-03-02", days: 7, daysLeft: 3 } },
    ]);
    expect(of("cool-down")[0]!.text).toContain("3 days of 7 are left");
  });

  test("gives no channel more than it was ever seen to spend, unless that is allowed", async () => {
    const seen = { histories: { Search: { largest: 63 } } };
    const { of, rowOf } = await planned(seen);
    expect(Number(rowOf("Search").recommended)).toBeCloseTo(7 * 63, 1);
    expect(of("extrapolation")).toMatchObject([
      { channel: "Search", outcome: "trimmed", numbers: { largest: "441.00" } },
    ]);
    const allowed = await planned({ ...seen, guardRails: { allowExtrapolation: true } });
    expect(Number(allowed.rowOf("Search").recommended)).toBeCloseTo(7 * 72, 1);
    expect(allowed.of("extrapolation")).toMatchObject([{ outcome: "passed", numbers: { says: "off" } }]);
  });

  test("does not set a channel free whose effect nobody knows", async () => {
    const flagged = { ...CHANNELS[3]!, flags: ["not-identified" as const] };
    const { rowOf, of } = await planned({ channels: [...CHANNELS.slice(0, 3), flagged] });
    expect(rowOf("Radio").recommended).toBe(rowOf("Radio").current);
    expect(of("not-identified").map(({ channel, numbers }) => [channel, numbers.why])).toEqual([
      ["Fair", "no-curve"],
      ["Radio", "uncertain"],
    ]);
  });

  test("is not put forward where its gain is within noise: today's split stays, and the first reason is that", async () => {
    const wild = CHANNELS.map((channel, i) => ({
      ...channel,
      draws: Array.from({ length: 40 }, (_, draw) => {
        const better = (draw + i) % 2 === 0;
        return { type: "hill" as const, beta: better ? 900 : 100, k: 100, s: 1 };
      }),
    }));
    const { verdict, plan, checks } = await planned({ channels: wild });
    expect(verdict).toBe("nothing");
    expect(plan.allocation.every(({ current, recommended }) => current === recommended)).toBe(true);
    const first = checks.find(({ channel, outcome }) => channel === null && outcome !== "passed")!;
    expect(first).toMatchObject({ rule: "within-noise", outcome: "held", numbers: { says: "noise", limit: 0.8 } });
  });

  test("leaves a channel alone whose own move is within noise, where the plan is as good without it", async () => {
    const unsure = fittedChannel("Radio", {
      ...{ ceiling: 190, halfSpend: 30, currentSpend: 40 },
      ceilingFactors: [0.5, 0.75, 1, 1.25, 1.5],
    });
    const channels = [...CHANNELS.slice(0, 3), unsure];
    const { plan, of, verdict } = await planned({ channels });
    expect(verdict).toBe("propose");
    for (const { channel } of of("within-noise").filter(({ outcome }) => outcome === "held")) {
      const row = plan.allocation.find((each) => each.channel === channel)!;
      expect(row.recommended).toBe(row.current);
      expect(channel).toBe("Radio");
    }
  });

  test("asks for as many gaining draws as the settings do", async () => {
    const { verdict, of } = await planned({ guardRails: { leastProbabilityOfGain: 1 } });
    expect(verdict).toBe("propose");
    expect(of("within-noise")).toMatchObject([{ outcome: "passed", numbers: { probability: 1, limit: 1 } }]);
  });

  test("says that today's split is the best where it is", async () => {
    const same = ["a", "b", "c"].map((name) =>
      fittedChannel(name, { ceiling: 500, halfSpend: 100, currentSpend: 50, ceilingFactors: SURE }),
    );
    const { verdict, of } = await planned({ channels: same });
    expect(verdict).toBe("nothing");
    expect(of("within-noise")).toMatchObject([{ outcome: "held", numbers: { says: "best" } }]);
  });
});

describe("exploration", () => {
  const still = { histories: { Fair: { varied: 0.001 }, Radio: { varied: 0.3 } } };

  test("varies a channel that never varied, to and fro, within the total", async () => {
    const up = await planned(still);
    const down = await planned({ histories: { Fair: { varied: 0.001, isHigh: true } } });
    expect(Number(up.rowOf("Fair").recommended)).toBeCloseTo(84 * 1.03, 1);
    expect(Number(down.rowOf("Fair").recommended)).toBeCloseTo(84 * 0.97, 1);
    expect(up.rowOf("Fair").why.code).toBe("exploration");
    expect(down.rowOf("Fair").reason).toMatch(
      /^Fair -\d.*: .* varied on purpose: spend that never changes teaches nothing\.$/,
    );
    for (const { plan, of, verdict } of [up, down]) {
      const total = (of: "current" | "recommended") => plan.allocation.reduce((sum, row) => sum + Number(row[of]), 0);
      expect(total("recommended")).toBeCloseTo(total("current"), 1);
      expect(verdict).toBe("propose");
      expect(of("exploration")).toMatchObject([{ channel: "Fair", outcome: "passed", numbers: { says: "nudged" } }]);
    }
  });

  test("never beyond what was seen, and not at all where it is not asked for", async () => {
    const capped = await planned({ histories: { Fair: { varied: 0, largest: 12 } } });
    expect(Number(capped.rowOf("Fair").recommended)).toBeCloseTo(84 * 0.97, 1);
    const off = await planned({ ...still, guardRails: { exploration: 0 } });
    expect(off.rowOf("Fair").recommended).toBe(off.rowOf("Fair").current);
    expect(off.of("exploration")).toMatchObject([{ outcome: "passed", numbers: { says: "off" } }]);
  });

  test("does not make a plan of its own: where nothing is worth moving, it waits", async () => {
    const same = ["a", "b", "c"].map((name) =>
      fittedChannel(name, { ceiling: 500, halfSpend: 100, currentSpend: 50, ceilingFactors: SURE }),
    );
    const { verdict, of } = await planned({ channels: same, histories: { a: { varied: 0 } } });
    expect(verdict).toBe("nothing");
    expect(of("exploration").every(({ numbers }) => numbers.says !== "nudged")).toBe(true);
  });
});
