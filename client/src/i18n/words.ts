import type { TFunction } from "i18next";
import type { Format } from "../format/format.ts";

/** What a chart or a sentence is written with: the dictionary and the number formats of one language. */
export interface Words {
  readonly t: TFunction;
  readonly format: Format;
}

/** The text of a key that is put together from data; null where the dictionary has none. */
export function findText(t: TFunction, key: string): string | null {
  const found = (t as (key: string, options: object) => unknown)(key, { defaultValue: "", returnObjects: true });
  return typeof found === "string" && found !== "" ? found : null;
}

/** One unit of the workspace's money inside a sentence: "euro", or "£1" where the language has no name that fits every sentence. */
export function unitName({ t, format }: Words): string {
  return findText(t, `unit.${format.currency}`) ?? format.money(1);
}

const OPEN = "\ue000";
const CLOSE = "\ue001";

/** Marks a figure inside a sentence for emphasis. `Sentence` draws the mark; `plainText` takes it away. */
export function strong(text: string): string {
  return `${OPEN}${text}${CLOSE}`;
}

export function plainText(sentence: string): string {
  return sentence.replaceAll(OPEN, "").replaceAll(CLOSE, "");
}

/** The sentence cut at its marks: emphasised parts and the text between them, in order. */
export function splitSentence(sentence: string): { text: string; isStrong: boolean }[] {
  return sentence
    .split(OPEN)
    .flatMap((part, index) => {
      const close = part.indexOf(CLOSE);
      if (index === 0 || close < 0) return [{ text: part, isStrong: false }];
      return [
        { text: part.slice(0, close), isStrong: true },
        { text: part.slice(close + 1), isStrong: false },
      ];
    })
    .filter((part) => part.text !== "");
}
