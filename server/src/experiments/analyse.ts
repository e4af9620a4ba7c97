import { analyseGeoTest, GEO_LEVEL, type GeoMethodResult, type GeoTestResult } from "@touchline/solver";
import type { z } from "zod";
import { countDays } from "../calendar-days.ts";
import type { AnalyseInput, GeoAnalysis, GeoCaution } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { spendInRegions } from "./channel-spend.ts";
import { type DatedPanel, fetchPanel, placesOf } from "./panel.ts";

const FEW_CONTROLS = 5;
/** Of the mean of the test regions: what a day of the time before is missed by. */
const POOR_FIT = 0.15;

/** What to know before believing a result. */
export function cautionsOf(result: GeoTestResult, controls: number, testDays: number): GeoCaution[] {
  const [synthetic] = result.methods as [GeoMethodResult];
  const apart = result.methods.some(
    ({ liftInterval }) =>
      liftInterval.low > synthetic.liftInterval.high || liftInterval.high < synthetic.liftInterval.low,
  );
  const cautions: readonly (readonly [GeoCaution, boolean])[] = [
    ["little-time-before", result.daysBefore < 2 * testDays],
    ["few-controls", controls < FEW_CONTROLS],
    ["poor-fit", synthetic.fitError > POOR_FIT],
    ["time-before-differs", (result.timeBefore?.pValue ?? 1) <= 1 - result.level],
    ["methods-differ", apart],
  ];
  return cautions.filter(([, holds]) => holds).map(([caution]) => caution);
}

function describeMethod(
  panel: DatedPanel,
  found: GeoMethodResult,
  metric: "conversions" | "revenue",
  spend: number | null,
): GeoAnalysis["methods"][number] {
  const isPaid = spend !== null && spend > 0;
  const { counterfactual, weights, ...figures } = found;
  return {
    ...figures,
    counterfactual: [...counterfactual],
    weights: weights.map(({ region, weight }) => ({ region: panel.regions[region]!, weight })),
    costPerIncremental: isPaid && metric === "conversions" && found.incremental > 0 ? spend / found.incremental : null,
    incrementalRoas: isPaid && metric === "revenue" ? found.incremental / spend : null,
  };
}

/** Days of the panel until the end of the test. @throws UserError where the test lies outside */
function testDaysOf(panel: DatedPanel, { from, to }: { from: string; to: string }) {
  const [first, last] = [panel.dates[0]!, panel.dates.at(-1)!];
  if (from < first || to > last) {
    throw new UserError(`the figures go from ${first} to ${last}: the test from ${from} to ${to} does not lie in them`);
  }
  return { firstDay: countDays(first, from) - 1, lastDay: countDays(first, to) - 1 };
}

/**
 * What a geo test brought, by synthetic control, its augmented form and difference-in-differences.
 * @throws UserError and ModelError with the reason why it cannot be told
 */
export async function analyseExperiment(
  workspace: Workspace,
  input: z.output<typeof AnalyseInput>,
  given?: DatedPanel,
): Promise<GeoAnalysis> {
  const { channel, metric, conversionType, range, testRegions, exclude } = input;
  const panel = given ?? (await fetchPanel(workspace, { metric, conversionType, to: range.to, before: range.from }));
  const days = testDaysOf(panel, range);
  const tested = placesOf(panel, testRegions);
  const excluded = placesOf(panel, exclude);
  const result = analyseGeoTest(panel, { testRegions: tested, excluded, ...days });
  const names = tested.map((region) => panel.regions[region]!);
  const spend =
    input.spend === undefined
      ? (await spendInRegions(workspace, { channel, ...range, regions: names, share: null })).spend
      : Number(input.spend);
  const { currency } = await workspace.settings();
  const controls = panel.regions.length - tested.length - excluded.length;
  return {
    ...{ currency, channel, metric, testRegions: names, range, level: GEO_LEVEL, spend },
    panel: {
      regions: panel.regions.length,
      history: { from: panel.dates[0]!, to: panel.dates.at(-1)! },
      leftOut: panel.leftOut,
    },
    dates: panel.dates.slice(0, days.lastDay + 1),
    observed: [...result.treated],
    methods: result.methods.map((found) => describeMethod(panel, found, metric, spend)),
    timeBefore: result.timeBefore,
    cautions: cautionsOf(result, controls, countDays(range.from, range.to)),
  };
}
