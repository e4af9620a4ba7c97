import {
  type ActivationFile,
  ActivationFormat,
  type CampaignSettings,
  type LeftOutReason,
} from "../../contract/index.ts";
import type { FileCampaign } from "./campaign-cells.ts";

const PLATFORMS: Readonly<Partial<Record<ActivationFormat, CampaignSettings["platform"]>>> = {
  "google-ads-editor": "google-ads",
  "meta-bulk": "meta",
  "microsoft-bulk": "microsoft-ads",
};

/**
 * What spreadsheets take for a formula at the beginning of a cell, and what breaks a cell. An apostrophe would make it text, and would be
 * another campaign's name to the platform: such names are never written where the platform goes by them.
 */
const UNSAFE_NAME = /^[\s"']*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\0]/;

interface Chosen {
  readonly taken: readonly FileCampaign[];
  readonly leftOut: readonly { readonly campaign: FileCampaign; readonly reason: LeftOutReason }[];
}

/** The campaigns of a format: all of them for files of our own, those of its platform whose budget it can change for a platform's. */
export function chooseFor(format: ActivationFormat, campaigns: readonly FileCampaign[], currency: string): Chosen {
  const platform = PLATFORMS[format];
  if (platform === undefined) return { taken: campaigns, leftOut: [] };
  const moved = campaigns.filter(({ settings, action }) => settings?.platform === platform && action !== "left");
  const judged = moved.map((campaign) => ({ campaign, reason: whyLeftOut(platform, campaign, currency) }));
  return {
    taken: judged.flatMap(({ campaign, reason }) => (reason === null ? [campaign] : [])),
    leftOut: judged.flatMap(({ campaign, reason }) => (reason === null ? [] : [{ campaign, reason }])),
  };
}

/** Every format, with how many campaigns it would have and what has to be done by hand. */
export function describeFiles(campaigns: readonly FileCampaign[], currency: string): ActivationFile[] {
  return ActivationFormat.options.map((format) => {
    const { taken, leftOut } = chooseFor(format, campaigns, currency);
    return {
      ...{ format, campaigns: taken.length },
      leftOut: leftOut.map(({ campaign: { channel, campaign, ...rest }, reason }) => ({
        ...{ channel, campaign, reason },
        text: inWords(reason, { ...rest, channel, campaign }, currency),
      })),
    };
  });
}

function whyLeftOut(
  platform: CampaignSettings["platform"],
  { action, campaign, to, sharedBudget, settings }: FileCampaign,
  currency: string,
): LeftOutReason | null {
  const { platformId = "", currency: own = "" } = settings ?? {};
  if (action === "target") return "target";
  if (sharedBudget !== "") return "shared-budget";
  if (own !== "" && own !== currency) return "currency";
  if (!(Number(to) > 0)) return "no-budget";
  // Without its id a row is a new campaign to Meta; the others go by the name.
  if (platform === "meta" && platformId === "") return "no-id";
  const goesByName = platform !== "microsoft-ads" || platformId === "";
  return goesByName && UNSAFE_NAME.test(campaign) ? "unsafe-name" : null;
}

/** Whether a campaign's name can be written as it is: where an id says which campaign is meant it is left away otherwise. */
export function isSafeName(name: string): boolean {
  return !UNSAFE_NAME.test(name);
}

function inWords(
  reason: LeftOutReason,
  { campaign, from, to, sharedBudget, text, settings }: FileCampaign,
  currency: string,
): string {
  const change = `from ${from} to ${to} ${currency} a day`;
  switch (reason) {
    case "target":
      return `"${campaign}": ${text}`;
    case "shared-budget":
      return `"${campaign}" spends the shared budget "${sharedBudget}": ${text}`;
    case "currency":
      return `"${campaign}": its account counts in ${settings?.currency}, the plan in ${currency}: convert ${to} ${currency} a day and set it by hand.`;
    case "no-budget":
      return `"${campaign}" is to spend nothing: pause it by hand, platforms take no budget of 0.`;
    case "no-id":
      return `"${campaign}" has no id of its platform: enter it with the campaign's settings, or change its budget ${change} by hand.`;
    case "unsafe-name":
      return `"${campaign}" has a name that spreadsheets would take for a formula: change its budget ${change} by hand, or enter its platform id where the platform goes by it.`;
  }
}
