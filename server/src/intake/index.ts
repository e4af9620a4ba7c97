export { BodyRefused, readBodyLines } from "./body-lines.ts";
export { Intake, IntakeBusy } from "./intake.ts";
export { DEFAULT_RATE, RateLimit } from "./rate-limit.ts";
export { storeBatch } from "./store-batch.ts";
