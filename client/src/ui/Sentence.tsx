import { splitSentence } from "../i18n/words.ts";

/** A sentence whose figures stand out. */
export function Sentence({ text }: { text: string }) {
  let position = 0;
  return splitSentence(text).map((part) => {
    position += part.text.length;
    return part.isStrong ? <strong key={position}>{part.text}</strong> : <span key={position}>{part.text}</span>;
  });
}
