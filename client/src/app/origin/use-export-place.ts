import { useContext, useMemo } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import type { ExportPlace } from "../../ui/export/export-context.ts";
import { WorkspaceContext } from "../workspace-context.ts";
import { describeConversions } from "./describe-conversions.ts";

/** What files say of the page that they are taken from. */
export function useExportPlace(): ExportPlace | null {
  const words = useWords();
  const view = useContext(WorkspaceContext);
  return useMemo(() => {
    if (view === null) return null;
    const { t, format } = words;
    const { status, range, compared, model, conversions, channels } = view;
    return {
      ...{ workspace: status.workspace, currency: status.currency, range, isSimulated: status.simulated },
      choices: [
        ...(compared === null ? [] : [[t("exports.note.compared"), format.range(compared.from, compared.to)] as const]),
        [t("exports.note.chosenModel"), t(`models.${model}`)],
        [t("exports.note.conversions"), describeConversions(conversions, words)],
        ...(channels.length === 0 ? [] : [[t("exports.note.channels"), channels.join(", ")] as const]),
      ],
    };
  }, [view, words]);
}
