import { aggregatePaths, fitMarkov, type MarkovFit, solveMarkovOrder1 } from "@touchline/solver";
import { journeyPaths, journeyTransitions, MOST_PATHS } from "@touchline/sql";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";

export interface JourneyRange {
  readonly lookbackDays: number;
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/**
 * Fits a Markov chain on the journeys of a range. Order 1 takes its transition counts from the engine; higher orders need the
 * distinct paths themselves.
 * @throws ModelError when nothing converts through a channel
 */
export async function fitMarkovOnJourneys(
  workspace: Workspace,
  range: JourneyRange,
  order: number,
): Promise<MarkovFit> {
  if (order > 1) {
    const rows = await workspace.warehouse.ask(journeyPaths, range);
    if (rows.length > MOST_PATHS) {
      throw new UserError(
        `a chain of order ${order} would need more than ${MOST_PATHS.toLocaleString("en")} distinct paths: choose fewer days or order 1`,
      );
    }
    const paths = aggregatePaths(
      rows.map(({ path, conversions, revenue, unconverted }) => ({
        path,
        conversions,
        value: notNegative(revenue),
        nulls: unconverted,
      })),
    );
    return fitMarkov(paths, { order });
  }
  const transitions = await workspace.warehouse.ask(journeyTransitions, range);
  const channels = [...new Set(transitions.flatMap(({ fromChannel, toChannel }) => [fromChannel, toChannel]))]
    .filter((channel) => channel !== "")
    .sort();
  const place = new Map(channels.map((channel, i) => [channel, i]));
  const width = channels.length + 2;
  const counts = new Float64Array((channels.length + 1) * width);
  const valueByLastChannel = new Float64Array(channels.length);
  for (const { fromChannel, toChannel, converted, journeys, revenue } of transitions) {
    const row = fromChannel === "" ? 0 : place.get(fromChannel)! + 1;
    const column = toChannel === "" ? channels.length + (converted === 1 ? 0 : 1) : place.get(toChannel)!;
    counts[row * width + column] = journeys;
    if (toChannel === "" && converted === 1) valueByLastChannel[row - 1]! += Number(revenue);
  }
  return solveMarkovOrder1({ channels, counts, valueByLastChannel: valueByLastChannel.map(notNegative) });
}

/** Refunds beyond what was paid leave a negative revenue, which no chain can carry: it counts as none. */
function notNegative(revenue: string | number): number {
  return Math.max(0, Number(revenue));
}
