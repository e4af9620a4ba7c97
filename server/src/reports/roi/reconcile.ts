import { importedSpend, soldAndRefunded } from "@touchline/sql";
import type { ReconciliationLine, RoiReport } from "../../contract/index.ts";
import { minus, sumOf } from "../../exact.ts";
import type { Workspace } from "../../workspace.ts";
import type { DescribedSide } from "./describe-side.ts";
import type { Side } from "./read-side.ts";
import { toPlaces } from "./share-out.ts";

type Part = ReconciliationLine["parts"][number];

/** One line: its parts against what is booked. It balances when nothing at all is left. */
export function reconciled(
  code: ReconciliationLine["code"],
  parts: readonly (readonly [code: string, amount: string])[],
  booked: string,
): ReconciliationLine {
  const named = parts.map(([part, amount]): Part => ({ code: part, amount }));
  const total = sumOf(named.map(({ amount }) => amount));
  const difference = minus(total, booked);
  return { code, parts: named, total, booked, difference, isBalanced: difference === "0" };
}

interface Reconciled {
  readonly lines: ReconciliationLine[];
  readonly currencies: RoiReport["currencies"];
}

/**
 * The report held against the books, each side asked for by itself: credit and what no channel is credited with against the booked
 * conversions, sales and refunds against the net revenue, spend against the imports that brought it.
 */
export async function reconcile(
  workspace: Workspace,
  side: Side,
  { total, unattributed, baseline }: DescribedSide,
): Promise<Reconciled> {
  const { timeZone, currency } = await workspace.settings();
  const [sold, imported] = await Promise.all([
    workspace.warehouse.ask(soldAndRefunded, { ...side.range, timeZone }),
    workspace.warehouse.ask(importedSpend, side.range),
  ]);
  const revenue = toPlaces(sumOf(side.booked.map((row) => row.revenue)), 2);
  const conversions = String(side.booked.reduce((sum, row) => sum + row.conversions, 0));
  const amountOf = (kind: "revenue" | "refund") =>
    sumOf(sold.filter((row) => row.kind === kind).map(({ amount }) => amount));
  const [gross, refunds] = [amountOf("revenue"), toPlaces(amountOf("refund"), 2)];
  const net = toPlaces(sumOf([gross, amountOf("refund")]), 2);
  const causes =
    side.incremental === null
      ? []
      : [
          reconciled(
            "incremental-revenue",
            [
              ["incremental", total.incrementalRevenue],
              ["baseline", baseline.revenue],
            ],
            revenue,
          ),
        ];
  const lines = [
    reconciled(
      "revenue",
      [
        ["attributed", total.attributedRevenue],
        ["unattributed", unattributed.revenue],
      ],
      revenue,
    ),
    ...causes,
    reconciled(
      "conversions",
      [
        ["attributed", total.attributedConversions],
        ["unattributed", unattributed.conversions],
      ],
      conversions,
    ),
    reconciled(
      "refunds",
      [
        ["gross", minus(net, refunds)],
        ["refunds", refunds],
      ],
      revenue,
    ),
    reconciled("spend", [["report", total.spend]], toPlaces(sumOf(imported.map(({ spend }) => spend)), 2)),
  ];
  const billed = side.spend.map((row) => ({ ...row, kind: "spend" as const, amount: row.spend }));
  return { lines, currencies: foreignMoney([...sold, ...billed], currency) };
}

interface Said {
  readonly kind: "revenue" | "refund" | "spend";
  readonly currency: string;
  readonly amount: string;
  readonly original: string;
}

/** Amounts as they were said, and what they came to at the rates of their days. */
function foreignMoney(rows: readonly Said[], own: string): RoiReport["currencies"] {
  const said = new Map<string, Said[]>();
  for (const row of rows) {
    if (row.currency === own || row.currency === "") continue;
    const key = `${row.currency} ${row.kind}`;
    said.set(key, [...(said.get(key) ?? []), row]);
  }
  return [...said.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, of]) => ({
      ...{ currency: of[0]!.currency, kind: of[0]!.kind },
      amount: toPlaces(sumOf(of.map(({ original }) => original)), 2),
      converted: toPlaces(sumOf(of.map(({ amount }) => amount)), 2),
    }));
}
