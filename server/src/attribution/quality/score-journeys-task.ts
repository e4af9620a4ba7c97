import {
  type AggregatedPaths,
  aucErrorWithoutSignal,
  aucOf,
  calibrationDeciles,
  creditPathsByLogistic,
  creditPathsByRule,
  creditPathsByShapley,
  gainOverConstant,
  logLikelihoodOf,
  ModelError,
  type ScoringModel,
  scoreJourneys,
} from "@touchline/solver";
import type { JourneyScores, JUDGED_MODELS, ModelScore } from "../../contract/index.ts";
import { Random } from "../../random.ts";

type JudgedModel = (typeof JUDGED_MODELS)[number];

/** What journeys are scored with; plain, so that it can be sent to a thread. */
export interface JourneyTask {
  readonly train: AggregatedPaths;
  readonly heldOut: AggregatedPaths;
  /** Conversions of the training visitors by channel: what paths cannot say by themselves. */
  readonly timeDecay: Readonly<Record<string, number>>;
  /** Null where the incremental model has no answer. */
  readonly incremental: Readonly<Record<string, number>> | null;
}

const ORDERS = [1, 2, 3, 4] as const;
/** The same data gives the same digits. */
const SEED = 20_260_103;

interface Judged {
  readonly model: JudgedModel;
  readonly order: number | null;
  /** Learns from the training journeys. @throws ModelError where the model has no answer for them */
  readonly learn: (task: JourneyTask) => ScoringModel;
}

const credited = (conversions: Float64Array): ScoringModel => ({ kind: "credit", conversions });

function byChannel({ train }: JourneyTask, conversions: Readonly<Record<string, number>> | null): ScoringModel {
  const given = Float64Array.from(train.channels, (channel) => conversions?.[channel] ?? 0);
  if (given.every((each) => each === 0))
    throw new ModelError("It credits no channel here, so that it foretells nothing.");
  return credited(given);
}

const rule = (model: "first" | "last" | "linear" | "position-based"): Judged => ({
  ...{ model, order: null },
  learn: ({ train }) => credited(creditPathsByRule(train, model).conversions),
});

function drawn(): { random: () => number } {
  const generator = new Random(SEED);
  return { random: () => generator.uniform() };
}

const JUDGED: readonly Judged[] = [
  rule("first"),
  rule("last"),
  rule("linear"),
  { model: "time-decay", order: null, learn: (task) => byChannel(task, task.timeDecay) },
  rule("position-based"),
  ...ORDERS.map((order): Judged => ({ model: "markov", order, learn: () => ({ kind: "markov", order }) })),
  {
    ...{ model: "shapley", order: null },
    learn: ({ train }) => credited(creditPathsByShapley(train, { worth: "rate", ...drawn() }).conversions),
  },
  {
    ...{ model: "logistic", order: null },
    learn: ({ train }) => credited(creditPathsByLogistic(train, drawn()).conversions),
  },
  { model: "incremental", order: null, learn: (task) => byChannel(task, task.incremental) },
];

const sumOf = (counts: Float64Array): number => counts.reduce((sum, each) => sum + each, 0);

function countOf({ conversions, nulls }: AggregatedPaths): JourneyScores["training"] {
  return { conversions: sumOf(conversions), journeys: sumOf(conversions) + sumOf(nulls) };
}

/**
 * Every model learns from the training journeys and foretells the held-out ones.
 * @throws ModelError where journeys cannot be scored at all
 */
export function scoreHeldOut(task: JourneyTask): JourneyScores {
  const { heldOut } = task;
  const [training, counted] = [countOf(task.train), countOf(heldOut)];
  const aucError = aucErrorWithoutSignal(counted.conversions, counted.journeys - counted.conversions);
  if (aucError === null || training.conversions === 0 || training.conversions === training.journeys) {
    throw new ModelError(
      "Journeys can be scored only where there are converted and unconverted ones on both sides, those that models learn from and those that are held out; widen the dates.",
    );
  }
  const rate = training.conversions / training.journeys;
  const models: ModelScore[] = [];
  const refused: JourneyScores["refused"] = [];
  for (const { model, order, learn } of JUDGED) {
    try {
      models.push({ model, order, ...judge(task, learn(task), rate) });
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      refused.push({ model, reason: error.message });
    }
  }
  const alike = { ...heldOut, scores: new Float64Array(heldOut.conversions.length).fill(rate) };
  return { training, heldOut: counted, constant: logLikelihoodOf(alike).perJourney!, aucError, models, refused };
}

function judge(
  { train, heldOut }: JourneyTask,
  model: ScoringModel,
  rate: number,
): Omit<ModelScore, "model" | "order"> {
  const scored = { ...heldOut, scores: scoreJourneys(train, heldOut, model) };
  const { gain, error } = gainOverConstant(scored, rate)!;
  return {
    logLikelihood: logLikelihoodOf(scored).perJourney!,
    ...{ gain, gainError: error, auc: aucOf(scored), calibration: calibrationDeciles(scored) },
  };
}

export type JourneyAnswer =
  | { readonly scores: JourneyScores }
  | { readonly refused: string }
  | { readonly failed: string };

/** Errors lose their class between threads: what a user is told comes as a value. */
export function answerJourneys(task: JourneyTask): JourneyAnswer {
  try {
    return { scores: scoreHeldOut(task) };
  } catch (error) {
    if (error instanceof ModelError) return { refused: error.message };
    return { failed: String((error as Error).stack ?? error) };
  }
}
