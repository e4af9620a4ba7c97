import type { MarketKind } from "./market/kinds.ts";
import { ENOUGH_CONVERSIONS, type KindSummary } from "./summary.ts";

const MODEL = "incremental";
const ENOUGH_MARKETS = 20;
const ENOUGH_FOR_COVERAGE = 50;

/** The largest median share error that the incremental model may have. */
const SHARE_ERROR: readonly { readonly kind: MarketKind; readonly most: number }[] = [
  { kind: "clean", most: 0.03 },
  { kind: "untouched", most: 0.03 },
  { kind: "eager", most: 0.06 },
  { kind: "capture", most: 0.06 },
  { kind: "capture-beside-honest", most: 0.06 },
  { kind: "rising", most: 0.1 },
  { kind: "rising-tests", most: 0.06 },
];
const LEAST_FLAG_SHARE = 0.9;
const COVERAGE = { level: 0.9, from: 0.85, to: 0.95 };

export interface Verdict {
  readonly target: string;
  readonly state: "met" | "missed" | "not shown";
  readonly found: string;
}

/** What the incremental model has to show, and whether these results show it. */
export function checkTargets(summaries: readonly KindSummary[]): Verdict[] {
  const own = summaries.filter(({ model }) => model === MODEL);
  const errors = SHARE_ERROR.map(({ kind, most }) => {
    const summary = own.find((one) => one.kind === kind);
    return verdict(`${kind}: median share error at most ${most.toFixed(2)}`, summary?.markets ?? 0, ENOUGH_MARKETS, {
      isMet: (summary?.shareError.median ?? Number.NaN) <= most,
      found: figure(summary?.shareError.median, 3),
    });
  });
  return [...errors, ...checkFlags(own), ...checkCoverage(own)];
}

function checkFlags(own: readonly KindSummary[]): Verdict[] {
  const all = own.find(({ kind }) => kind === "all kinds");
  return (["precision", "recall"] as const).map((name) => {
    const share = all?.flags[name];
    const target = `${name} of the demand-capture flag at least ${LEAST_FLAG_SHARE}`;
    return verdict(target, all?.flags.due ?? 0, ENOUGH_MARKETS, {
      isMet: (share ?? Number.NaN) >= LEAST_FLAG_SHARE,
      found: `${figure(share, 3)} (${all?.flags.raised ?? 0} raised, ${all?.flags.due ?? 0} due)`,
    });
  });
}

function checkCoverage(own: readonly KindSummary[]): Verdict[] {
  const { level, from, to } = COVERAGE;
  return own
    .filter(({ kind }) => kind !== "all kinds")
    .map(({ kind, markets, intervals: { coverage, all, medianWidth } }) =>
      verdict(
        `${kind}: ${level * 100} % intervals cover ${from * 100} to ${to * 100} %`,
        all > 0 ? markets : 0,
        ENOUGH_FOR_COVERAGE,
        {
          isMet: coverage >= from && coverage <= to,
          found: `${figure(coverage * 100, 1)} % of ${all}, median width ${figure(medianWidth * 100, 0)} % of the truth`,
        },
      ),
    );
}

function verdict(
  target: string,
  markets: number,
  needed: number,
  { isMet, found }: { isMet: boolean; found: string },
): Verdict {
  if (markets === 0) return { target, state: "not shown", found: "no results" };
  const few = markets < needed ? `, from ${markets} of at least ${needed}` : "";
  return { target, state: isMet ? "met" : "missed", found: `${found}${few}` };
}

function figure(value: number | undefined, decimals: number): string {
  return value === undefined || Number.isNaN(value) ? "-" : value.toFixed(decimals);
}

/** The verdicts as lines of text. */
export function targetsInWords(verdicts: readonly Verdict[]): string {
  const head = `Targets of the incremental model (markets with at least ${ENOUGH_CONVERSIONS.toLocaleString("en-US")} conversions)`;
  return `${[head, ...verdicts.map(({ target, state, found }) => `  ${state.padEnd(9)}  ${target}: ${found}`)].join("\n")}\n`;
}
