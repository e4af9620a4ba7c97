import { type Language, parseLanguage, preferredLanguage } from "../i18n/language.ts";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const THEME_KEY = "touchline.theme";
const LANGUAGE_KEY = "touchline.language";

/** Storage may be switched off in the browser: then a preference lasts as long as the page. */
function readStored(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeStored(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // The page works without memory.
  }
}

export function readTheme(): Theme {
  return THEMES.find((theme) => theme === readStored(THEME_KEY)) ?? "auto";
}

/** "auto" leaves the choice to the style sheet, which asks the system. */
export function applyTheme(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function keepTheme(theme: Theme): void {
  writeStored(THEME_KEY, theme);
  applyTheme(theme);
}

export function readLanguage(): Language {
  return parseLanguage(readStored(LANGUAGE_KEY)) ?? preferredLanguage(navigator.languages);
}

export function applyLanguage(language: Language): void {
  document.documentElement.lang = language;
}

export function keepLanguage(language: Language): void {
  writeStored(LANGUAGE_KEY, language);
  applyLanguage(language);
}
