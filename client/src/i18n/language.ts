export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

/** How numbers and dates are written in each language. */
export const LOCALE: Readonly<Record<Language, string>> = { en: "en-GB", fr: "fr-FR" };

export function parseLanguage(value: string | null | undefined): Language | null {
  return LANGUAGES.find((language) => language === value) ?? null;
}

/** The first of the browser's languages that the page speaks; English where it speaks none of them. */
export function preferredLanguage(browserLanguages: readonly string[]): Language {
  for (const tag of browserLanguages) {
    const language = parseLanguage(tag.slice(0, 2).toLowerCase());
    if (language !== null) return language;
  }
  return "en";
}
