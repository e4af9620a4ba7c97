export { RateLimit } from "../rate-limit.ts";
export { BodyRefused, readBodyLines } from "./body-lines.ts";
export { Intake, IntakeBusy } from "./intake.ts";
export { storeBatch } from "./store-batch.ts";
