export * from "./curve-families.ts";
export { type DeliveryFit, FEWEST_CURVE_DAYS, fitDelivery } from "./delivery/fit-delivery.ts";
export { deliveryCurve } from "./delivery/shapes.ts";
export { fitEffects, type TouchEffect } from "./effect-per-touch.ts";
export { type CurvePoint, type CurveThroughPoints, curveThroughPoints } from "./points/index.ts";
export { averageCurve, responseCurves } from "./response-draws.ts";
export * from "./series/index.ts";
export { shrinkReturns } from "./shrink-returns.ts";
