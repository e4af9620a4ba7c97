import { Icon } from "../../app/Icon.tsx";
import { useWords } from "../../app/words-context.tsx";
import { prepareLimitChips } from "./limit-chips.ts";
import type { Limits } from "./limits.ts";

/** What is set, each with a way to take it off. */
export function LimitChips({ limits, change }: { limits: Limits; change(limits: Limits): void }) {
  const words = useWords();
  const { t } = words;
  const chips = prepareLimitChips(limits, words);
  if (chips.length === 0) return null;
  return (
    <ul className="chips" aria-label={t("planner.chips")}>
      {chips.map(({ id, text, without }) => (
        <li key={id}>
          <button
            type="button"
            className="chip"
            title={t("planner.chipRemove", { text })}
            aria-label={t("planner.chipRemove", { text })}
            onClick={() => change(without)}
          >
            <span>{text}</span>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
