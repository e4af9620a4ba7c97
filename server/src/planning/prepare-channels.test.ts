import { describe, expect, it } from "vitest";
import type { ChannelBounds } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import { fittedChannel, freeLimits, shop, unfittedChannel } from "./curves.fixture.ts";
import { type PlanLimits, prepareChannels } from "./prepare-channels.ts";

const noBounds = { lower: null, upper: null, locked: false };

function spanOf(channel: string, limits: Partial<PlanLimits>, curves: Parameters<typeof prepareChannels>[0] = shop) {
  const found = prepareChannels(curves, { ...freeLimits, ...limits }).channels.find(({ name }) => name === channel);
  if (found === undefined) throw new Error(`${channel} was not planned`);
  return { lower: found.lower, upper: found.upper, held: found.held };
}

function bounds(channel: string, part: Partial<ChannelBounds>): Pick<PlanLimits, "bounds"> {
  return { bounds: [{ channel, ...noBounds, ...part }] };
}

describe("the room of a channel", () => {
  it("is without limit where nobody gave one", () => {
    expect(spanOf("Search", {})).toEqual({ lower: 0, upper: null, held: null });
  });

  it("is the tighter one of its bounds and the change limit", () => {
    const limits = { maxChange: 0.5, ...bounds("Search", { lower: 10, upper: 70 }) };
    expect(spanOf("Search", limits)).toEqual({ lower: 30, upper: 70, held: null });
  });

  it("is in amounts of the period that was asked for", () => {
    expect(spanOf("Search", { period: "week", maxChange: 0 })).toMatchObject({ lower: 420, upper: 420 });
    expect(prepareChannels(shop, { ...freeLimits, period: "week" }).budget).toBe(7 * 160);
  });

  it("is none where it is locked, whatever else is said", () => {
    const limits = { maxChange: 0.5, ...bounds("Search", { lower: 70, locked: true }) };
    expect(spanOf("Search", limits)).toEqual({ lower: 60, upper: 60, held: "locked" });
  });

  it("is not changed by the order of the curves", () => {
    const turned = { ...shop, channels: [...shop.channels].reverse() };
    expect(prepareChannels(turned, freeLimits)).toEqual(prepareChannels(shop, freeLimits));
  });
});

describe("channels that are held because nobody knows what they bring", () => {
  const unknown = { ...shop, withoutCurve: [unfittedChannel("Podcast", 40)] };
  const podcast = (budget: number) => spanOf("Podcast", { budget }, unknown);

  it("keep today's spend while that is at most half of the budget, and give way below", () => {
    expect(podcast(200)).toEqual({ lower: 40, upper: 40, held: "no-curve" });
    expect(podcast(100)).toMatchObject({ lower: 40 });
    expect(podcast(50).lower).toBeCloseTo(20, 12);
    expect(podcast(0).lower).toBe(0);
  });

  it("leave the others more with every unit of budget", () => {
    const leftOver = Array.from({ length: 60 }, (_, step) => {
      const { channels } = prepareChannels(unknown, { ...freeLimits, budget: 4 * step });
      return 4 * step - channels.reduce((sum, { held, lower }) => sum + (held === null ? 0 : lower), 0);
    });
    for (const [i, left] of leftOver.entries()) if (i > 0) expect(left).toBeGreaterThanOrEqual(leftOver[i - 1]!);
  });

  it("do not give way where the caller locked them", () => {
    expect(spanOf("Search", { budget: 10, ...bounds("Search", { locked: true }) })).toMatchObject({ lower: 60 });
  });
});

