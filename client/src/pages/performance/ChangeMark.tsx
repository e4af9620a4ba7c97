import type { Change } from "../../charts/prepare/change.ts";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  change: Change;
  tone: "positive" | "negative" | "neutral";
  /** The word is read aloud everywhere; in tables it is not printed. */
  hasWord?: boolean;
}

/** A change with its sign, an arrow and a word: never by colour alone. */
export function ChangeMark({ change, tone, hasWord = false }: Props) {
  return (
    <span className={`change change-${tone}`}>
      <Icon name={change.direction} />
      {change.text}
      <span className={hasWord ? undefined : "visually-hidden"}> {change.word}</span>
    </span>
  );
}
