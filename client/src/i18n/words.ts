import type { TFunction } from "i18next";
import type { Format } from "../format/format.ts";
import { en } from "./en.ts";

/** What a chart or a sentence is written with: the dictionary and the number formats of one language. */
export interface Words {
  readonly t: TFunction;
  readonly format: Format;
}

type NamedCurrency = keyof typeof en.unit;

/** One unit of the workspace's money inside a sentence: "euro", or "£1" where the language has no name that fits every sentence. */
export function unitName({ t, format }: Words): string {
  const isNamed = (currency: string): currency is NamedCurrency => currency in en.unit;
  return isNamed(format.currency) ? t(`unit.${format.currency}`) : format.money(1);
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
