import { type Curve, isConcave, scaleCurve, splitMove } from "@touchline/solver";
import type { ActivationCampaign, CampaignSettings } from "../contract/index.ts";
import { roundedTo } from "../exact.ts";
import { roundToCents } from "../planning/index.ts";
import { describeCampaign } from "./campaign-words.ts";
import { targetFor } from "./new-target.ts";

/** A campaign as it runs today. Money of a day, in whole cents. */
export interface RunningCampaign {
  readonly campaign: string;
  readonly spend: number;
  /** What a day's spend on it brings; null: nobody knows. */
  readonly curve: Curve | null;
  readonly settings: CampaignSettings | null;
}

interface ChannelMove {
  readonly from: number;
  readonly to: number;
  readonly campaigns: readonly RunningCampaign[];
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly currency: string;
}

/** One plan at most doubles or halves a campaign, over what its whole channel grows or shrinks by. */
const MOST_CHANGE = 2;

/**
 * Gives each campaign its part of a channel's move: to the cent, by marginal return, inside what is set for it. Members of a shared budget
 * move as one. Law: what campaigns change by adds up to the channel's move, but for what none of them can take.
 */
export function splitChannel({ from, to, campaigns, today, currency }: ChannelMove): ActivationCampaign[] {
  const ratio = from > 0 ? to / from : 1;
  const units = groupUnits([...campaigns].sort((a, b) => (a.campaign < b.campaign ? -1 : 1))).map((members) =>
    prepareUnit(members, { ratio, today }),
  );
  const rooms = units.map(({ spend, curve, lower, upper, step }) => ({ current: spend, curve, lower, upper, step }));
  const placed = splitMove(rooms, to - from);
  const amounts = roundToCents(
    placed.amounts,
    Number.POSITIVE_INFINITY,
    rooms.map(({ step }, i) => ({
      ...{ lower: placed.lower[i]!, upper: placed.upper[i]! },
      ...(step === null ? {} : { step }),
    })),
  );
  return units.flatMap((unit, i) => describeUnit(unit, amounts[i]!, currency));
}

interface Unit {
  readonly members: readonly RunningCampaign[];
  readonly spend: number;
  readonly curve: Curve | null;
  readonly minimum: number;
  readonly lower: number;
  readonly upper: number;
  readonly step: number | null;
  /** Why it is not touched. */
  readonly held: "learning" | "bid-strategy" | null;
  readonly sharedBudget: string;
}

/** A shared budget is one unit, any other campaign its own. */
function groupUnits(campaigns: readonly RunningCampaign[]): RunningCampaign[][] {
  const units = new Map<string, RunningCampaign[]>();
  for (const campaign of campaigns) {
    const shared = campaign.settings?.sharedBudget ?? "";
    const key = shared === "" ? `campaign ${campaign.campaign}` : `budget ${shared}`;
    units.set(key, [...(units.get(key) ?? []), campaign]);
  }
  return [...units.values()];
}

function prepareUnit(members: readonly RunningCampaign[], { ratio, today }: { ratio: number; today: string }): Unit {
  const spend = cents(members.reduce((sum, each) => sum + each.spend, 0));
  const settings = members.map((each) => each.settings);
  const sharedBudget = settings[0]?.sharedBudget ?? "";
  const minimum = settings.reduce((sum, each) => sum + (each?.minimumDaily ?? 0), 0);
  const step = Math.max(0, ...settings.map((each) => each?.step ?? 0)) || null;
  const held = whyHeld(members, today);
  const [least, most] = [
    spend * Math.min(1 / MOST_CHANGE, ratio / MOST_CHANGE),
    spend * Math.max(MOST_CHANGE, MOST_CHANGE * ratio),
  ];
  const lower = held === null ? Math.max(minimum, cents(least)) : spend;
  const upper = held === null ? Math.max(lower, cents(most)) : spend;
  return { members, spend, curve: sharedCurve(members, spend), minimum, lower, upper, step, held, sharedBudget };
}

