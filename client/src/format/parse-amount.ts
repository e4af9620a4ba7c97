import type { Language } from "../i18n/language.ts";

/** What somebody typed into a field, before it may travel. `reason` is a key of the dictionary's `input` part. */
export type TypedNumber =
  | { kind: "ok"; value: number }
  | { kind: "empty" }
  | { kind: "rejected"; reason: "notANumber" | "negative" | "tooManyDecimals" | "tooLarge" };

/** A trillion: beyond it a budget is a slip of the finger. */
const LARGEST = 1e12;
const SPACES = /[\s\u00a0\u202f'’]/g;
const CURRENCY_MARK = /^(?:[€$£]|EUR|USD|GBP)|(?:[€$£]|EUR|USD|GBP)$/gi;

/** Which of "," and "." parts the decimals; null when neither does. */
function decimalMark(text: string, language: Language): "," | "." | null {
  const comma = text.lastIndexOf(",");
  const point = text.lastIndexOf(".");
  if (comma < 0 && point < 0) return null;
  if (comma >= 0 && point >= 0) return comma > point ? "," : ".";
  const mark = comma >= 0 ? "," : ".";
  const groups = text.split(mark);
  if (groups.length > 2) return null;
  const looksLikeThousands = groups[0] !== "" && groups[1]?.length === 3;
  const usual = language === "fr" ? "," : ".";
  return looksLikeThousands && mark !== usual ? null : mark;
}

/** Thousands come in threes: "1.23.4" is a slip, not a number. */
function stripThousands(text: string): string | null {
  if (/^\d*$/.test(text)) return text;
  return /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.test(text) ? text.replace(/[.,]/g, "") : null;
}

/**
 * Reads an amount as people of both languages type it: "1 234,50 €", "1,234.50", "1234.5", "1'234".
 * Where one mark could be either ("1,234"), the page's language decides; more than two decimals are refused rather than
 * read a thousand times too small.
 */
export function parseAmount(typed: string, language: Language): TypedNumber {
  const text = typed.replace(SPACES, "").replace(CURRENCY_MARK, "");
  if (text === "") return typed.trim() === "" ? { kind: "empty" } : { kind: "rejected", reason: "notANumber" };
  if (/^[-−]/.test(text)) return { kind: "rejected", reason: /\d/.test(text) ? "negative" : "notANumber" };
  const mark = decimalMark(text, language);
  const cut = mark === null ? text.length : text.lastIndexOf(mark);
  const whole = stripThousands(text.slice(0, cut));
  const decimals = text.slice(cut + 1);
  if (whole === null || !/^\d*$/.test(decimals) || `${whole}${decimals}` === "") {
    return { kind: "rejected", reason: "notANumber" };
  }
  if (decimals.length > 2) return { kind: "rejected", reason: "tooManyDecimals" };
  const value = Number(`${whole || "0"}.${decimals || "0"}`);
  return value > LARGEST ? { kind: "rejected", reason: "tooLarge" } : { kind: "ok", value };
}

/** Reads "20", "20 %" or "12,5 %" as a share: 0.2, 0.125. The contract allows up to ten times. */
export function parsePercent(typed: string, language: Language): TypedNumber {
  const parsed = parseAmount(typed.replace("%", ""), language);
  if (parsed.kind !== "ok") return parsed;
  if (parsed.value > 1000) return { kind: "rejected", reason: "tooLarge" };
  return { kind: "ok", value: Number((parsed.value / 100).toFixed(6)) };
}
