import type { MarketKind } from "./market/kinds.ts";
import { checkCaptured, checkSparse } from "./plan-targets.ts";
import type { KindSummary } from "./summary.ts";
import { figure, type Verdict, verdict } from "./verdict.ts";

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

/** What the incremental model and the plans on it have to show, and whether these results show it. */
export function checkTargets({ many, sparse }: Record<"many" | "sparse", readonly KindSummary[]>): Verdict[] {
  const isOwn = ({ model }: KindSummary) => model === MODEL;
  const own = many.filter(isOwn);
  const errors = SHARE_ERROR.map(({ kind, most }) => {
    const summary = own.find((one) => one.kind === kind);
    return verdict(`${kind}: median share error at most ${most.toFixed(2)}`, summary?.markets ?? 0, ENOUGH_MARKETS, {
      isMet: (summary?.shareError.median ?? Number.NaN) <= most,
      found: figure(summary?.shareError.median, 3),
    });
  });
  const plans = [...checkCaptured(own), ...checkSparse(sparse.filter(isOwn))];
  return [...errors, ...checkFlags(own), ...checkCoverage(own), ...plans];
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

const HEAD =
  "Targets of the incremental model and of plans (markets with at least 10,000 conversions, but for sparse ones)";

/** The verdicts as lines of text. */
export function targetsInWords(verdicts: readonly Verdict[], head: string = HEAD): string {
  return `${[head, ...verdicts.map(({ target, state, found }) => `  ${state.padEnd(9)}  ${target}: ${found}`)].join("\n")}\n`;
}
