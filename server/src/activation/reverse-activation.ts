import type { ActivationCampaign } from "../contract/index.ts";
import type { PreparedActivation } from "./prepared-activation.ts";

/** The way back of what was done: every campaign to what it had. Law: forth and back again is where it began, to the cent. */
export function reverseActivation({ channels }: PreparedActivation): PreparedActivation {
  return {
    channels: channels.map(({ channel, fromDaily, toDaily, campaigns }) => ({
      ...{ channel, fromDaily: toDaily, toDaily: fromDaily },
      campaigns: campaigns.map(reverseCampaign),
    })),
  };
}

function reverseCampaign(campaign: ActivationCampaign): ActivationCampaign {
  const { from, to, target, action } = campaign;
  if (action === "left") return { ...campaign, from: to, to: from };
  const back =
    target === null || target.from === null ? target : { kind: target.kind, from: target.to, to: target.from };
  const what = back === null || action !== "target" ? "" : `, with its target at ${back.to} again`;
  const text = `Back to ${from} a day, as it was before${what}.`;
  return { ...campaign, from: to, to: from, target: back, text };
}