function whyHeld(members: readonly RunningCampaign[], today: string): Unit["held"] {
  if (members.some(({ settings }) => settings?.learningUntil != null && settings.learningUntil > today))
    return "learning";
  const isBidding = members.some(({ settings }) => settings !== null && settings.bidStrategy !== "none");
  if (!isBidding) return null;
  const [first] = members;
  // A target that nobody wrote down, or a budget shared with others, tells nothing about what another target would spend.
  const canSteer = members.length === 1 && first!.settings!.target !== null && usableCurve(first!) !== null;
  return canSteer && first!.settings!.sharedBudget === "" ? null : "bid-strategy";
}

/** Members of a shared budget keep their shares of it. */
function sharedCurve(members: readonly RunningCampaign[], spend: number): Curve | null {
  const [first] = members;
  if (members.length === 1) return usableCurve(first!);
  const curves = members.map(usableCurve);
  if (spend === 0 || curves.some((curve) => curve === null)) return null;
  return {
    type: "mixture",
    parts: members.flatMap((member, i) => partsOf(curves[i]!, member.spend / spend)).filter(({ weight }) => weight > 0),
  };
}

type Parts = Extract<Curve, { type: "mixture" }>["parts"];

function partsOf(curve: Curve, share: number): Parts {
  if (share === 0) return [];
  if (curve.type !== "mixture") return [{ weight: 1, curve: scaleCurve(curve, share, 1) }];
  return curve.parts.map(({ weight, curve: part }) => ({ weight, curve: scaleCurve(part, share, 1) }));
}

function usableCurve({ curve }: RunningCampaign): Curve | null {
  return curve !== null && isConcave(curve) ? curve : null;
}

function describeUnit(unit: Unit, amount: number, currency: string): ActivationCampaign[] {
  const { members, sharedBudget } = unit;
  if (members.length > 1 || sharedBudget !== "") {
    const parts = unit.spend > 0 ? members.map(({ spend }) => (amount * spend) / unit.spend) : members.map(() => 0);
    const rounded = unit.spend === amount ? members.map(({ spend }) => money(spend)) : roundedTo(money(amount), parts);
    return members.map((member, i) => describeOne(unit, member, { to: Number(rounded[i]), unitTo: amount, currency }));
  }
  return [describeOne(unit, members[0]!, { to: amount, unitTo: amount, currency })];
}

function describeOne(
  unit: Unit,
  { campaign, spend, settings, curve }: RunningCampaign,
  { to, unitTo, currency }: { to: number; unitTo: number; currency: string },
): ActivationCampaign {
  const target = unit.held === null ? targetFor(settings, curve, { from: spend, to }) : null;
  const isBidding = settings !== null && settings.bidStrategy !== "none";
  const isMoved = unitTo !== unit.spend;
  const action = !isMoved ? "left" : isBidding ? "target" : "budget";
  const reason = reasonOf(unit, unitTo);
  const facts = { from: money(spend), to: money(to), target, sharedBudget: unit.sharedBudget };
  const shared = { from: money(unit.spend), to: money(unitTo) };
  const text = describeCampaign({
    ...facts,
    action,
    reason,
    settings,
    currency,
    shared,
    minimum: unit.minimum,
    step: unit.step,
  });
  return { campaign, ...facts, action, reason, text };
}

function reasonOf(
  { held, spend, sharedBudget, minimum, lower, upper, step, curve, members }: Unit,
  to: number,
): ActivationCampaign["reason"] {
  if (held !== null) return held;
  if (to === spend) return "unchanged";
  if (sharedBudget !== "") return "shared-budget";
  if (members[0]!.settings !== null && members[0]!.settings.bidStrategy !== "none") return "bid-strategy";
  if (minimum > 0 && isSame(to, minimum)) return "minimum";
  if (isSame(to, lower) || isSame(to, upper)) return "at-most";
  if (step !== null) return "step";
  return curve === null ? "no-curve" : "marginal";
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.005;
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function money(amount: number): string {
  return amount.toFixed(2);
}
