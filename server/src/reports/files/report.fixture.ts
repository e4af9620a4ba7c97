import type { RoiFigures, RoiReport, RoiRow } from "../../contract/index.ts";
import { sumOf } from "../../exact.ts";

const NAMES = ["Search", "Meta", '=HYPERLINK("http://evil.example")', "E-mail; newsletter", "TikTok « été »"];

function figures(seed: number): RoiFigures {
  const spend = `${1_000 + seed * 337}.${String((seed * 7) % 100).padStart(2, "0")}`;
  const attributed = `${2_500 + seed * 411}.${String((seed * 13) % 100).padStart(2, "0")}`;
  const incremental = `${1_800 + seed * 290}.${String((seed * 31) % 100).padStart(2, "0")}`;
  const conversions = `${40 + seed}.1250`;
  return {
    ...{ spend, attributedConversions: conversions, attributedRevenue: attributed },
    ...{ incrementalConversions: `${30 + seed}.5`, incrementalRevenue: incremental },
    incrementalLow: sumOf([incremental, "-400.5"]),
    incrementalHigh: sumOf([incremental, "512.25"]),
    ...{ margin: `${600 + seed}.40`, roas: Number(attributed) / Number(spend) },
    ...{ iroas: Number(incremental) / Number(spend), cpa: Number(spend) / Number(conversions) },
    ...{ paybackDays: seed % 4 === 0 ? null : 12 + seed, presentValue: `${1_700 + seed * 280}.10` },
    ...{ budget: `${1_200 + seed * 300}.00`, committed: `${900 + seed}.00`, invoiced: `${800 + seed}.50` },
  };
}

function totalOf(rows: readonly RoiFigures[]): RoiFigures {
  const sum = (of: (row: RoiFigures) => string | null) => sumOf(rows.map((row) => of(row) ?? "0"));
  const [spend, revenue] = [sum((row) => row.spend), sum((row) => row.attributedRevenue)];
  const [conversions, incremental] = [sum((row) => row.attributedConversions), sum((row) => row.incrementalRevenue)];
  return {
    ...{ spend, attributedConversions: conversions, attributedRevenue: revenue, incrementalRevenue: incremental },
    incrementalConversions: sum((row) => row.incrementalConversions),
    incrementalLow: sumOf([incremental, "-1500.75"]),
    incrementalHigh: sumOf([incremental, "1702.25"]),
    margin: sum((row) => row.margin),
    ...{ roas: Number(revenue) / Number(spend), iroas: Number(incremental) / Number(spend) },
    ...{ cpa: Number(spend) / Number(conversions), paybackDays: 17.5, presentValue: sum((row) => row.presentValue) },
    budget: sum((row) => row.budget),
    committed: sum((row) => row.committed),
    invoiced: sum((row) => row.invoiced),
  };
}

/** A report of invented figures that add up, with names that want to be formulas. */
export function inventReport(change: Partial<RoiReport> = {}, count = NAMES.length): RoiReport {
  const level = change.level ?? "channel";
  const rows = Array.from({ length: count }, (_, seed): RoiRow => {
    const name = NAMES[seed % NAMES.length]!;
    return {
      name: level === "month" ? `2026-${String((seed % 12) + 1).padStart(2, "0")}` : name,
      campaign:
        level === "campaign" ? `FR_${name}_PROSPECTING_ALWAYS-ON_2026_${seed}_broad-audience-lookalike-3pct` : null,
      ...{ figures: figures(seed), before: seed === 2 ? null : figures(seed + 3) },
    };
  });
  const total = totalOf(rows.map((row) => row.figures));
  const baseline = { conversions: "250", revenue: "4321.09", share: 0.214 };
  const booked = sumOf([total.attributedRevenue, baseline.revenue]);
  const months = ["2026-08", "2026-09", "2026-10"].map((month, at) => ({
    ...{ month, spend: rest(total.spend, at), attributedRevenue: rest(total.attributedRevenue, at) },
    incrementalRevenue: rest(total.incrementalRevenue, at),
  }));
  return {
    ...{ workspace: "Boutique d’Été", currency: "EUR", timeZone: "Europe/Paris", level, model: "markov" },
    ...{ range: { from: "2026-08-01", to: "2026-10-31" }, before: { from: "2026-05-01", to: "2026-07-31" } },
    ...{ lookbackDays: 30, dateBasis: "conversion", taxBasis: "net", watermark: "w-1842", codeVersion: "0.1.0" },
    runs: { attributed: "run-a1", incremental: "run-b2" },
    ...{ closed: null, writtenAt: "2026-11-02T07:30:00.000Z", rows, total },
    totalBefore: totalOf(rows.flatMap((row) => (row.before === null ? [] : [row.before]))),
    baseline,
    reconciliation: [
      {
        code: "revenue",
        parts: [
          { code: "attributed", amount: total.attributedRevenue },
          { code: "unattributed", amount: baseline.revenue },
        ],
        ...{ total: booked, booked, difference: "0", isBalanced: true },
      },
      {
        code: "conversions",
        parts: [
          { code: "attributed", amount: total.attributedConversions },
          { code: "unattributed", amount: baseline.conversions },
        ],
        total: sumOf([total.attributedConversions, baseline.conversions]),
        booked: sumOf([total.attributedConversions, baseline.conversions]),
        ...{ difference: "0", isBalanced: true },
      },
      {
        code: "spend",
        parts: [{ code: "report", amount: total.spend }],
        ...{ total: total.spend, booked: total.spend, difference: "0", isBalanced: true },
      },
    ],
    adjustments: [
      { month: "2026-07", countedIn: "2026-08", channel: "Meta", kind: "refund", amount: "-120.40", rows: 7 },
      { month: "2026-07", countedIn: "2026-08", channel: "+Search", kind: "spend", amount: "33.10", rows: 2 },
    ],
    currencies: [{ currency: "USD", kind: "revenue", amount: "1200.00", converted: "1104.35" }],
    notes: [
      { code: "recent-days", values: { days: 30, from: "2026-10-20" } },
      { code: "margin-share", values: { share: 0.35 } },
      { code: "closed-months", values: { months: "2026-08, 2026-09" } },
    ],
    months,
    ...change,
  };
}

/** A third of an amount for each of three months; the last takes what is over. */
function rest(amount: string, at: number): string {
  const cents = BigInt(Math.round(Number(amount) * 100));
  const share = cents / 3n;
  const part = at === 2 ? cents - 2n * share : share;
  return `${part / 100n}.${String(part % 100n).padStart(2, "0")}`;
}
