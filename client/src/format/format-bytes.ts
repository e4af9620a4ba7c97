import { LOCALE } from "../i18n/language.ts";
import type { Format } from "./format.ts";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** 12,345,678 as "12.3 MB" or "12,3 Mo". */
export function formatBytes(bytes: number, { language }: Format): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const format = new Intl.NumberFormat(LOCALE[language], {
    ...{ style: "unit", unit: UNITS[step]!, unitDisplay: step === 0 ? "long" : "short", maximumFractionDigits: 1 },
  });
  return format.format(bytes / 1_000 ** step);
}
