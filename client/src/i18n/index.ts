import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { en } from "./en.ts";
import type { Language } from "./language.ts";
import { sectionOf } from "./sections.ts";
import type { Dictionaries } from "./typeset-french.ts";
import { needLate } from "./vocabulary.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

/** A page names the sections that it needs; one that it forgot comes late rather than never. */
function fetchLate(key: string): void {
  const section = sectionOf(key);
  if (section !== null) needLate(section);
}

/** Nothing is shown while a section is on its way; no language lacks a key, because a missing one is a type error. */
function sayMissing(key: string, fallback?: string): string {
  return fallback ?? (sectionOf(key) === null ? key : "");
}

/** @param words of that language: those of the core are there before the page is, so that it never shows keys */
export function createI18n(language: Language, words: Dictionaries): i18n {
  const instance = createInstance();
  instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: words } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
    saveMissing: true,
    missingKeyHandler: (_languages, _namespace, key) => fetchLate(key),
    parseMissingKeyHandler: sayMissing,
    react: { bindI18nStore: "added", useSuspense: false },
  });
  return instance;
}
