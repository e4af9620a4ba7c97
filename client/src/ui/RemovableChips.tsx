import { useWords } from "../i18n/words-context.tsx";
import { Icon } from "./Icon.tsx";

interface Props {
  /** One after the other, each with a name of its own. */
  chips: readonly { readonly id: string; readonly text: string }[];
  label?: string;
  remove(index: number): void;
}

/** What was added, each with a way to take it off. */
export function RemovableChips({ chips, label, remove }: Props) {
  const { t } = useWords();
  if (chips.length === 0) return null;
  return (
    <ul className="chips" aria-label={label}>
      {chips.map(({ id, text }, index) => (
        <li key={id}>
          <button
            type="button"
            className="chip"
            title={t("planner.chipRemove", { text })}
            aria-label={t("planner.chipRemove", { text })}
            onClick={() => remove(index)}
          >
            <span>{text}</span>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
