export { creditPathsByMarkov, fitMarkov, type MarkovOptions } from "./markov.ts";
export type { MarkovFit } from "./markov-fit.ts";
export { countTransitions, solveMarkovOrder1, type TransitionCounts } from "./markov-order-1.ts";
export { type AggregatedPaths, aggregatePaths, type PathRow } from "./paths.ts";
export { type MarginTargets, type ReconciledMargins, reconcileMargins } from "./reconcile.ts";
export {
  creditPathsByRule,
  type PathCredit,
  type PathRule,
  type PathRuleOptions,
  type PositionWeights,
} from "./rules.ts";
