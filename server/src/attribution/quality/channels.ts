import {
  type CaptureSignature,
  type ChannelLags,
  judgeDemandCapture,
  LAG_EDGES_DAYS,
  lagEvidence,
} from "@touchline/solver";
import { z } from "zod";
import {
  CHANNEL_FINDINGS,
  type ChannelFinding,
  type ChannelQuality,
  type ChannelsQuality,
  type DateRange,
} from "../../contract/index.ts";
import type { Workspace } from "../../workspace.ts";
import type { Fit } from "../fit.ts";
import type { KnownChannel } from "../incremental/channel-facts.ts";
import { type AttributionReport, describeRun } from "../report.ts";
import { ensureRun } from "../runs.ts";
import { qualityScope, qualityStatistics, rememberFor } from "./quality-scope.ts";

/** Conversions shortly before a touch, against the usual rate: beyond these something else than chance draws or stops touches. */
const RISES = { ratio: 1.5, surely: 1.25 };
const FALLS = { ratio: 0.6, surely: 0.75 };

/** What a run of the incremental model keeps of each channel's effect. */
const KeptEffects = z
  .array(
    z.object({
      channel: z.string(),
      perTouch: z.number(),
      halfLifeDays: z.number().nullable(),
      effectByLag: z.array(z.number()),
    }),
  )
  .default([]);
type KeptEffect = z.output<typeof KeptEffects>[number];

/** What the data say around the touches of each channel, before and after, beside what the incremental model made of it. */
export function judgeChannels(workspace: Workspace, range: DateRange): Promise<ChannelsQuality> {
  return rememberFor(workspace, "channels", range, async () => {
    const scope = await qualityScope(workspace, range);
    const run = await ensureRun(workspace, scope.parameters);
    const report = await describeRun(workspace, run, scope.parameters);
    const statistics = await qualityStatistics(workspace, scope);
    const signatures = judgeDemandCapture(statistics, scope.channels);
    const effects = new Map(KeptEffects.parse(run.fit.figures.effects).map((effect) => [effect.channel, effect]));
    const reported = new Map(report.channels.map((row) => [row.channel, row]));
    const channels = lagEvidence(statistics).map((evidence, i): ChannelQuality => {
      const known = scope.channels[i]!;
      return describeChannel({
        ...{ known, evidence, signature: signatures[i]!, effect: effects.get(known.channel) },
        ...{ kept: run.fit.channels[known.channel], row: reported.get(known.channel) },
      });
    });
    channels.sort((a, b) => (b.effect?.conversions ?? 0) - (a.effect?.conversions ?? 0) || b.touches - a.touches);
    return { channels, warnings: [...run.fit.warnings] };
  });
}

interface Known {
  readonly known: KnownChannel;
  readonly evidence: ChannelLags;
  readonly signature: CaptureSignature;
  readonly effect: KeptEffect | undefined;
  readonly kept: Fit["channels"][string] | undefined;
  readonly row: AttributionReport["channels"][number] | undefined;
}

function describeChannel({ known, evidence, signature, effect, kept, row }: Known): ChannelQuality {
  const { usual, touches, before, lags } = evidence;
  const interval = kept?.interval ?? null;
  const coverage = row?.coverage ?? null;
  const isFitted = effect !== undefined && effect.effectByLag.length > 0;
  return {
    ...{ channel: known.channel, touches, usual, coverage },
    findings: findingsOf(kept?.flags ?? [], isFitted ? before : null),
    effect: isFitted && interval !== null ? { conversions: Number(row?.conversions ?? 0), ...interval } : null,
    ...{ perTouch: effect?.perTouch ?? 0, halfLifeDays: effect?.halfLifeDays ?? null },
    ...{ shareSoon: signature.shareSoon, soonPerTouch: signature.soonPerTouch, beforeRatio: before?.ratio ?? null },
    lags: lags.map((lag) => ({
      ...lag,
      fitted: isFitted && usual !== null && lag.fromDays >= 0 ? usual + meanEffect(effect.effectByLag, lag) : null,
    })),
  };
}

function findingsOf(flags: readonly string[], before: ChannelLags["before"]): ChannelFinding[] {
  const found = new Set<string>(flags);
  if (before !== null && before.ratio > RISES.ratio && before.low > RISES.surely) found.add("follows-purchases");
  if (before !== null && before.ratio < FALLS.ratio && before.high < FALLS.surely) found.add("stops-at-purchase");
  return CHANNEL_FINDINGS.filter((finding) => found.has(finding));
}

/** Fitted conversions of a touch in a day, on average over the bins between two distances. */
function meanEffect(
  effectByLag: readonly number[],
  { fromDays, toDays }: { fromDays: number; toDays: number },
): number {
  let sum = 0;
  effectByLag.forEach((rate, bin) => {
    const [from, to] = [LAG_EDGES_DAYS[bin]!, LAG_EDGES_DAYS[bin + 1]!];
    sum += rate * Math.max(0, Math.min(to, toDays) - Math.max(from, fromDays));
  });
  return sum / (toDays - fromDays);
}
