export { standingProposal } from "./approved-proposals.ts";
export { changeCampaigns, listCampaigns } from "./campaign-settings.ts";
export { confirmActivations } from "./confirm-activations.ts";
export { activationExportRouter, exportActivation } from "./export-router.ts";
export { markSent } from "./mark-sent.ts";
export { prepareActivation } from "./prepare-activation.ts";
export type { PreparedActivation } from "./prepared-activation.ts";
export { showActivation } from "./show-activation.ts";
export { writeActivation } from "./write-activation.ts";
