import type { HeldOutQuality } from "@touchline/server/contract";
import { useState } from "react";
import { CALIBRATION_HEIGHT, CalibrationPlot } from "../../charts/CalibrationPlot.tsx";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import type { ChartState } from "../../charts/chart-state.ts";
import { prepareCalibration } from "../../charts/prepare/quality-calibration.ts";
import { bestScore, idOfScore, nameScore } from "../../charts/prepare/quality-name.ts";
import { useWords } from "../../i18n/words-context.tsx";

/** What one model foretold beside what came, by tenths. */
export function CalibrationCard({ heldOut, state }: { heldOut: HeldOutQuality | undefined; state: ChartState }) {
  const words = useWords();
  const { t } = words;
  const [chosen, choose] = useState<string | null>(null);
  if (heldOut !== undefined && heldOut.journeys === null) return null;
  const scores = heldOut?.journeys?.models ?? [];
  const score = scores.find((each) => idOfScore(each) === chosen) ?? bestScore(scores) ?? scores[0];
  const model = score === undefined ? null : prepareCalibration(score, words);
  return (
    <ChartFrame
      title={t("quality.calibrationTitle")}
      origin={{ title: t("quality.calibrationTitle"), figures: ["calibration", "interval"] }}
      sentence={model?.sentence}
      state={state.kind === "kept" ? { kind: "ready" } : state}
      model={model}
      height={CALIBRATION_HEIGHT}
      legend={
        score !== undefined && (
          <label className="picker quality-picker">
            <span className="visually-hidden">{t("quality.model")}</span>
            <select value={idOfScore(score)} onChange={(event) => choose(event.target.value)}>
              {scores.map((each) => (
                <option key={idOfScore(each)} value={idOfScore(each)}>
                  {nameScore(each, words)}
                </option>
              ))}
            </select>
          </label>
        )
      }
    >
      {(chart) => <CalibrationPlot chart={chart} />}
    </ChartFrame>
  );
}
