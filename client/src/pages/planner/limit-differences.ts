import type { Words } from "../../i18n/words.ts";
import { prepareLimitChips } from "./limit-chips.ts";
import type { Limits } from "./limits.ts";

/** Limits that one plan has and the other has not, as their chips say them. */
export function limitDifferences(before: Limits, after: Limits, words: Words): { gone: string[]; added: string[] } {
  const textsOf = (limits: Limits) => prepareLimitChips(limits, words).map(({ text }) => text);
  const [was, is] = [textsOf(before), textsOf(after)];
  return { gone: was.filter((text) => !is.includes(text)), added: is.filter((text) => !was.includes(text)) };
}
