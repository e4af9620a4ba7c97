import { useWords } from "../../i18n/words-context.tsx";
import { useModelsShare } from "./report-queries.ts";

/** The first report of some days waits for its models, which may take a minute: how far they are. */
export function ModelsProgress() {
  const { t, format } = useWords();
  const share = useModelsShare();
  if (share === null) return null;
  const text = t("reports.working", { share: format.percent(share, 0) });
  return (
    <div className="report-progress">
      <p className="hint">{text}</p>
      <progress className="progress" max={1} value={share} aria-label={text} />
    </div>
  );
}
