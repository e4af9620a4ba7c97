import type { PrivacyOverview } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";

export interface StoredLine {
  readonly table: string;
  readonly label: string;
  readonly rows: string;
  readonly identified: string;
  readonly isDerived: boolean;
  /** Null where the rows are worked out from others, or none names anybody. */
  readonly ages: { readonly oldest: string; readonly newest: string; readonly until: string } | null;
}

export interface ConsentBar {
  readonly source: string;
  readonly basis: string;
  readonly touchpoints: string;
  /** In [0, 1], and written out; they add up to 1. */
  readonly parts: readonly {
    readonly part: "consented" | "refused" | "unsaid";
    readonly share: number;
    readonly text: string;
  }[];
}

/** Worked out anew from the others: they say nothing more about anybody. */
const DERIVED: ReadonlySet<string> = new Set(["journeys", "persons"]);
const EVENTS: ReadonlySet<string> = new Set(["touchpoints", "conversions"]);
const PARTS = ["consented", "refused", "unsaid"] as const;

const KNOWN_TABLES = [
  "touchpoints",
  "conversions",
  "identities",
  "persons",
  "journeys",
  "rejected_rows",
  "adjustments",
  "mentions",
] as const;

/** A table that was added later goes by its own name. */
export function nameTable(table: string, { t }: Words): string {
  const known = KNOWN_TABLES.find((each) => each === table);
  return known === undefined ? table.replaceAll("_", " ") : t(`privacy.tables.${known}`);
}

export function wordOverview({ stored }: PrivacyOverview, { t, format }: Words): string {
  const rows = stored
    .filter(({ table }) => !DERIVED.has(table))
    .reduce((total, { identified }) => total + identified, 0);
  return rows === 0 ? t("privacy.headlineNone") : t("privacy.headline", { rows: strong(format.count(rows)) });
}

export function wordDue({ due, retention }: PrivacyOverview, { t, format }: Words): string {
  if (due.rows > 0) return t("privacy.subDue", { rows: format.count(due.rows) });
  return t("privacy.subNotDue", { months: retention.identifierMonths, dataMonths: retention.dataMonths });
}

export function wordStored({ stored }: PrivacyOverview, { t, format }: Words): string {
  const events = stored.filter(({ table }) => EVENTS.has(table));
  const rows = events.reduce((total, each) => total + each.rows, 0);
  if (rows === 0) return t("privacy.storedNone");
  const identified = events.reduce((total, each) => total + each.identified, 0);
  return t("privacy.storedSentence", { share: strong(format.percent(identified / rows)), rows: format.count(rows) });
}

/** The same day so many months later; the last day of a shorter month. */
export function monthsLater(isoDate: string, months: number): string {
  const [year = 0, month = 1, day = 1] = isoDate.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

function daysLater(isoDate: string, days: number): string {
  return new Date(Date.parse(isoDate) + days * 86_400_000).toISOString().slice(0, 10);
}

export function prepareStored({ stored, retention }: PrivacyOverview, words: Words): StoredLine[] {
  const { format } = words;
  const until = (table: string, oldest: string) =>
    table === "rejected_rows"
      ? daysLater(oldest, retention.rejectedDays)
      : monthsLater(oldest, retention.identifierMonths);
  const order: readonly string[] = KNOWN_TABLES;
  const rank = ({ table }: { table: string }) => (order.includes(table) ? order.indexOf(table) : order.length);
  return [...stored]
    .sort((a, b) => rank(a) - rank(b))
    .map(({ table, rows, identified, oldest, newest }) => ({
      table,
      label: nameTable(table, words),
      isDerived: DERIVED.has(table),
      rows: format.count(rows),
      identified: format.count(identified),
      ages:
        oldest === null || newest === null
          ? null
          : { oldest: format.date(oldest), newest: format.date(newest), until: format.date(until(table, oldest)) },
    }));
}

export function wordConsent({ sources }: PrivacyOverview, { t, format }: Words): string {
  const sum = (of: "touchpoints" | "consented" | "refused") => sources.reduce((total, each) => total + each[of], 0);
  const all = sum("touchpoints");
  if (all === 0) return t("privacy.consentNone");
  const [consented, refused] = [sum("consented"), sum("refused")];
  if (consented + refused === 0) return t("privacy.consentUnsaid");
  return t("privacy.consentSentence", {
    share: strong(format.percent(consented / all)),
    refused: strong(format.percent(refused / all)),
  });
}

export function prepareConsent({ sources }: PrivacyOverview, { t, format }: Words): ConsentBar[] {
  return sources.map((row) => ({
    source: row.source === "" ? t("privacy.unnamed") : row.source,
    basis: t(`privacy.bases.${row.basis ?? "none"}`),
    touchpoints: format.count(row.touchpoints),
    parts: PARTS.map((part) => {
      const share = row.touchpoints === 0 ? 0 : row[part] / row.touchpoints;
      return { part, share, text: t("privacy.share", { rows: format.count(row[part]), share: format.percent(share) }) };
    }),
  }));
}
