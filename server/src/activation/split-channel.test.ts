import type { Curve } from "@touchline/solver";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CampaignSettings } from "../contract/index.ts";
import { minus, sumOf } from "../exact.ts";
import { reverseActivation } from "./reverse-activation.ts";
import { type RunningCampaign, splitChannel } from "./split-channel.ts";

const curve = (beta: number, k = 100): Curve => ({ type: "hill", beta, k, s: 1 });
const running = (campaign: string, spend: number, of: Curve | null, set?: object): RunningCampaign => ({
  ...{ campaign, spend, curve: of },
  settings: set === undefined ? null : CampaignSettings.parse({ channel: "Search", campaign, ...set }),
});
const split = (from: number, to: number, campaigns: RunningCampaign[]) =>
  splitChannel({ from, to, campaigns, today: "2026-11-23", currency: "EUR" });
const by = (rows: ReturnType<typeof split>, name: string) => rows.find(({ campaign }) => campaign === name)!;
const changed = (rows: ReturnType<typeof split>) => sumOf(rows.map(({ from, to }) => minus(to, from)));

describe("a channel's move over its campaigns", () => {
  it("adds up to the cent whatever is set for them", () => {
    let ran = 0;
    const set = fc.record(
      {
        minimumDaily: fc.integer({ min: 0, max: 5 }),
        bidStrategy: fc.constantFrom("none", "target-cpa", "target-roas"),
        sharedBudget: fc.constantFrom("", "both"),
        learningUntil: fc.constantFrom("2026-11-22", "2026-12-24"),
      },
      { requiredKeys: [] },
    );
    const one = fc.record({
      spend: fc.integer({ min: 1_000, max: 90_000 }).map((cents) => cents / 100),
      beta: fc.option(fc.double({ min: 50, max: 3_000, noNaN: true }), { freq: 5 }),
      set: fc.option(set),
    });
    fc.assert(
      fc.property(
        fc.array(one, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: -20, max: 20 }),
        (given, percent) => {
          const campaigns = given.map(({ spend, beta, set }, i) =>
            running(
              `c${i}`,
              spend,
              beta === null ? null : curve(beta),
              set === null
                ? undefined
                : { ...set, ...(set.bidStrategy === undefined || set.bidStrategy === "none" ? {} : { target: 3 }) },
            ),
          );
          const from = Math.round(100 * given.reduce((sum, { spend }) => sum + spend, 0)) / 100;
          const to = Math.round(from * (100 + percent)) / 100;
          const rows = split(from, to, campaigns);
          expect(rows.map(({ campaign }) => campaign).sort()).toEqual(campaigns.map(({ campaign }) => campaign).sort());
          const free = rows.filter(({ reason }) => reason !== "learning" && reason !== "bid-strategy");
          const hasRoom = free.reduce((sum, { from }) => sum + Number(from), 0) > 0.45 * from;
          if (hasRoom && Math.abs(percent) < 20) expect(Number(changed(rows))).toBeCloseTo(to - from, 6);
          expect(Math.abs(Number(changed(rows)))).toBeLessThanOrEqual(Math.abs(to - from) + 30);
          for (const { from: was, to: is, action } of rows) {
            expect(is).toMatch(/^\d+\.\d\d$|^\d+(\.\d)?$/);
            if (action === "left") expect(Number(is)).toBe(Number(was));
          }
          ran++;
        },
      ),
      { numRuns: 200 },
    );
    expect(ran).toBeGreaterThanOrEqual(200);
  });

  it("goes to where the next unit brings most, and leaves where it brings least", () => {
    const campaigns = [running("rich", 100, curve(2_000)), running("poor", 100, curve(300))];
    const more = split(200, 220, campaigns);
    expect(by(more, "rich")).toMatchObject({ from: "100.00", to: "120.00", action: "budget", reason: "marginal" });
    expect(by(more, "poor")).toMatchObject({ to: "100.00", action: "left", reason: "unchanged" });
    const less = split(200, 180, campaigns);
    expect(by(less, "poor")).toMatchObject({ to: "80.00", reason: "marginal" });
    expect(by(less, "rich").to).toBe("100.00");
  });

  it("keeps minimums, steps and what learns", () => {
    const rows = split(300, 240, [
      running("a", 100, curve(300), { minimumDaily: 95 }),
      running("b", 100, curve(2_000), { step: 50 }),
      running("c", 100, curve(200), { learningUntil: "2026-11-30" }),
    ]);
    expect(by(rows, "a")).toMatchObject({ to: "95.00", reason: "minimum" });
    expect(by(rows, "b")).toMatchObject({ to: "50.00", reason: "step" });
    expect(by(rows, "c")).toMatchObject({ to: "100.00", action: "left", reason: "learning" });
    expect(by(rows, "c").text).toContain("2026-11-30");
    // Of 60.00 the minimum and the step leave 5.00 that nobody can take.
    expect(changed(rows)).toBe("-55");
  });

  it("at most doubles a campaign, over what the channel itself grows by", () => {
    const rows = split(110, 132, [running("small", 10, curve(5_000)), running("large", 100, curve(100))]);
    expect(by(rows, "small")).toMatchObject({ to: "24.00", reason: "at-most" });
    expect(by(rows, "large").to).toBe("108.00");
  });

  it("moves a shared budget as one", () => {
    const rows = split(300, 330, [
      running("a", 60, curve(900), { sharedBudget: "search" }),
      running("b", 40, curve(900), { sharedBudget: "search" }),
      running("c", 200, curve(10)),
    ]);
    expect([by(rows, "a"), by(rows, "b")]).toMatchObject([
      { to: "78.00", reason: "shared-budget", sharedBudget: "search" },
      { to: "52.00", reason: "shared-budget" },
    ]);
    expect(by(rows, "a").text).toContain('"search" from 100.00 EUR a day to 130.00 EUR');
  });

  it("suggests a target where a bid strategy spends, or leaves it with the reason", () => {
    const [one] = split(100, 110, [running("t", 100, curve(900), { bidStrategy: "target-roas", target: 4 })]);
    expect(one).toMatchObject({
      to: "110.00",
      action: "target",
      reason: "bid-strategy",
      target: { kind: "roas", from: 4 },
    });
    expect(one!.target!.to).toBeLessThan(4);
    const [other] = split(100, 110, [running("t", 100, curve(900), { bidStrategy: "target-roas" })]);
    expect(other).toMatchObject({ to: "100.00", action: "left", reason: "bid-strategy" });
    expect(other!.text).toMatch(/target is not known/);
  });

  it("goes back to the cent", () => {
    const campaigns = [
      running("rich", 100.07, curve(2_000)),
      running("t", 33.33, curve(900), { bidStrategy: "target-cpa", target: 25 }),
    ];
    const forth = {
      channels: [
        { channel: "Search", fromDaily: "133.40", toDaily: "150.00", campaigns: split(133.4, 150, campaigns) },
      ],
    };
    const back = reverseActivation(forth);
    expect(back.channels[0]).toMatchObject({ fromDaily: "150.00", toDaily: "133.40" });
    expect(back.channels[0]!.campaigns.map(({ to }) => to)).toEqual(["100.07", "33.33"]);
    const plain = (of: (typeof forth.channels)[0]["campaigns"]) => of.map(({ text: _, ...rest }) => rest);
    expect(plain([...reverseActivation(back).channels[0]!.campaigns])).toEqual(plain(forth.channels[0]!.campaigns));
  });
});
