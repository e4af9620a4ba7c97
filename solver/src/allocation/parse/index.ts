export { type LimitNames, nameOfLimit } from "./limit-names.ts";
export { parseCurve, parseCurveDraws } from "./parse-curve.ts";
export { type ParsedProblem, parseAllocationProblem, parseProblem } from "./parse-problem.ts";
