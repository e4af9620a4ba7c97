import "./ui/styles/tokens.css";
import "./ui/styles/base.css";
import "./ui/styles/frame.css";
import "./ui/styles/controls.css";
import "./ui/styles/cards.css";
import "./ui/styles/charts.css";
import "./ui/styles/tables.css";
import "./ui/styles/planner.css";
import "./ui/styles/planner-limits.css";
import "./ui/styles/planner-plan.css";
import "./ui/styles/planner-result.css";
import "./ui/styles/planner-studies.css";
import "./ui/styles/data.css";
import "./ui/styles/experiments.css";
import "./ui/styles/journeys.css";
import "./ui/styles/quality.css";
import "./ui/styles/menus.css";
import "./ui/styles/drawer.css";
import "./ui/styles/views.css";
import "./ui/styles/choices.css";
import "./ui/styles/annotations.css";
import "./ui/styles/exports.css";
import "./ui/styles/account.css";
import "./ui/styles/settings.css";
import "./ui/styles/campaigns.css";
import "./ui/styles/mapping.css";
import "./ui/styles/proposals.css";
import "./ui/styles/rebalancing.css";
import "./ui/styles/audit.css";
import "./ui/styles/privacy.css";
import "./ui/styles/performance.css";
import "./ui/styles/today.css";
import "./ui/styles/pacing.css";
import "./ui/styles/portfolio.css";
import "./ui/styles/reports.css";
import "./ui/styles/palette.css";
import "./ui/styles/guide.css";
import "./ui/styles/print.css";
import { z } from "zod";
import { fetchPageAt } from "./app/page-chunks.ts";
import { applyLanguage, applyTheme, readLanguage, readTheme } from "./app/preferences.ts";
import { beginIn } from "./i18n/vocabulary.ts";

applyTheme(readTheme());
const language = readLanguage();
applyLanguage(language);

// Zod tries `new Function` when the first schema is made, which the content security policy refuses and the console reports.
// The page is imported afterwards, because an import above this line would make its schemas first.
z.config({ jitless: true });

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const words = beginIn(language);
fetchPageAt(window.location.pathname);
const [{ startPage }] = await Promise.all([import("./app/start.tsx"), words]);
startPage(root, language);
