export { discardRejected } from "./discard-rejected.ts";
export { type Mending, replayRejected } from "./replay-rejected.ts";
