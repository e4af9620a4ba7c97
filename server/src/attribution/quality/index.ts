export { judgeChannels } from "./channels.ts";
export { findDisagreement } from "./disagreement.ts";
export { judgeForecast } from "./forecast.ts";
export { judgeHeldOut } from "./held-out.ts";
export { qualityRouter } from "./router.ts";
