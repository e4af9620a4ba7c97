import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api, explainFailure } from "../app/api.ts";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageSkeleton } from "../app/PageSkeleton.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { addressOf } from "../app/views/view-address.ts";

/** Where the link of a view leads: on to what the view is by now. */
export function ViewPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: "/view/$id" });
  const router = useRouter();
  usePageTitle(t("views.title"));
  const { data, error, refetch } = useQuery(api.views.show.queryOptions({ id }, { staleTime: 0 }));
  useEffect(() => {
    const basepath = router.basepath === "/" ? "" : router.basepath;
    if (data !== undefined) router.history.replace(addressOf(data, basepath));
  }, [data, router]);
  if (error === null) {
    return (
      <>
        <p className="visually-hidden" role="status">
          {t("views.opening")}
        </p>
        <PageSkeleton />
      </>
    );
  }
  if (explainFailure(error).kind !== "refused") {
    return <FailurePanel error={error} retry={() => refetch()} isPage />;
  }
  return (
    <section className="notice notice-page">
      <h1>{t("views.goneTitle")}</h1>
      <p>{t("views.goneText")}</p>
      <Link to="/" className="button button-primary">
        {t("views.goneLink")}
      </Link>
    </section>
  );
}
