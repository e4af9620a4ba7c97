import type { DateRange } from "@touchline/server/contract";
import { useId } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { CALENDAR_PRESETS, type Preset, presetRange, ROLLING_PRESETS } from "../date-range.ts";

interface Props {
  days: DateRange;
  /** The one that the address names; null where it names days. */
  chosen: Preset | null;
  choose(preset: Preset): void;
}

function Group({ title, presets, days, chosen, choose }: Props & { title: string; presets: readonly Preset[] }) {
  const { t, format } = useWords();
  const titleId = useId();
  return (
    <>
      <p id={titleId} className="presets-title">
        {title}
      </p>
      <ul aria-labelledby={titleId}>
        {presets.map((preset) => {
          const target = presetRange(preset, days);
          return (
            <li key={preset}>
              <button
                type="button"
                className="preset"
                disabled={target === null}
                title={target === null ? undefined : format.range(target.from, target.to)}
                aria-pressed={preset === chosen}
                onClick={() => choose(preset)}
              >
                {t(`choices.preset.${preset}`)}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Days by name: they move on with the data. */
export function PresetList(props: Props) {
  const { t } = useWords();
  return (
    <div className="presets">
      <Group {...props} title={t("choices.rolling")} presets={ROLLING_PRESETS} />
      <Group {...props} title={t("choices.calendar")} presets={CALENDAR_PRESETS} />
    </div>
  );
}