describe("a channel whose spend hardly varied", () => {
  it("keeps today's spend, also where others may move by a fifth", () => {
    const kept = { lower: 10, upper: 10, held: "unidentified" };
    expect(spanOf("Email", {})).toEqual(kept);
    expect(spanOf("Email", { maxChange: 0.2 })).toEqual(kept);
    expect(spanOf("Email", bounds("Search", { upper: 5 }))).toEqual(kept);
    expect(spanOf("Email", bounds("Email", {}))).toEqual(kept);
  });

  it("moves inside the bounds that were given for it, a floor of nothing included", () => {
    expect(spanOf("Email", bounds("Email", { lower: 0 }))).toEqual({ lower: 0, upper: null, held: null });
    expect(spanOf("Email", bounds("Email", { upper: 30 }))).toEqual({ lower: 0, upper: 30, held: null });
    expect(spanOf("Email", bounds("Email", { locked: true }))).toMatchObject({ held: "locked" });
  });

  it("may shrink, not grow, where it would take more than half of a small budget", () => {
    expect(spanOf("Email", { budget: 9 })).toEqual({ lower: 4.5, upper: 10, held: "unidentified" });
    expect(spanOf("Email", { budget: 20 })).toMatchObject({ lower: 10, upper: 10 });
    expect(spanOf("Email", { budget: 0 })).toMatchObject({ lower: 0, upper: 10 });
  });

  it("makes room for the floors of others", () => {
    expect(spanOf("Email", { budget: 100, ...bounds("Search", { lower: 95 }) })).toMatchObject({
      lower: 2.5,
      upper: 10,
    });
    expect(spanOf("Email", { budget: 115, ...bounds("Search", { lower: 95 }) })).toMatchObject({
      lower: 10,
      upper: 10,
    });
  });

  it("keeps to the change limit when it shrinks or grows", () => {
    expect(spanOf("Email", { maxChange: 0.5, budget: 76 })).toMatchObject({ lower: 5, upper: 10 });
    expect(spanOf("Email", { maxChange: 0.5, budget: 238, exact: true })).toMatchObject({ lower: 10, upper: 15 });
  });

  it("grows only where an exact budget cannot be spent otherwise", () => {
    const others = {
      bounds: ["Search", "Video"].map((channel) => ({ channel, ...noBounds, upper: 100 })),
      budget: 300,
    };
    expect(spanOf("Email", { ...others, exact: true })).toMatchObject({ lower: 10, upper: null });
    expect(spanOf("Email", { ...others, exact: false })).toMatchObject({ lower: 10, upper: 10 });
    expect(spanOf("Email", { budget: 300, exact: true })).toMatchObject({ lower: 10, upper: 10 });
  });
});

describe("a channel without a curve", () => {
  const curves = { ...shop, withoutCurve: [unfittedChannel("Radio", 40)] };

  it("keeps today's spend, as far as the limits given for it allow", () => {
    const radio = (limits: Partial<PlanLimits>) => {
      const { channels } = prepareChannels(curves, { ...freeLimits, ...limits });
      const { lower, upper, held, curve } = channels.find(({ name }) => name === "Radio")!;
      return { lower, upper, held, curve };
    };
    expect(radio({})).toEqual({ lower: 40, upper: 40, held: "no-curve", curve: null });
    expect(radio(bounds("Radio", { upper: 25 }))).toMatchObject({ lower: 25, upper: 25 });
    expect(radio(bounds("Radio", { lower: 55 }))).toMatchObject({ lower: 55, upper: 55 });
    expect(radio(bounds("Radio", { lower: 10, upper: 90 }))).toMatchObject({ lower: 40, upper: 40 });
  });

  it("is held as demand capture where that is why it has none", () => {
    const captured = { ...shop, withoutCurve: [{ ...unfittedChannel("Brand", 40), code: "demand-capture" as const }] };
    const brand = prepareChannels(captured, freeLimits).channels.find(({ name }) => name === "Brand");
    expect(brand).toMatchObject({ lower: 40, upper: 40, held: "demand-capture" });
  });
});

describe("limits that cannot be planned on", () => {
  it("are refused where they name a channel without spend, with the names that there are", () => {
    const prepare = () => prepareChannels(shop, { ...freeLimits, ...bounds("Serch", { upper: 1 }) });
    expect(prepare).toThrow(UserError);
    expect(prepare).toThrow(/"Serch".*Email, Search, Video/);
  });

  it("are refused where nothing has spend", () => {
    expect(() => prepareChannels({ channels: [], withoutCurve: [] }, freeLimits)).toThrow(UserError);
  });

  it("do not count spend of 0 as a reason to refuse", () => {
    const paused = {
      channels: [fittedChannel("Search", { ceiling: 1, halfSpend: 1, currentSpend: 0 })],
      withoutCurve: [],
    };
    expect(prepareChannels(paused, freeLimits)).toMatchObject({ today: 0, budget: 0 });
  });
});
