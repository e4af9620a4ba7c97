import type { CampaignSettings, SeenCampaign } from "@touchline/server/contract";

export interface ChannelOfCampaigns {
  readonly channel: string;
  readonly campaigns: readonly SeenCampaign[];
  /** Those that are not shown for now. */
  readonly more: number;
}

/** Campaigns whose name, channel, id or shared budget holds every word that is looked for, by channel. */
export function findCampaigns(campaigns: readonly SeenCampaign[], find: string, most: number): ChannelOfCampaigns[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const found = new Map<string, SeenCampaign[]>();
  for (const each of campaigns) {
    const { channel, campaign, settings } = each;
    const text = `${channel} ${campaign} ${settings?.platformId ?? ""} ${settings?.sharedBudget ?? ""}`.toLowerCase();
    if (words.every((word) => text.includes(word))) found.set(channel, [...(found.get(channel) ?? []), each]);
  }
  return [...found].map(([channel, all]) => ({
    ...{ channel, campaigns: all.slice(0, most), more: Math.max(0, all.length - most) },
  }));
}

/** What holds where nobody has said anything. */
export function settingsOf({ channel, campaign, settings }: SeenCampaign): CampaignSettings {
  return (
    settings ?? {
      ...{ channel, campaign, platformId: "", platform: "other", bidStrategy: "none", target: null, sharedBudget: "" },
      ...{ minimumDaily: null, step: null, learningUntil: null, currency: "" },
    }
  );
}

type Problem = "target" | "step" | "currency";

/** What the server would refuse of a draft; texts that are no numbers are told by their fields. */
export function problemOf({ bidStrategy, target, step, currency }: CampaignSettings): Problem | null {
  if (bidStrategy !== "none" && target !== null && !(target > 0)) return "target";
  if (step !== null && !(step > 0)) return "step";
  return /^([A-Z]{3})?$/.test(currency) ? null : "currency";
}
