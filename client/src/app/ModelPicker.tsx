import { DEFAULT_MODEL, ModelName } from "@touchline/server/contract";
import { MODEL_GROUPS } from "../charts/prepare/model-groups.ts";
import { useWords } from "../i18n/words-context.tsx";
import { useChangeSearch } from "./choices/use-change-search.ts";

export function ModelPicker({ model, label }: { model: ModelName; label: string }) {
  const { t } = useWords();
  const change = useChangeSearch();
  const choose = (value: string) => {
    const chosen = ModelName.parse(value);
    change({ model: chosen === DEFAULT_MODEL ? undefined : chosen });
  };
  return (
    <label className="picker">
      <span className="picker-label">{label}</span>
      <select value={model} onChange={(event) => choose(event.target.value)}>
        {MODEL_GROUPS.map((group) => (
          <optgroup key={group.name} label={t(`modelGroups.${group.name}`)}>
            {group.models.map((name) => (
              <option key={name} value={name}>
                {t(`models.${name}`)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
