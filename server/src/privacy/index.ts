export { applyRetention, planRetention } from "./apply-retention.ts";
export { type ErasureReport, erasePerson, planErasure } from "./erase-person.ts";
export { exportPerson } from "./export-person.ts";
export { finishForgetting } from "./finish-forgetting.ts";
export { forget } from "./forget.ts";
export { keepRetention } from "./keep-retention.ts";
export { withdrawConsent } from "./withdraw-consent.ts";
