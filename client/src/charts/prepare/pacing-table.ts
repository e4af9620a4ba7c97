import type { PacingLine, PacingMonth } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import type { ChartTable, FigureCell } from "./chart-model.ts";
import { wordThreshold } from "./pacing-words.ts";

export interface PacingRow {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly status: PacingLine["status"];
  readonly statusWord: string;
  readonly statusWhy: string;
  readonly isCertain: boolean;
  readonly silent: string | null;
  readonly spent: string;
  readonly toDate: string;
  readonly plan: string;
  readonly rate: string;
  readonly forecast: string;
  readonly interval: string;
  readonly land: string;
}

function wordStatus({ status, isCertain, plan }: PacingLine, words: Words): { word: string; why: string } {
  const { t } = words;
  if (status === null) return { word: plan === null ? t("pacing.noPlan") : "", why: t("pacing.sourceNone") };
  const word = t(`pacing.status.${status}`);
  const why = t("pacing.statusWhy", { status: word, share: wordThreshold(words) });
  return isCertain
    ? { word, why }
    : { word: t("pacing.statusMaybe", { status: word }), why: `${why} ${t("pacing.maybeWhy")}` };
}

export function preparePacingRow(line: PacingLine, name: string, hue: HueSlot | undefined, words: Words): PacingRow {
  const { t, format } = words;
  const { forecast, silentSince } = line;
  const money = (value: string | number | null) => (value === null ? "" : format.money(value));
  const { word, why } = wordStatus(line, words);
  return {
    ...{ channel: name, hue, status: line.status, statusWord: word, statusWhy: why, isCertain: line.isCertain },
    silent: silentSince === null ? null : t("pacing.silent", { day: format.day(silentSince) }),
    ...{ spent: format.money(line.spent), toDate: money(line.planToDate), plan: money(line.plan) },
    ...{ rate: money(line.runRate), forecast: money(forecast?.mean ?? null), land: money(line.dailyToLand) },
    interval:
      forecast === null
        ? ""
        : t("pacing.between", { low: format.money(forecast.low), high: format.money(forecast.high) }),
  };
}

const COLUMNS = ["status", "spent", "toDate", "plan", "rate", "forecast", "low", "high", "land"] as const;

/** The table as it is taken out of the page. */
export function exportPacing({ channels, total }: PacingMonth, words: Words): ChartTable {
  const { t, format } = words;
  const money = (value: string | number | null): FigureCell => ({
    text: value === null ? "" : format.money(value, 2),
    ...{ value, unit: "money" },
  });
  const cells = (name: string, line: PacingLine) => [
    name,
    wordStatus(line, words).word,
    ...[money(line.spent), money(line.planToDate), money(line.plan), money(line.runRate)],
    ...[money(line.forecast?.mean ?? null), money(line.forecast?.low ?? null), money(line.forecast?.high ?? null)],
    money(line.dailyToLand),
  ];
  return {
    columns: [
      { label: t("words.channel"), isNumeric: false },
      ...COLUMNS.map((column) => ({ label: t(`pacing.column.${column}`), isNumeric: column !== "status" })),
    ],
    rows: channels.map((line) => ({ id: line.channel, cells: cells(line.channel, line) })),
    total: cells(t("words.total"), total),
  };
}
