import type { PacingMonth } from "@touchline/server/contract";
import { useWorkspace } from "../../app/workspace-context.ts";
import { hueColour } from "../../charts/channel-colours.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { PacingPlot } from "../../charts/PacingPlot.tsx";
import { preparePacingChart } from "../../charts/prepare/pacing-chart.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";

const MOST_PANELS = 12;

/** One small panel a channel: its figures stand in the table above. */
export function PacingMultiples({ pacing }: { pacing: PacingMonth }) {
  const words = useWords();
  const { t, format } = words;
  const { hues } = useWorkspace();
  const lines = pacing.channels.slice(0, MOST_PANELS);
  if (lines.length === 0) return null;
  return (
    <Card title={t("pacing.multiplesTitle")}>
      <ul className="multiples">
        {lines.map((line) => {
          const { channel, spent, plan } = line;
          const planned = plan === null ? t("pacing.noPlan") : format.money(plan);
          const label = t("pacing.multipleLabel", { channel, spent: format.money(spent), plan: planned });
          return (
            <li key={channel} className="multiple">
              <p className="multiple-head">
                <Swatch hue={hues.get(channel)} />
                <strong>{channel}</strong>
                <span className="multiple-figure">{format.money(spent)}</span>
              </p>
              <PacingPlot
                chart={preparePacingChart(line, pacing, label, words)}
                colour={hueColour(hues.get(channel))}
                isSmall
              />
            </li>
          );
        })}
      </ul>
      <p className="figure-caption">{t("pacing.multiplesCaption")}</p>
    </Card>
  );
}
