import type { i18n } from "i18next";
import type { Language } from "./language.ts";
import { SECTIONS, type Section } from "./sections.ts";
import { type Dictionaries, typesetFrench } from "./typeset-french.ts";

/** Sections that this page has needed so far: another language begins with the same ones. */
const needed = new Set<Section>();
const underway = new Map<string, Promise<void>>();
/** What has arrived, by language. */
const words: Record<Language, Record<string, string | Dictionaries>> = { en: {}, fr: {} };
let current: Language = "en";
let listener: i18n | null = null;

async function fetchSection(language: Language, section: Section): Promise<void> {
  const texts = await SECTIONS[language][section]();
  const typeset = language === "fr" ? typesetFrench(texts) : { ...texts };
  Object.assign(words[language], typeset);
  listener?.addResourceBundle(language, "translation", typeset, true, true);
}

async function fetchAll(language: Language, sections: Iterable<Section>): Promise<void> {
  const fetches = [...sections].map((section) => {
    const key = `${language} ${section}`;
    const fetch = underway.get(key) ?? fetchSection(language, section);
    underway.set(key, fetch);
    fetch.catch(() => underway.delete(key)); // Another attempt may find the network again.
    return fetch;
  });
  await Promise.all(fetches);
}

/** Answers once the page can say what these sections hold. */
export async function needWords(...sections: Section[]): Promise<void> {
  for (const section of sections) needed.add(section);
  await fetchAll(current, sections);
}

/** Fetches a section that nobody has named before it was needed. */
export function needLate(section: Section): void {
  if (listener !== null && !needed.has(section)) needWords(section).catch(() => undefined);
}

/** Fetches the words of every page in the language that this one begins in. */
export function beginIn(language: Language): Promise<void> {
  current = language;
  return needWords("core");
}

/** What arrives from now on is given to this instance. */
export function teach(instance: i18n): void {
  listener = instance;
}

/** What has arrived of a language. */
export function wordsSoFar(language: Language): Dictionaries {
  return { ...words[language] };
}

/** Lets the page speak a language, whose words are fetched first. It goes on in the one before where they cannot be. */
export async function speak(language: Language): Promise<void> {
  await fetchAll(language, needed);
  current = language;
  await listener?.changeLanguage(language);
}
