export { creditPathsByLogistic, type LogisticFit, type LogisticOptions } from "./bagged-logistic.ts";
export { type ChosenOrder, chooseMarkovOrder } from "./choose-order.ts";
export * from "./incremental/index.ts";
export { creditPathsByMarkov, fitMarkov, type MarkovOptions } from "./markov.ts";
export type { MarkovFit } from "./markov-fit.ts";
export { countTransitions, solveMarkovOrder1, type TransitionCounts } from "./markov-order-1.ts";
export { creditPathsByOrderedShapley, type OrderedShapleyCredit } from "./ordered-shapley.ts";
export { describeEvidence, type PathCredit } from "./path-credit.ts";
export { type AggregatedPaths, aggregatePaths, type PathRow } from "./paths.ts";
export * from "./quality/index.ts";
export { type MarginTargets, type ReconciledMargins, reconcileMargins } from "./reconcile.ts";
export { creditPathsByRule } from "./rules.ts";
export { type ScoringModel, scoreJourneys } from "./score-journeys.ts";
export {
  aucOf,
  type CalibrationBin,
  calibrationDeciles,
  logLikelihoodOf,
  type ScoredJourneys,
} from "./score-quality.ts";
export {
  creditPathsByShapley,
  fitShapley,
  type ShapleyFit,
  type ShapleyOptions,
  type ShapleyWorth,
} from "./shapley.ts";
export type { PathRule, PathRuleOptions, PositionWeights } from "./touch-shares.ts";
