export { applyRetention, planRetention } from "./apply-retention.ts";
export { type ErasureReport, planErasure } from "./erase-person.ts";
export { finishForgetting } from "./finish-forgetting.ts";
export { forget } from "./forget.ts";
export { keepRetention } from "./keep-retention.ts";
export { eraseOnRequest, exportOnRequest, type RequestDesk, withdrawOnRequest } from "./requests.ts";
export { withdrawConsent } from "./withdraw-consent.ts";
