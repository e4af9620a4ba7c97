import type { ActivationCampaign, CampaignSettings } from "../../contract/index.ts";
import type { activations, WorkspaceStore } from "../../store/index.ts";
import { settingsByCampaign } from "../campaign-settings.ts";

/** What files are written from: a campaign's part of an approved plan, beside what is known of it on its platform now. */
export interface FileCampaign extends ActivationCampaign {
  readonly channel: string;
  readonly settings: CampaignSettings | null;
}

/** Those of channels that a later plan has replaced are not in: nobody is to send them. */
export async function campaignCells(
  store: WorkspaceStore,
  rows: readonly (typeof activations.$inferSelect)[],
): Promise<FileCampaign[]> {
  const settings = await settingsByCampaign(store);
  return rows
    .filter(({ state }) => state !== "returned")
    .flatMap(({ channel, campaigns }) =>
      campaigns.map((campaign) => ({
        ...{ ...campaign, channel },
        settings: settings.get(JSON.stringify([channel, campaign.campaign])) ?? null,
      })),
    );
}
