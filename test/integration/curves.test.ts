import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Curves } from "@touchline/server/contract";
import { writeSimulatedShop } from "@touchline/server/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../support/world.ts";

let world: World;
let folder: string;
let curves: Curves;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-curves-"));
  world = await openWorld();
  const shop = await writeSimulatedShop(folder, { people: 3_000, days: 200, seed: 9 });
  for (const kind of ["touchpoints", "spend", "conversions"] as const) await world.json("import", kind, shop[kind]);
  curves = Curves.parse(await world.json("curves"));
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the curves of a shop", () => {
  test("rise ever less, from nothing, inside their band", () => {
    expect(curves.channels.length).toBeGreaterThan(2);
    for (const { line } of curves.channels) {
      expect(line[0]).toMatchObject({ spend: 0, revenue: 0, low: 0, high: 0 });
      for (const [i, point] of line.slice(1).entries()) {
        expect(point.revenue).toBeGreaterThanOrEqual(line[i]!.revenue);
        expect(point.marginal).toBeLessThanOrEqual(line[i]!.marginal * (1 + 1e-9));
        expect(point.low).toBeLessThanOrEqual(point.revenue);
        expect(point.high).toBeGreaterThanOrEqual(point.revenue);
      }
    }
  });

  test("say what they stand on: families that add up, and what a touch costs and brings", () => {
    const seen = curves.channels.filter(({ source }) => source === "touches");
    expect(seen.length).toBeGreaterThan(1);
    for (const { families, delivery, current } of seen) {
      expect(families.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
      expect(delivery!.touchesAtCurrent * delivery!.costPerTouch).toBeCloseTo(current.spend, 6);
      expect(delivery!.costPerTouchAtMore).toBeGreaterThan(delivery!.costPerTouch);
      expect((delivery!.touchesAtCurrent * delivery!.revenuePerTouch) / current.revenue).toBeCloseTo(1, 0.5);
    }
  });

  test("are the same in every draw when they are asked for again", async () => {
    expect(await world.json("curves")).toEqual(JSON.parse(JSON.stringify(curves)));
  });

  test("are told by campaign, which together spend what the channel does", async () => {
    const campaigns = Curves.parse(await world.json("curves", "--by", "campaign"));
    for (const { channel, current } of curves.channels) {
      const own = campaigns.channels.filter((each) => each.channel === channel);
      expect(own.length).toBeGreaterThan(0);
      expect(own.reduce((sum, each) => sum + each.current.spend, 0)).toBeCloseTo(current.spend, 6);
      for (const { campaign } of own) expect(campaign).not.toBeNull();
    }
  });
});
