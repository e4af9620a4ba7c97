import { type Language, parseLanguage, preferredLanguage } from "../i18n/language.ts";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const THEME_KEY = "touchline.theme";
const LANGUAGE_KEY = "touchline.language";
const WORKSPACE_KEY = "touchline.workspace";

/** Storage may be switched off in the browser: then a preference lasts as long as the page. */
export function readStored(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string): void {
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

const themeWatchers = new Set<() => void>();

/** Tells whoever shows the theme that another one was chosen. @returns what ends that */
export function watchTheme(changed: () => void): () => void {
  themeWatchers.add(changed);
  return () => void themeWatchers.delete(changed);
}

export function keepTheme(theme: Theme): void {
  writeStored(THEME_KEY, theme);
  applyTheme(theme);
  for (const changed of themeWatchers) changed();
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

/** The workspace that this browser showed last: an address without one leads there. */
export function readLastWorkspace(): string | null {
  return readStored(WORKSPACE_KEY);
}

export function keepLastWorkspace(id: string): void {
  writeStored(WORKSPACE_KEY, id);
}

/** Shortcuts of single characters get in the way of who speaks to their computer: they can be switched off. */
const SHORTCUTS_KEY = "touchline.shortcuts";

export function readHasShortcuts(): boolean {
  return readStored(SHORTCUTS_KEY) !== "off";
}

export function keepHasShortcuts(has: boolean): void {
  writeStored(SHORTCUTS_KEY, has ? "on" : "off");
}

/** Where somebody wanted to go, while they are away at the single sign-on. It comes back to the root, in the same tab. */
const WANTED_KEY = "touchline.wanted";

export function keepWanted(path: string): void {
  try {
    window.sessionStorage.setItem(WANTED_KEY, path);
  } catch {
    // The root is where they arrive then.
  }
}

export function readWanted(): string | null {
  try {
    return window.sessionStorage.getItem(WANTED_KEY);
  } catch {
    return null;
  }
}

export function forgetWanted(): void {
  try {
    window.sessionStorage.removeItem(WANTED_KEY);
  } catch {
    // Nothing was kept.
  }
}
