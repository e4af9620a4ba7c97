import type { IncrementalStatistics } from "@touchline/solver";
import type { DateRange, ModelName } from "../../contract/index.ts";
import { ensureJourneys } from "../../journeys/index.ts";
import type { Workspace } from "../../workspace.ts";
import { fetchChannels, type KnownChannel } from "../incremental/channel-facts.ts";
import { fitScope } from "../incremental/credit-itself.ts";
import { type FitScope, fetchStatistics } from "../incremental/fetch-statistics.ts";
import { type RunParameters, runParameters, scopeOf } from "../run-parameters.ts";

/** What quality is judged on: the defaults of `attribute` over a range. */
export interface QualityScope {
  readonly parameters: RunParameters;
  readonly timeZone: string;
  readonly channels: readonly KnownChannel[];
  readonly fit: FitScope;
}

export async function qualityScope(
  workspace: Workspace,
  range: DateRange,
  model: ModelName = "incremental",
): Promise<QualityScope> {
  const parameters = runParameters({ ...range, model });
  const { timeZone } = await workspace.settings();
  await ensureJourneys(workspace, scopeOf(parameters, timeZone));
  const channels = await fetchChannels(workspace);
  return { parameters, timeZone, channels, fit: await fitScope(workspace, parameters, timeZone, channels) };
}

/** The page asks several things at once that stand on the same statistics. */
export async function qualityStatistics(workspace: Workspace, { fit }: QualityScope): Promise<IncrementalStatistics> {
  const key = `quality statistics ${JSON.stringify(fit)} ${await workspace.watermark()}`;
  return workspace.once(key, () => fetchStatistics(workspace, fit));
}

/** What was worked out for this range and the data as it is now. */
export async function rememberFor<T>(
  workspace: Workspace,
  what: string,
  range: DateRange,
  work: () => Promise<T>,
): Promise<T> {
  const key = `quality ${what} ${range.from} ${range.to} ${await workspace.watermark()}`;
  return workspace.remember(key, work);
}
