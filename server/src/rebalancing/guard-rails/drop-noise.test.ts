import { expect, test } from "vitest";
import { DEFAULT_REBALANCING, type ProposeInput } from "../../contract/index.ts";
import { fittedChannel } from "../../planning/curves.fixture.ts";
import { planOnCurves } from "../../planning/index.ts";
import { Random } from "../../random.ts";
import { dropNoise } from "./drop-noise.ts";
import { gainOf, limitMoved, movedShare } from "./limit-moved.ts";
import type { Rails } from "./rails.ts";

const WEEKLY: ProposeInput = { period: "week", budget: null, exact: true, maxChange: 0.2, bounds: [] };

test("moves within noise are left out where the plan gains as much without them, and only there", async () => {
  const random = new Random(21);
  let dropped = 0;
  for (let round = 0; round < 12; round++) {
    const sure = [0.99, 1, 1.01, 1, 1];
    const channels = [
      fittedChannel("up", { ceiling: 2_000, halfSpend: 100, currentSpend: 100, ceilingFactors: sure }),
      fittedChannel("down", { ceiling: 100, halfSpend: 100, currentSpend: 150, ceilingFactors: sure }),
      ...[0, 1, 2].map((i) => {
        const currentSpend = 20 + 40 * random.uniform();
        const ceiling = currentSpend * (1 + 6 * random.uniform());
        return fittedChannel(`c${i}`, {
          ceiling,
          halfSpend: currentSpend,
          currentSpend,
          ceilingFactors: [0.4, 0.7, 1, 1.3, 1.6],
        });
      }),
    ];
    const rails: Rails = {
      guardRails: DEFAULT_REBALANCING.guardRails,
      channels: channels.map(({ channel }) => channel),
      draws: new Map(channels.map(({ channel, draws }) => [channel, draws])),
      ...{ histories: new Map(), resting: [], held: [] },
    };
    const solve = (input: ProposeInput) => planOnCurves({ currency: "EUR", channels, withoutCurve: [] }, input);
    const limited = await limitMoved(WEEKLY, 0.1, solve);
    const quiet = await dropNoise(rails, limited, solve);
    dropped += quiet.dropped.length;
    expect(quiet.dropped).not.toContain("up");
    expect(gainOf(quiet.plan)).toBeGreaterThanOrEqual(0.99 * gainOf(limited.plan));
    expect(movedShare(quiet.plan)).toBeLessThanOrEqual(0.1002);
    for (const channel of quiet.dropped) {
      const row = quiet.plan.allocation.find((each) => each.channel === channel)!;
      expect(row.recommended).toBe(row.current);
    }
  }
  expect(dropped).toBeGreaterThan(0);
});
