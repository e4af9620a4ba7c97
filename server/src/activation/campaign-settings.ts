import { campaignSpend, spendSpan } from "@touchline/sql";
import { and, eq } from "drizzle-orm";
import { countDays, shiftDay, todayIn } from "../calendar-days.ts";
import { CampaignSettings, type SeenCampaigns } from "../contract/index.ts";
import { type Actor, campaignSettings, type WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";

/** Campaigns are listed with what they spent a day over so many days, as channels are. */
const SHOWN_DAYS = 28;

type SettingsByCampaign = ReadonlyMap<string, CampaignSettings>;

/** What is known of campaigns on their platforms, by channel and campaign as JSON; a row that another version wrote otherwise is left out. */
export async function settingsByCampaign(store: WorkspaceStore | null): Promise<SettingsByCampaign> {
  const rows = store === null ? [] : await store.select(campaignSettings);
  return new Map(
    rows.flatMap(({ channel, campaign, settings }) => {
      const parsed = CampaignSettings.safeParse(settings);
      return parsed.success ? [[JSON.stringify([channel, campaign]), parsed.data] as const] : [];
    }),
  );
}

/** Every campaign that was spent on lately or has settings, by channel and name. */
export async function listCampaigns(
  workspace: Workspace,
  store: WorkspaceStore | null,
  now: Date,
): Promise<SeenCampaigns> {
  const { currency, timeZone } = await workspace.settings();
  const settings = await settingsByCampaign(store);
  const spends = new Map<string, string>();
  const { lastDay: to } = await workspace.warehouse.askOne(spendSpan, { until: todayIn(timeZone, now) });
  if (to !== "") {
    const from = shiftDay(to, 1 - SHOWN_DAYS);
    for (const { channel, campaign, spend } of await workspace.warehouse.ask(campaignSpend, { from, to }))
      spends.set(JSON.stringify([channel, campaign]), (Number(spend) / countDays(from, to)).toFixed(2));
  }
  const keys = [...new Set([...spends.keys(), ...settings.keys()])];
  const campaigns = keys.map((key) => {
    const [channel, campaign] = JSON.parse(key) as [string, string];
    return { channel, campaign, dailySpend: spends.get(key) ?? "0.00", settings: settings.get(key) ?? null };
  });
  return { currency, campaigns: campaigns.sort(byName) };
}

/** Writes what is known of campaigns, all or none of it; what is the same already is left alone. @returns how many changed */
export function changeCampaigns(
  { store, actor }: { readonly store: WorkspaceStore; readonly actor: Actor },
  given: readonly CampaignSettings[],
  now: Date,
): Promise<number> {
  return store.transaction(async (tx) => {
    let changed = 0;
    for (const settings of given) {
      requireSense(settings);
      const { channel, campaign } = settings;
      const isIt = and(eq(campaignSettings.channel, channel), eq(campaignSettings.campaign, campaign))!;
      const [known] = await tx.select(campaignSettings, isIt);
      const before = known === undefined ? null : known.settings;
      if (before !== null && isSame(before, settings)) continue;
      const written = { channel, campaign, settings, updatedBy: actor.name, updatedAt: now };
      await tx.put(campaignSettings, written, [campaignSettings.channel, campaignSettings.campaign]);
      const subject = { kind: "campaign", id: campaign };
      await tx.audit({ actor, action: "activation.change-campaign", subject, before, after: settings });
      changed++;
    }
    return changed;
  });
}

/** @throws UserError where two settings cannot both be meant */
function requireSense({ channel, campaign, bidStrategy, target }: CampaignSettings): void {
  const where = `${channel}, campaign "${campaign}"`;
  if (bidStrategy === "none" && target !== null)
    throw new UserError(`${where}: it has a target but no bid strategy: say target-cpa or target-roas`);
}

function isSame(one: CampaignSettings, other: CampaignSettings): boolean {
  const text = (settings: CampaignSettings) => JSON.stringify(Object.entries(settings).sort());
  return text(CampaignSettings.parse(one)) === text(other);
}

function byName(a: { channel: string; campaign: string }, b: { channel: string; campaign: string }): number {
  if (a.channel !== b.channel) return a.channel < b.channel ? -1 : 1;
  return a.campaign < b.campaign ? -1 : 1;
}
