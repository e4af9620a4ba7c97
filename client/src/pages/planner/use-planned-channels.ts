import { DAYS_PER_PERIOD, type Period, type Plan } from "@touchline/server/contract";
import { useRef } from "react";
import { useCurves } from "../../app/queries.ts";
import type { PlannedChannel } from "./ChannelLimits.tsx";

/**
 * The channels to set limits on. An impossible plan names none, so the last plan that did is remembered; a page that opens on
 * an impossible one asks the curves instead.
 */
export function usePlannedChannels(plan: Plan | undefined, period: Period): PlannedChannel[] {
  const lastWithRows = useRef<Plan>(undefined);
  if (plan !== undefined && plan.allocation.length > 0) lastWithRows.current = plan;
  const known = lastWithRows.current;
  const curves = useCurves(plan !== undefined && known === undefined);
  const days = DAYS_PER_PERIOD[period];
  if (known !== undefined) {
    const factor = days / DAYS_PER_PERIOD[known.period];
    return known.allocation
      .map((row) => ({ channel: row.channel, current: Number(row.current) * factor }))
      .sort((a, b) => b.current - a.current);
  }
  const fitted = [...(curves.data?.channels ?? [])].sort((a, b) => b.current.spend - a.current.spend);
  return [
    ...fitted.map((curve) => ({ channel: curve.channel, current: curve.current.spend * days })),
    ...(curves.data?.withoutCurve ?? []).map(({ channel }) => ({ channel, current: null })),
  ];
}
