import type { ReceivedByDay } from "@touchline/server/contract";
import { group } from "d3";
import { addDays, listDays } from "../../app/date-range.ts";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import { zeroBasedDomain } from "./axis.ts";
import { countCell, dayCell } from "./cells.ts";
import type { ChartModel, Readout } from "./chart-model.ts";

/** Rows of one day by what became of them. Days without an import have none of any. */
export interface ReceivedDay {
  readonly stored: number;
  readonly other: number;
  readonly rejected: number;
}

export interface ReceivedPanel {
  readonly id: string;
  readonly source: string;
  readonly total: string;
  readonly rejected: string | null;
  readonly days: readonly ReceivedDay[];
  readonly domain: readonly [number, number];
  readonly label: string;
  readout(index: number): Readout;
}

export interface ReceivedChart extends ChartModel {
  readonly sentence: string;
  readonly days: readonly string[];
  readonly panels: readonly ReceivedPanel[];
  readonly shownOf: string | null;
}

const MOST_PANELS = 8;
const DAYS = 60;

const NOTHING: ReceivedDay = { stored: 0, other: 0, rejected: 0 };

function dayOf(row: ReceivedByDay[number] | undefined): ReceivedDay {
  if (row === undefined) return NOTHING;
  return {
    stored: row.stored + row.replaced,
    other: row.duplicates + row.filtered,
    rejected: row.rejected,
  };
}

const sum = <Row>(rows: readonly Row[], pick: (row: Row) => number) => rows.reduce((all, row) => all + pick(row), 0);

/**
 * Rows by day of import, a panel a source, the largest first. A day without an import received nothing: that is a zero, not a gap.
 * Law: stored, refused and the others of a day add up to what was received.
 */
export function prepareReceivedByDay(rows: ReceivedByDay, today: string, words: Words): ReceivedChart {
  const { t, format } = words;
  const range = { from: addDays(today, 1 - DAYS), to: today };
  const days = listDays(range);
  const bySource = group(rows, ({ source }) => source);
  const sources = [...bySource].sort(([, a], [, b]) => sum(b, (row) => row.received) - sum(a, (row) => row.received));
  const all = sources.map(([source, own]): ReceivedPanel => {
    const byDate = new Map(own.map((row) => [row.date, row]));
    const series = days.map((date) => dayOf(byDate.get(date)));
    const name = source === "" ? t("data.unnamed") : source;
    const rejected = sum(own, (row) => row.rejected);
    const total = format.count(sum(own, (row) => row.received));
    return {
      id: source,
      source: name,
      total,
      rejected: rejected === 0 ? null : `${t("data.rejected")} ${format.count(rejected)}`,
      days: series,
      domain: zeroBasedDomain(Math.max(...series.map((day) => day.stored + day.other + day.rejected))),
      label: t("words.titled", {
        title: name,
        text: `${t("data.received")} ${total}, ${t("data.rejected")} ${format.count(rejected)}.`,
      }),
      readout: (index) => {
        const day = series[index] ?? NOTHING;
        return {
          title: format.weekday(days[index] ?? today),
          lines: [
            { label: t("data.stored"), value: format.count(day.stored) },
            { label: t("data.other"), value: format.count(day.other) },
            { label: t("data.rejected"), value: format.count(day.rejected) },
          ],
        };
      },
    };
  });
  const panels = all.slice(0, MOST_PANELS);
  const sentence = t("data.receivedSentence", {
    stored: strong(format.count(sum(rows, (row) => row.stored + row.replaced))),
    received: format.count(sum(rows, (row) => row.received)),
    days: format.count(DAYS),
    rejected: strong(format.count(sum(rows, (row) => row.rejected))),
  });
  const COUNTS = ["received", "stored", "duplicates", "replaced", "rejected", "filtered"] as const;
  return {
    label: plainText(sentence),
    caption: t("data.receivedCaption", { range: format.range(range.from, range.to) }),
    sentence,
    days,
    panels,
    shownOf:
      all.length > panels.length
        ? t("data.receivedOf", { shown: format.count(panels.length), all: format.count(all.length) })
        : null,
    table: {
      columns: [
        { label: t("words.date"), isNumeric: false },
        { label: t("data.source"), isNumeric: false },
        ...COUNTS.map((name) => ({ label: t(`data.${name}`), isNumeric: true })),
      ],
      rows: [...rows].reverse().map((row) => ({
        id: `${row.date} ${row.source}`,
        cells: [
          dayCell(row.date, words),
          row.source === "" ? t("data.unnamed") : row.source,
          ...COUNTS.map((name) => countCell(row[name], words)),
        ],
      })),
    },
  };
}
