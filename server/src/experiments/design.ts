import { designGeoTest, type GeoDesign } from "@touchline/solver";
import type { z } from "zod";
import { shiftDay } from "../calendar-days.ts";
import type { DesignInput, GeoDesignAnswer } from "../contract/index.ts";
import { Random } from "../random.ts";
import type { Workspace } from "../workspace.ts";
import { spendInRegions } from "./channel-spend.ts";
import { type DatedPanel, fetchPanel, placesOf } from "./panel.ts";

/** Regions that hold more than this between them cost more sales than a test is worth. */
const MOST_SHARE = 0.3;
const WINDOWS = 40;
const POWER = 0.8;
const SEED = 1;

async function describeDesign(
  workspace: Workspace,
  panel: DatedPanel,
  design: GeoDesign,
  { channel, days }: { channel: string; days: number },
): Promise<GeoDesignAnswer["designs"][number]> {
  const testRegions = design.testRegions.map((region) => panel.regions[region]!);
  const to = panel.dates.at(-1)!;
  const from = shiftDay(to, 1 - days);
  const { spend, basis } = await spendInRegions(workspace, {
    channel,
    from,
    to,
    regions: testRegions,
    share: design.share,
  });
  const detectable = design.detectableLift === null ? null : design.detectableLift * design.expected;
  const { share, detectableLift, falseAlarms, windows, curve, fitError, timeBefore } = design;
  return {
    ...{ testRegions, share, detectableLift, detectableIncremental: detectable, falseAlarms, windows },
    ...{ curve: [...curve], fitError, timeBefore, spend, spendBasis: basis },
    controls: design.controls.map(({ region, weight }) => ({ region: panel.regions[region]!, weight })),
    detectableCost:
      spend === null || spend === 0 || detectable === null || detectable === 0 ? null : spend / detectable,
  };
}

/**
 * Where a geo test of a channel would see most: the best regions first, on the workspace's bookings or on a panel that is given.
 * @throws UserError and ModelError with the reason why none can be designed
 */
export async function designExperiment(
  workspace: Workspace,
  input: z.output<typeof DesignInput>,
  given?: DatedPanel,
): Promise<GeoDesignAnswer> {
  const { channel, metric, conversionType, days, regions, count, exclude } = input;
  const panel = given ?? (await fetchPanel(workspace, { metric, conversionType }));
  const random = new Random(SEED);
  const designs = designGeoTest(panel, {
    testDays: days,
    testRegions: regions.length === 0 ? undefined : placesOf(panel, regions),
    excluded: placesOf(panel, exclude),
    count,
    mostShare: MOST_SHARE,
    windows: WINDOWS,
    power: POWER,
    random: () => random.uniform(),
  });
  const { currency } = await workspace.settings();
  const described: GeoDesignAnswer["designs"] = [];
  for (const design of designs) described.push(await describeDesign(workspace, panel, design, { channel, days }));
  return {
    ...{ currency, channel, metric, days, designs: described },
    panel: {
      regions: panel.regions.length,
      history: { from: panel.dates[0]!, to: panel.dates.at(-1)! },
      leftOut: panel.leftOut,
    },
  };
}
