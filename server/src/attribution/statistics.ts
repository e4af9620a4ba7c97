import { type AggregatedPaths, aggregatePaths, type TransitionCounts } from "@touchline/solver";
import { channelKinds, type JourneyScope, journeyPaths, journeyTransitions, MOST_PATHS } from "@touchline/sql";
import type { z } from "zod";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import type { JourneyStatistics, StatisticName } from "./models/index.ts";

type Scope = z.input<typeof JourneyScope>;

/** Refunds beyond what was paid leave a negative revenue, which no model can carry: it counts as none. */
function notNegative(revenue: string | number): number {
  return Math.max(0, Number(revenue));
}

async function fetchTransitions(workspace: Workspace, scope: Scope): Promise<TransitionCounts> {
  const transitions = await workspace.warehouse.ask(journeyTransitions, scope);
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
  return { channels, counts, valueByLastChannel: valueByLastChannel.map(notNegative) };
}

async function fetchPaths(
  workspace: Workspace,
  scope: Scope,
  which: Pick<z.input<typeof journeyPaths.params>, "part" | "asSets">,
): Promise<AggregatedPaths> {
  const rows = await workspace.warehouse.ask(journeyPaths, { ...scope, ...which });
  if (rows.length > MOST_PATHS) {
    throw new UserError(
      `this model would need more than ${MOST_PATHS.toLocaleString("en")} distinct paths: choose fewer days, or a Markov model of order 1`,
    );
  }
  return aggregatePaths(
    rows.map(({ path, conversions, revenue, unconverted }) => ({
      path,
      conversions,
      value: notNegative(revenue),
      nulls: unconverted,
    })),
  );
}

async function fetchKinds(workspace: Workspace): Promise<JourneyStatistics["kinds"]> {
  const rows = await workspace.warehouse.ask(channelKinds, {});
  const named = (is: "isPaid" | "isDirect") => rows.filter((row) => row[is] === 1).map(({ channel }) => channel);
  return { paid: named("isPaid"), direct: named("isDirect") };
}

/** Fetches what models need, each thing once. What nobody needs is not there: a model that looks at it anyway is a mistake. */
export async function fetchStatistics(
  workspace: Workspace,
  scope: Scope,
  needs: ReadonlySet<StatisticName>,
): Promise<JourneyStatistics> {
  const fetched: Partial<{ -readonly [N in StatisticName]: JourneyStatistics[N] }> = {};
  if (needs.has("transitions")) fetched.transitions = await fetchTransitions(workspace, scope);
  if (needs.has("paths")) fetched.paths = await fetchPaths(workspace, scope, {});
  if (needs.has("sets")) fetched.sets = await fetchPaths(workspace, scope, { asSets: true });
  if (needs.has("splitPaths")) {
    const train = await fetchPaths(workspace, scope, { part: "train" });
    fetched.splitPaths = { train, heldOut: await fetchPaths(workspace, scope, { part: "heldOut" }) };
  }
  if (needs.has("kinds")) fetched.kinds = await fetchKinds(workspace);
  return fetched as JourneyStatistics;
}

/** Of what was fetched for several models, what one of them looks at. */
export function onlyNeeded(statistics: JourneyStatistics, needs: readonly StatisticName[]): Partial<JourneyStatistics> {
  return Object.fromEntries(needs.map((name) => [name, statistics[name]]));
}
