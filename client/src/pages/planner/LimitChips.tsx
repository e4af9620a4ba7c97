import { useWords } from "../../i18n/words-context.tsx";
import { RemovableChips } from "../../ui/RemovableChips.tsx";
import { prepareLimitChips } from "./limit-chips.ts";
import type { Limits } from "./limits.ts";

/** What is set, each with a way to take it off. */
export function LimitChips({ limits, change }: { limits: Limits; change(limits: Limits): void }) {
  const words = useWords();
  const chips = prepareLimitChips(limits, words);
  return (
    <RemovableChips
      label={words.t("planner.chips")}
      chips={chips}
      remove={(index) => change(chips[index]?.without ?? limits)}
    />
  );
}
