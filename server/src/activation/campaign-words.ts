import type { ActivationCampaign, CampaignSettings } from "../contract/index.ts";

interface CampaignFacts
  extends Pick<ActivationCampaign, "from" | "to" | "target" | "action" | "reason" | "sharedBudget"> {
  readonly settings: CampaignSettings | null;
  readonly currency: string;
  /** Of the shared budget as a whole; of the campaign itself where there is none. */
  readonly shared: { readonly from: string; readonly to: string };
  readonly minimum: number;
  readonly step: number | null;
}

/** Why a campaign's budget changes as it does, or stays, as one sentence. */
export function describeCampaign(facts: CampaignFacts): string {
  const { action, reason, settings, sharedBudget, shared } = facts;
  const amount = (text: string | number) =>
    `${typeof text === "number" ? text.toFixed(2) : text} ${facts.currency}`.trim();
  if (action === "target") return targetInWords(facts, amount);
  const change = `${amount(facts.from)} a day becomes ${amount(facts.to)}`;
  switch (reason) {
    case "learning":
      return `It stays at ${amount(facts.from)} a day: it learns, and nothing of it is changed before ${settings?.learningUntil ?? "it has ended"}.`;
    case "bid-strategy":
      return `It stays at ${amount(facts.from)} a day: ${whyNotSteered(facts)}.`;
    case "unchanged":
      return sharedBudget === ""
        ? `It stays at ${amount(facts.from)} a day: the change is better made on other campaigns.`
        : `The shared budget "${sharedBudget}" stays at ${amount(shared.from)} a day: the change is better made on other campaigns.`;
    case "shared-budget":
      return `Change the shared budget "${sharedBudget}" from ${amount(shared.from)} a day to ${amount(shared.to)}: its campaigns move as one.`;
    case "minimum":
      return `${change}: its minimum is ${amount(facts.minimum)}.`;
    case "at-most":
      return `${change}: one plan changes a campaign no further.`;
    case "step":
      return `${change}: the next whole multiple of ${amount(facts.step ?? 0)}.`;
    case "no-curve":
      return `${change}: in proportion to what it spends, as nothing tells what more or less of it brings.`;
    case "marginal":
      return Number(facts.to) > Number(facts.from)
        ? `${change}: of the channel's campaigns, the next unit of money brings most here.`
        : `${change}: of the channel's campaigns, the last unit of money brought least here.`;
  }
}

type Amount = (text: string | number) => string;

function targetInWords({ from, to, target, settings }: CampaignFacts, amount: Amount): string {
  const strategy = settings?.bidStrategy === "target-roas" ? "target ROAS" : "target CPA";
  const wanted = `${amount(to)} a day instead of ${amount(from)}`;
  if (target === null) return `A bid strategy (${strategy}) spends it: for ${wanted}, change its target.`;
  return target.from === target.to
    ? `A bid strategy (${strategy}) spends it: for ${wanted} its target of ${target.to} stays as it is, and its daily budget has to leave room for it.`
    : `A bid strategy (${strategy}) spends it: for ${wanted}, change its target from ${target.from} to ${target.to}, with a daily budget that leaves room for it.`;
}

function whyNotSteered({ settings, sharedBudget }: CampaignFacts): string {
  if (sharedBudget !== "")
    return "it spends a shared budget under a bid strategy, so no single budget or target decides";
  if (settings?.target === null)
    return "a bid strategy spends it and its target is not known: enter it with the campaign's settings";
  return "a bid strategy spends it, and no curve tells which target would change that";
}
