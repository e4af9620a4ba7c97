export type Dictionaries = { readonly [key: string]: string | Dictionaries };

/** French sets a space that does not break before ":", ";", "?", "!", "%" and inside « »; the dictionary is typed with plain ones. */
export function typesetFrench(words: Dictionaries): Dictionaries {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === "string"
        ? value.replace(/ (?=[:»])|(?<=«) /g, "\u00a0").replace(/ (?=[;?!%])/g, "\u202f")
        : typesetFrench(value),
    ]),
  );
}
