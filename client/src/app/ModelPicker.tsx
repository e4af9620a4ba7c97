import { useNavigate } from "@tanstack/react-router";
import { DEFAULT_MODEL, MODEL_NAMES, ModelName } from "@touchline/server/contract";
import { useWords } from "./words-context.tsx";

export function ModelPicker({ model, label }: { model: ModelName; label: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const choose = (value: string) => {
    const chosen = ModelName.parse(value);
    navigate({
      to: ".",
      search: ({ model: _before, ...rest }) => (chosen === DEFAULT_MODEL ? rest : { ...rest, model: chosen }),
    });
  };
  return (
    <label className="picker">
      <span className="picker-label">{label}</span>
      <select value={model} onChange={(event) => choose(event.target.value)}>
        {MODEL_NAMES.map((name) => (
          <option key={name} value={name}>
            {t(`models.${name}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
