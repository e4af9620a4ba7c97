export { creditAgain } from "./credit-again.ts";
export { creditIncrementally } from "./credit-itself.ts";
export { type SeriesCurves, seriesCurves } from "./series/series-curves.ts";
