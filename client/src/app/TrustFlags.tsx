import { Link } from "@tanstack/react-router";
import type { TrustFlag } from "../charts/prepare/channel-trust.ts";
import { useWords } from "../i18n/words-context.tsx";
import { Explained } from "../ui/Explained.tsx";
import { Icon } from "../ui/Icon.tsx";

/** What to know of a channel's credit, in words that explain themselves; where a test would settle it, the way to one. */
export function TrustFlags({ flags }: { flags: readonly TrustFlag[] }) {
  const { t } = useWords();
  return (
    <span className="trust-flags">
      {flags.map((flag) => (
        <Explained key={flag.code} why={flag.why} className={flag.isWarning ? "flag" : "flag flag-quiet"}>
          <Icon name={flag.isWarning ? "warning" : "info"} />
          {flag.name}
        </Explained>
      ))}
      {flags.some((flag) => flag.isTestable) && (
        <Link to="/tests" search={true} className="trust-test">
          {t("attribution.testIt")}
        </Link>
      )}
    </span>
  );
}
