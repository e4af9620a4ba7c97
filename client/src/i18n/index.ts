import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import type { Language } from "./language.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

type Dictionaries = { readonly [key: string]: string | Dictionaries };

/** French sets a space that does not break before ":", ";", "?", "!", "%" and inside « »; the dictionary is typed with plain ones. */
function typesetFrench(words: Dictionaries): Dictionaries {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === "string"
        ? value.replace(/ (?=[:»])|(?<=«) /g, "\u00a0").replace(/ (?=[;?!%])/g, "\u202f")
        : typesetFrench(value),
    ]),
  );
}

/** Both dictionaries are in the bundle, so the page never shows keys while one is loading. */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    resources: { en: { translation: en }, fr: { translation: typesetFrench(fr) } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  return instance;
}
