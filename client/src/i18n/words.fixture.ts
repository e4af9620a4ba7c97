import { createFormat } from "../format/format.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { createI18n } from "./index.ts";
import type { Language } from "./language.ts";
import { typesetFrench } from "./typeset-french.ts";
import type { Words } from "./words.ts";

const DICTIONARIES = { en, fr: typesetFrench(fr) };

/** The page's own words without a browser, for tests. */
export function wordsIn(language: Language, currency = "EUR"): Words {
  return { t: createI18n(language, DICTIONARIES[language]).t, format: createFormat(language, currency) };
}

/** Spaces that do not break count as plain ones, so that an expectation can be typed. */
export function plainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f\u2009]/g, " ");
}
