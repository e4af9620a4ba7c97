import type { ReportLocale } from "../../../contract/index.ts";
import { en, type FileWords } from "./en.ts";
import { fr } from "./fr.ts";

export type { FileWords } from "./en.ts";

/** French sets a space that does not break before ":", ";", "?", "!", "%" and inside « ». */
function typeset(words: unknown): unknown {
  if (typeof words === "string") return words.replace(/ (?=[:»])|(?<=«) /g, "\u00a0").replace(/ (?=[;?!%])/g, "\u202f");
  if (Array.isArray(words)) return words.map(typeset);
  return Object.fromEntries(Object.entries(words as object).map(([key, text]) => [key, typeset(text)]));
}

const WORDS: Readonly<Record<ReportLocale, FileWords>> = { en, fr: typeset(fr) as FileWords };

export function wordsIn(locale: ReportLocale): FileWords {
  return WORDS[locale];
}

/** Law: what a value says is never read as a place for another one. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** A word by a code that others choose; a code without one is said as it is. */
export function wordOf(words: Readonly<Record<string, string>>, code: string): string {
  return Object.hasOwn(words, code) ? (words[code] ?? code) : code;
}
