import { type Curve, curveValue } from "@touchline/solver";
import type { ActivationCampaign, CampaignSettings } from "../contract/index.ts";

type Target = ActivationCampaign["target"];

/**
 * The target under which a bid strategy spends another amount. A strategy bids until its average return, or its average cost, is the
 * target: so the target moves as the average along the campaign's curve does between the two amounts. What the platform counts and what
 * the curve counts may differ by a factor, which falls out.
 * Laws: more spend never asks for a higher ROAS or a lower CPA; no change of spend asks for no change of target; CPA and ROAS move by
 * the same factor, one up and the other down.
 */
export function targetFor(
  settings: CampaignSettings | null,
  curve: Curve | null,
  { from, to }: { from: number; to: number },
): Target {
  if (settings === null || settings.target === null || curve === null || from === to) return null;
  const average = (spend: number) => curveValue(curve, spend) / spend;
  const factor = average(to) / average(from);
  if (!(from > 0 && to > 0) || !Number.isFinite(factor) || !(factor > 0)) return null;
  const { bidStrategy, target } = settings;
  if (bidStrategy === "target-roas") return { kind: "roas", from: target, to: rounded(target * factor) };
  if (bidStrategy === "target-cpa") return { kind: "cpa", from: target, to: rounded(target / factor) };
  return null;
}

function rounded(target: number): number {
  return Math.round(target * 100) / 100;
}
