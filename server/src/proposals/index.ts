export { approveByPolicy, approveWithin, whyNotApproveRow } from "./approve.ts";
export { withDecided } from "./decided-split.ts";
export { keepExpiring } from "./keep-expiring.ts";
export { movedPerWeek } from "./moved-per-week.ts";
export { putForwardPlan } from "./put-forward-plan.ts";
export { proposalsRouter } from "./router.ts";
export { proposalsWaitingFor } from "./waiting.ts";
