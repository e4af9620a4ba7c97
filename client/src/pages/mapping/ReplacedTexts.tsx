import type { FieldOrigin } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";

const WORDS = ["impression", "click", "visit", "open", "call"] as const;

interface Props {
  samples: readonly string[];
  origin: Extract<FieldOrigin, { column: string }>;
  change(origin: FieldOrigin): void;
}

/** Interactions are five words: what a source calls them otherwise is translated, text by text. */
export function ReplacedTexts({ samples, origin, change }: Props) {
  const { t } = useWords();
  const known: readonly string[] = WORDS;
  const others = samples.filter((text) => !known.includes(text.toLowerCase()));
  return others.map((text) => (
    <label key={text} className="rule-part">
      <span className="hint">{t("mapping.meaningOf", { text })}</span>
      <select
        className="field-select"
        value={origin.replace?.[text] ?? ""}
        onChange={(event) => {
          const { [text]: _, ...kept } = origin.replace ?? {};
          const replace = event.target.value === "" ? kept : { ...kept, [text]: event.target.value };
          change({ column: origin.column, ...(Object.keys(replace).length === 0 ? {} : { replace }) });
        }}
      >
        <option value="">{t("mapping.words.unknown")}</option>
        {WORDS.map((word) => (
          <option key={word} value={word}>
            {t(`mapping.words.${word}`)}
          </option>
        ))}
      </select>
    </label>
  ));
}
