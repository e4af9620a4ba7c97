import { useSearch } from "@tanstack/react-router";
import { DEFAULT_PRESET, type Preset } from "../date-range.ts";
import type { WorkspaceView } from "../workspace-context.ts";
import { ComparisonChoice } from "./ComparisonChoice.tsx";
import { PresetList } from "./PresetList.tsx";
import { RangeForm } from "./RangeForm.tsx";
import { useChangeSearch } from "./use-change-search.ts";

interface Props {
  view: WorkspaceView;
  isCompared: boolean;
  close(): void;
}

/** The preset that the page shows; null where the address names days. */
function usePreset(): Preset | null {
  const { from, days } = useSearch({ from: "__root__" });
  return from === undefined ? (days ?? DEFAULT_PRESET) : null;
}

/** Days by name, days of one's own, and what they are compared with. */
export default function RangePanel({ view, isCompared, close }: Props) {
  const change = useChangeSearch();
  const preset = usePreset();
  const { range, days } = view;
  return (
    <>
      <PresetList
        days={days}
        chosen={preset}
        choose={(chosen) => {
          close();
          change({ days: chosen, from: undefined, to: undefined });
        }}
      />
      <div className="range-free">
        <RangeForm
          key={`${range.from} ${range.to}`}
          range={range}
          days={days}
          choose={(chosen) => {
            close();
            change({ from: chosen.from, to: chosen.to, days: undefined });
          }}
        />
        {isCompared && <ComparisonChoice view={view} />}
      </div>
    </>
  );
}
