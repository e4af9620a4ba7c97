import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { api } from "../api.ts";
import { useMe } from "../me-context.ts";
import { GuideSteps } from "./GuideSteps.tsx";
import { keepGuide, readGuide, readHasLooked, watchGuide } from "./guide-memory.ts";
import { isReady, prepareSteps } from "./guide-steps.ts";

/** What is left until the first plan; nothing for who has made one, or does not want to be guided. */
export function FirstSteps() {
  const { t, format } = useWords();
  const { isDemo } = useMe();
  const memory = useSyncExternalStore(watchGuide, readGuide);
  // The simulated shop is there to be looked at.
  const isWanted = memory === "open" || (memory === "auto" && !isDemo);
  const { data: state } = useQuery(api.guide.state.queryOptions(undefined, { enabled: isWanted }));
  if (!isWanted || state === undefined) return null;
  const steps = prepareSteps(state, readHasLooked());
  if (memory === "auto" && isReady(steps)) return null;
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Card
      title={t("guide.title")}
      className="guide"
      sentence={t("guide.progress", { done: format.count(done), all: format.count(steps.length) })}
      actions={
        <button type="button" className="button button-quiet" onClick={() => keepGuide("hidden")}>
          {t("guide.hide")}
        </button>
      }
    >
      <GuideSteps state={state} />
      <p className="hint">{t("guide.again")}</p>
    </Card>
  );
}
