export { solveByEither } from "./choose-engine.ts";
export { loadHighs } from "./highs-engine.ts";
export { type ReadModel, readSolverModel } from "./js-model.ts";
export type { LinearModel, ModelColumn, ModelRow } from "./model.ts";
export type { Engines, LinearEngine, LinearLimits, LinearOutcome, LinearProgramme, LinearRow } from "./programme.ts";
export { isLinearModel, readLinearModel } from "./read-linear-model.ts";
export { simplexEngine, solveLinearProgramme } from "./simplex-engine.ts";
export { type LinearAnswer, type LinearCertificate, type OptimalAnswer, solveLinearModel } from "./solve-model.ts";
