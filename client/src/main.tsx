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
import "./ui/styles/account.css";
import "./ui/styles/settings.css";
import "./ui/styles/proposals.css";
import "./ui/styles/audit.css";
import "./ui/styles/privacy.css";
import "./ui/styles/print.css";
import { z } from "zod";
import { applyLanguage, applyTheme, readLanguage, readTheme } from "./app/preferences.ts";

applyTheme(readTheme());
const language = readLanguage();
applyLanguage(language);

// Zod tries `new Function` when the first schema is made, which the content security policy refuses and the console reports.
// The page is imported afterwards, because an import above this line would make its schemas first.
z.config({ jitless: true });

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const { startPage } = await import("./app/start.tsx");
startPage(root, language);
