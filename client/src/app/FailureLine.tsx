import { TRPCClientError } from "@trpc/client";
import { useTranslation } from "react-i18next";
import { explainFailure } from "./api.ts";

interface Props {
  error: unknown;
  /** Sentences of the page's own, by the code of the refusal; otherwise the server's sentence is shown. */
  says?: Readonly<Record<string, string>>;
}

/** Why the last attempt did not work, in one line beside the button. */
export function FailureLine({ error, says = {} }: Props) {
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  const code: unknown = error instanceof TRPCClientError ? error.data?.code : undefined;
  const own = typeof code === "string" ? says[code] : undefined;
  const failure = explainFailure(error);
  return (
    <p className="field-problem" role="alert">
      {own ?? (failure.kind === "offline" ? t("state.errorOffline") : <span lang="en">{failure.reason}</span>)}
    </p>
  );
}
