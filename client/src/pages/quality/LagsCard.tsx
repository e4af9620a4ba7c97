import type { ChannelsQuality } from "@touchline/server/contract";
import { useWorkspace } from "../../app/workspace-context.ts";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import type { ChartState } from "../../charts/chart-state.ts";
import { LAG_HEIGHT, LagPlot } from "../../charts/LagPlot.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { prepareLags } from "../../charts/prepare/quality-lags.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Sentence } from "../../ui/Sentence.tsx";

/** Conversions around the touches of every channel, all on one scale. */
export function LagsCard({ quality, state }: { quality: ChannelsQuality | undefined; state: ChartState }) {
  const words = useWords();
  const { t } = words;
  const { hues, range } = useWorkspace();
  const model = quality === undefined ? null : prepareLags(quality.channels, hues, words);
  return (
    <ChartFrame
      title={t("quality.lagsTitle")}
      sentence={t("quality.lagsSentence")}
      state={state}
      model={model}
      isEmpty={model?.panels.length === 0}
      height={LAG_HEIGHT}
      origin={{ title: t("quality.lagsTitle"), figures: ["lag", "interval"], range, model: "incremental" }}
      footer={model?.missing != null && <p className="hint quality-note">{model.missing}</p>}
    >
      {(panels) => (
        <div className="lag-panels">
          {panels.panels.map((panel) => (
            <div key={panel.channel} className="lag-panel">
              <h3 className="lag-title channel-name">
                <Swatch hue={panel.hue} />
                {panel.channel}
              </h3>
              <p className="hint">
                <Sentence text={panel.sentence} />
              </p>
              <LagPlot panel={panel} panels={panels} />
            </div>
          ))}
        </div>
      )}
    </ChartFrame>
  );
}
