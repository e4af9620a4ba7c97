export { proposalsRouter } from "./router.ts";
export { proposalsWaitingFor } from "./waiting.ts";
