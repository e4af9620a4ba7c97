import type { MarketKind } from "./market/kinds.ts";
import type { KindSummary } from "./summary.ts";
import { figure, type Verdict, verdict } from "./verdict.ts";

const ENOUGH_MARKETS = 20;

/** The least of the possible gain that plans may capture: in the middle of all markets, and in each one. */
const CAPTURED: readonly { readonly kind: MarketKind; readonly median: number; readonly each: number | null }[] = [
  { kind: "clean", median: 0.9, each: 0.5 },
  { kind: "eager", median: 0.85, each: -0.1 },
  { kind: "capture", median: 0.85, each: -0.1 },
  { kind: "capture-beside-honest", median: 0.85, each: -0.1 },
  { kind: "rising", median: 0.7, each: -0.2 },
  { kind: "rising-tests", median: 0.85, each: null },
  { kind: "clicks-only", median: 0.5, each: -0.2 },
  { kind: "clicks-only-tests", median: 0.85, each: null },
];
/** Of today's incremental revenue. */
const LOST_AT_MOST = 0.01;

/** What the plans have to show where there is enough to learn from. @param own summaries of the model that plans are made by */
export function checkCaptured(own: readonly KindSummary[]): Verdict[] {
  return CAPTURED.map(({ kind, median, each }) => {
    const summary = own.find((one) => one.kind === kind);
    const { captured, leftAlone } = summary ?? {};
    const never = each === null ? "" : `, in no market below ${each}`;
    return verdict(
      `${kind}: median of captured gain at least ${median}${never}`,
      captured?.markets ?? 0,
      ENOUGH_MARKETS,
      {
        isMet:
          captured !== undefined && captured.median >= median && captured.worst >= (each ?? Number.NEGATIVE_INFINITY),
        found: `${figure(captured?.median, 2)}, worst ${figure(captured?.worst, 2)}, left alone ${percent(leftAlone)}`,
      },
    );
  });
}

/** What they have to show where there is little: no harm. */
export function checkSparse(own: readonly KindSummary[]): Verdict[] {
  const all = own.find(({ kind }) => kind === "all kinds");
  const [worst] = own.filter(({ kind }) => kind !== "all kinds").sort((a, b) => b.lost.worst - a.lost.worst);
  const target = `sparse markets: no plan loses more than ${percent(LOST_AT_MOST)} of incremental revenue against today's split`;
  return [
    verdict(target, all?.markets ?? 0, ENOUGH_MARKETS, {
      isMet: (all?.lost.worst ?? Number.NaN) <= LOST_AT_MOST,
      found: `${percent(all?.lost.worst, 1)}${worst === undefined ? "" : ` (${worst.kind})`}, left alone ${percent(all?.leftAlone)}`,
    }),
  ];
}

const percent = (share: number | undefined, decimals = 0): string =>
  share === undefined || Number.isNaN(share) ? "-" : `${(100 * share).toFixed(decimals)} %`;
