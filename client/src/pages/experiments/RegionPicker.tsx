import type { GeoRegions } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";

interface Props {
  label: string;
  hint?: string;
  regions: GeoRegions["regions"];
  ticked: readonly string[];
  onChange(ticked: string[]): void;
}

/** Regions to tick, each with its share of the conversions. */
export function RegionPicker({ label, hint, regions, ticked, onChange }: Props) {
  const { format } = useWords();
  const toggle = (region: string) =>
    onChange(ticked.includes(region) ? ticked.filter((other) => other !== region) : [...ticked, region]);
  return (
    <fieldset className="regions">
      <legend className="field-label">{label}</legend>
      <div className="regions-list">
        {regions.map(({ region, share }) => (
          <label key={region} className="region">
            <input type="checkbox" checked={ticked.includes(region)} onChange={() => toggle(region)} />
            <span className="region-name">{region}</span>
            <span className="region-share">{format.percent(share, 1)}</span>
          </label>
        ))}
      </div>
      {hint !== undefined && <p className="hint">{hint}</p>}
    </fieldset>
  );
}
