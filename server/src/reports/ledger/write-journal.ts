import { daysOfMonth } from "../../calendar-days.ts";
import { defuseText, type FinanceSettings, type MonthSpan } from "../../contract/index.ts";
import { sumOf } from "../../exact.ts";
import type { WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { closedNow, frozenReport } from "../late/index.ts";
import { monthsOf } from "../roi/compared-range.ts";
import { readBooks } from "../roi/read-books.ts";
import { readFinance } from "./finance.ts";

interface Cost {
  readonly channel: string;
  readonly amount: string;
  readonly text: string;
}

interface JournalLine {
  readonly date: string;
  readonly period: string;
  readonly document: string;
  readonly account: string;
  readonly channel: string;
  readonly text: string;
  readonly debit: string;
  readonly credit: string;
  readonly currency: string;
}

const COLUMNS = ["date", "period", "document", "account", "channel", "text", "debit", "credit", "currency"] as const;
const LINE_END = "\r\n";

/**
 * Spend as bookings, a document a month: each channel on its account against the contra account. A closed month is booked as it was
 * frozen, with what came late to earlier ones; others as they are now.
 * Law: in every document, what is debited is what is credited.
 * @throws UserError where an account is missing
 */
export async function exportLedger(workspace: Workspace, store: WorkspaceStore, span: MonthSpan): Promise<string> {
  const [finance, { currency }, closed] = await Promise.all([
    readFinance(store),
    workspace.settings(),
    closedNow(store),
  ]);
  const range = { from: daysOfMonth(span.from).from, to: daysOfMonth(span.to).to };
  const months = monthsOf(range);
  const books = await readBooks(workspace, range, months);
  const frozen = new Map(closed.map((row) => [row.month, row]));
  const lines = months.flatMap((month) => {
    const row = frozen.get(month);
    const costs = row === undefined ? openCosts(books.get(month)!.spend, month) : frozenCosts(frozenReport(row));
    return journalOf(
      { month, costs, currency, document: `TL-${month}-${row === undefined ? "open" : `v${row.version}`}` },
      finance,
    );
  });
  return [COLUMNS.join(","), ...lines.map((line) => COLUMNS.map((column) => cell(line[column])).join(",")), ""].join(
    LINE_END,
  );
}

function openCosts(spend: ReadonlyMap<string, string>, month: string): Cost[] {
  return [...spend].map(([channel, amount]) => ({ channel, amount, text: `${channel} ${month}` }));
}

function frozenCosts({ rows, adjustments, range }: ReturnType<typeof frozenReport>): Cost[] {
  const month = range.from.slice(0, 7);
  const late = adjustments.filter(({ kind }) => kind === "spend");
  return [
    ...rows.map(({ name, figures }) => ({ channel: name, amount: figures.spend, text: `${name} ${month}` })),
    ...late.map((each) => ({
      ...{ channel: each.channel, amount: each.amount, text: `${each.channel} ${each.month}, arrived after closing` },
    })),
  ];
}

interface Document {
  readonly month: string;
  readonly document: string;
  readonly costs: readonly Cost[];
  readonly currency: string;
}

function journalOf({ month, document, costs, currency }: Document, finance: FinanceSettings): JournalLine[] {
  const booked = costs.filter(({ amount }) => amount !== "0");
  if (booked.length === 0) return [];
  const head = { date: daysOfMonth(month).to, period: month, document, currency };
  const sides = (amount: string) =>
    amount.startsWith("-") ? { debit: "", credit: amount.slice(1) } : { debit: amount, credit: "" };
  const total = sumOf(booked.map(({ amount }) => amount));
  const against = total.startsWith("-") ? total.slice(1) : `-${total}`;
  if (total !== "0" && finance.contraAccount === "")
    throw new UserError("no contra account is set: write it into the finance settings, cost is booked against it");
  const contra = {
    ...head,
    account: finance.contraAccount,
    channel: "",
    text: `Marketing ${month}`,
    ...sides(against),
  };
  return [
    ...booked.map(({ channel, amount, text }) => ({
      ...{ ...head, account: accountOf(channel, finance), channel, text },
      ...sides(amount),
    })),
    ...(total === "0" ? [] : [contra]),
  ];
}

function accountOf(channel: string, { accounts }: FinanceSettings): string {
  const account = accounts[channel] ?? accounts[""] ?? "";
  if (account === "")
    throw new UserError(
      `the channel "${channel}" has no account: name one in the finance settings, or one for all others under ""`,
    );
  return account;
}

/** Amounts are the file's own; texts could be taken for formulas. */
function cell(text: string): string {
  const safe = /^\d+(\.\d+)?$/.test(text) ? text : defuseText(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
