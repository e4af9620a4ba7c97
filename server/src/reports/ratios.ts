import type { RoiFigures } from "../contract/index.ts";
import { roasOf } from "../roas.ts";

/** Amounts with what they come to for each unit of spend and for each conversion; null where nothing can be divided. */
export function withRatios(amounts: Omit<RoiFigures, "roas" | "iroas" | "cpa">): RoiFigures {
  const { spend, attributedRevenue, incrementalRevenue, attributedConversions } = amounts;
  const hasCost = Number(attributedConversions) > 0 && Number(spend) !== 0;
  return {
    ...amounts,
    roas: roasOf(attributedRevenue, spend),
    iroas: roasOf(incrementalRevenue, spend),
    cpa: hasCost ? Number(spend) / Number(attributedConversions) : null,
  };
}
