import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { SeenCampaign } from "@touchline/server/contract";
import { useDeferredValue, useState } from "react";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useMay } from "../app/use-may.ts";
import { strong } from "../i18n/words.ts";
import { useWords } from "../i18n/words-context.tsx";
import { ChannelCampaigns } from "./campaigns/ChannelCampaigns.tsx";
import { useCampaigns } from "./campaigns/campaign-queries.ts";
import { findCampaigns } from "./campaigns/campaign-rows.ts";

/** Of a channel; what else there is, is found by its name. */
const MOST_SHOWN = 100;

function Loaded({ campaigns }: { campaigns: readonly SeenCampaign[] }) {
  const { t } = useWords();
  const { may, why } = useMay("plans:activate");
  const { find = "" } = useSearch({ from: "/settings/campaigns" });
  const navigate = useNavigate({ from: "/settings/campaigns" });
  const [typed, setTyped] = useState(find);
  const channels = findCampaigns(campaigns, useDeferredValue(typed), MOST_SHOWN);
  const look = (text: string) => {
    setTyped(text);
    void navigate({
      search: ({ find: _, ...before }) => (text === "" ? before : { ...before, find: text }),
      replace: true,
    });
  };
  return (
    <>
      {!may && <p className="hint">{why}</p>}
      <label className="field field-inline campaigns-find">
        <span className="field-label">{t("campaigns.find")}</span>
        <span className="field-box">
          <input type="search" value={typed} onChange={(event) => look(event.target.value)} />
        </span>
      </label>
      {channels.map((channel) => (
        <ChannelCampaigns key={channel.channel} {...channel} />
      ))}
      {channels.length === 0 && <p role="status">{t("campaigns.notFound")}</p>}
    </>
  );
}

/** What platforms hold campaigns to, and the data cannot show: a plan is split over them by it. */
export function CampaignsPage() {
  const { t, format } = useWords();
  const query = useCampaigns();
  usePageTitle(t("campaigns.title"));
  if (query.data === undefined && query.isError)
    return <FailurePanel error={query.error} retry={() => query.refetch()} isPage />;
  const { campaigns } = query.data ?? {};
  const known = campaigns?.filter(({ settings }) => settings !== null).length ?? 0;
  return (
    <div className="page-grid">
      <PageHead
        title={t("campaigns.title")}
        headline={
          campaigns === undefined
            ? null
            : campaigns.length === 0
              ? t("campaigns.none")
              : t("campaigns.headline", {
                  known: strong(format.count(known)),
                  all: strong(format.count(campaigns.length)),
                })
        }
        sub={t("campaigns.sub")}
      />
      {campaigns === undefined && <div className="skeleton skeleton-card" />}
      {campaigns?.length === 0 && (
        <p>
          <Link to="/data/import" search={true} className="button button-primary">
            {t("campaigns.import")}
          </Link>
        </p>
      )}
      {campaigns !== undefined && campaigns.length > 0 && <Loaded campaigns={campaigns} />}
    </div>
  );
}
