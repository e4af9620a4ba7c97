import { quantile } from "@touchline/solver";
import { type ChannelCurve, type Curves, type CurvesInput, DEFAULT_MODEL } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { type FittedChannel, fitCurves } from "./fit-curves.ts";
import { marginalAt, revenueAt } from "./revenue-curve.ts";

const LINE_POINTS = 61;
const BAND_LEVEL = 0.9;
/** The line goes so far beyond what was seen. */
const BEYOND = 1.3;

/** The curves as the page and `touchline curves` show them. */
export async function fetchCurves(workspace: Workspace, input?: CurvesInput): Promise<Curves> {
  const { currency, run, days, channels, withoutCurve } = await fitCurves(workspace, input);
  return {
    ...{ currency, model: DEFAULT_MODEL, run, days },
    channels: channels.map(describeChannel),
    withoutCurve: withoutCurve.map(({ currentSpend: _, ...missing }) => missing),
  };
}

function describeChannel({
  curve,
  draws,
  currentSpend,
  observed,
  families,
  flags,
  ...described
}: FittedChannel): ChannelCurve {
  const reach = Math.max(described.largestSpendSeen, currentSpend) * BEYOND;
  const tail = (1 - BAND_LEVEL) / 2;
  const line = Array.from({ length: LINE_POINTS }, (_, i) => {
    const spend = (reach * i) / (LINE_POINTS - 1);
    const drawn = draws.map((draw) => revenueAt(draw, spend));
    return {
      spend,
      revenue: revenueAt(curve, spend),
      low: quantile(drawn, tail),
      high: quantile(drawn, 1 - tail),
      marginal: marginalAt(curve, spend),
    };
  });
  return {
    ...{ ...described, line, points: [...observed], families: [...families], flags: [...flags] },
    current: {
      spend: currentSpend,
      revenue: revenueAt(curve, currentSpend),
      marginalRoas: marginalAt(curve, currentSpend),
    },
  };
}
