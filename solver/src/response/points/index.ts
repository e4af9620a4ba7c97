export { type CurvePoint, type CurveThroughPoints, curveThroughPoints } from "./curve-through-points.ts";
