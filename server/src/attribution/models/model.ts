import type { AggregatedPaths, TransitionCounts } from "@touchline/solver";
import type { TouchWeighting } from "@touchline/sql";
import type { ModelName } from "../../contract/index.ts";
import type { FrozenFit } from "../../work.ts";
import type { Workspace } from "../../workspace.ts";
import type { Fit } from "../fit.ts";
import type { RunParameters } from "../run-parameters.ts";
import type { CreditWatcher } from "../write-credit.ts";

/** What the data says, added up so that it fits into memory: all that a model gets to see. */
export interface JourneyStatistics {
  /** How often journeys went from one channel to the next. */
  readonly transitions: TransitionCounts;
  /** Journeys by the way they took. */
  readonly paths: AggregatedPaths;
  /** Journeys by which channels they touched, in whatever order. */
  readonly sets: AggregatedPaths;
  /** Paths split by visitor: to choose on what was not fitted on. */
  readonly splitPaths: { readonly train: AggregatedPaths; readonly heldOut: AggregatedPaths };
  /** Which channels money is spent on, and which are direct visits. */
  readonly kinds: { readonly paid: readonly string[]; readonly direct: readonly string[] };
}
export type StatisticName = keyof JourneyStatistics;

/** A rule: it weighs the touches of each journey by itself, in SQL. */
export interface RuleModel {
  readonly kind: "rule";
  readonly name: ModelName;
  readonly needs: readonly StatisticName[];
  weigh(
    statistics: JourneyStatistics,
    parameters: RunParameters,
  ): { readonly weighting: TouchWeighting; readonly warnings: readonly string[] };
}

/** What a model gives to each channel, in the order of `channels`. Plain numbers: it can be written down and read again. */
export interface ChannelFit {
  readonly channels: readonly string[];
  /** Each channel's part of the conversions that had a touch: adds up to 1. */
  readonly share: readonly number[];
  /** The same of their revenue. */
  readonly valueShare: readonly number[];
  /** How much of one journey a touch of the channel gets beside the journey's others; they need not add up to anything. */
  readonly weights: readonly number[];
  readonly fit: Fit;
}

/**
 * A model that is fitted on all journeys together and says what each channel earned over the whole range. The pipeline spreads that
 * over days, campaigns and creatives. `fit` is pure, so that it can run in another thread.
 */
export interface FittedModel {
  readonly kind: "fitted";
  readonly name: ModelName;
  needs(parameters: RunParameters): readonly StatisticName[];
  fit(statistics: JourneyStatistics, parameters: RunParameters): ChannelFit;
}

/** A model whose credit is no sharing out of touched conversions: it writes its own rows, and what it leaves is the baseline. */
export interface SelfCreditingModel {
  readonly kind: "self";
  readonly name: ModelName;
  creditItself(workspace: Workspace, runId: string, parameters: RunParameters, watcher?: CreditWatcher): Promise<Fit>;
  /** Writes the credit of a run again, under another id, from what it handed to `workspace.work.freeze` when it was computed. */
  creditAgain?(
    workspace: Workspace,
    runId: string,
    newRunId: string,
    parameters: RunParameters,
    frozen: FrozenFit,
  ): Promise<void>;
}

export type AttributionModel = RuleModel | FittedModel | SelfCreditingModel;
