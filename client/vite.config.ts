import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { defineConfig, type HtmlTagDescriptor, type Plugin, type Rolldown } from "vite";

/** `touchline serve` listens here by default; the development page sends its questions to it. */
const SERVER = "http://127.0.0.1:4319";

/** What every page needs, whoever looks at it and in whatever language. */
const START = "src/app/start.tsx";

const PAGE = /client[\\/]src[\\/]/;
const CONTRACT = /server[\\/]src[\\/]contract[\\/]/;
const OURS = /(client[\\/]src|server[\\/]src[\\/]contract)[\\/]/;

/** Files that come with the start of the page. */
function nameOfFrame(id: string, graph: Rolldown.ChunkingContext): string | null {
  const seen = new Set<string>();
  const isInFrame = (each: string): boolean => {
    if (each.endsWith(START)) return true;
    if (seen.has(each)) return false;
    seen.add(each);
    return graph.getModuleInfo(each)?.importers.some(isInFrame) ?? false;
  };
  return isInFrame(id) ? "frame" : null;
}

/** Libraries change less often than pages do: kept apart, they stay in the browser's cache over a release of ours. */
const CHUNKS = [
  // What the start of the page runs before anything else: it must wait for none of the files below.
  {
    name: "begin",
    test: /client[\\/]src[\\/](app[\\/](chunk|preferences|page-chunks)|i18n[\\/](language|sections|vocabulary|typeset-french))\.ts$/,
  },
  { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: "schemas", test: /node_modules[\\/]zod[\\/]/ },
  // Only pages with charts need it.
  { name: "drawing", test: /node_modules[\\/](d3|d3-[a-z-]+|internmap)[\\/]/ },
  { name: "libraries", test: /node_modules[\\/](@tanstack|@trpc|i18next|react-i18next|use-sync-external-store)[\\/]/ },
  { name: nameOfFrame, test: PAGE },
  // Small files that several pages share come in a few pieces: each one is a request of its own.
  {
    ...{ name: "shared", test: OURS },
    ...{ minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 2_000 },
  },
];

/** How zod writes a schema down as JSON Schema: every schema carries it along, and no page asks for it. */
const JSON_SCHEMA = /zod[\\/]v4[\\/]core[\\/](json-schema-processors|to-json-schema)\.js$/;

function withoutJsonSchema(): Plugin {
  return {
    name: "without-json-schema",
    apply: "build",
    load: {
      filter: { id: JSON_SCHEMA },
      handler(id) {
        const names = [...readFileSync(id, "utf8").matchAll(/^export (?:const|function) (\w+)/gm)].map(
          ([, name]) => name,
        );
        return `const absent = () => undefined;\nexport { ${names.map((name) => `absent as ${name}`).join(", ")} };\n`;
      },
    },
  };
}

/** Calls at the top of the contract's files build schemas and do nothing else: those that no page uses are left out. */
function contractWithoutEffects(): Plugin {
  return {
    name: "contract-without-effects",
    apply: "build",
    transform: {
      filter: { id: CONTRACT },
      handler(code) {
        const declared = this.parse(code).body.map((line) =>
          line.type === "ExportNamedDeclaration" ? line.declaration : line,
        );
        const calls = declared
          .flatMap((line) => (line?.type === "VariableDeclaration" ? line.declarations : []))
          .flatMap(({ init }) => (init?.type === "CallExpression" ? [init] : []));
        const wrapped = calls.reduceRight(
          (text, { start, end }) =>
            `${text.slice(0, start)}/* @__PURE__ */ (() => ${text.slice(start, end)})()${text.slice(end)}`,
          code,
        );
        return { code: wrapped, map: null };
      },
    },
  };
}

/**
 * Names the chunks of the start in the document. Its script imports them only once it runs itself, so that without this they would be
 * fetched one round trip later.
 */
function preloadStart(): Plugin {
  return {
    name: "preload-start",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((file): file is Rolldown.OutputChunk => file.type === "chunk");
        const files = new Set<string>();
        const add = (chunk: Rolldown.OutputChunk | undefined): void => {
          if (chunk === undefined || files.has(chunk.fileName)) return;
          files.add(chunk.fileName);
          for (const name of chunk.imports) add(chunks.find(({ fileName }) => fileName === name));
        };
        add(chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(START)));
        const unnamed = [...files].filter((file) => !html.includes(file));
        return unnamed.map(
          (file): HtmlTagDescriptor => ({
            ...{ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` }, injectTo: "head" },
          }),
        );
      },
    },
  };
}

export default defineConfig({
  plugins: [react(), withoutJsonSchema(), contractWithoutEffects(), preloadStart()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    rolldownOptions: {
      // A schema that nothing of the page uses is left out.
      treeshake: { moduleSideEffects: [{ test: CONTRACT, sideEffects: false }] },
      output: {
        codeSplitting: { groups: CHUNKS },
        // Shared pieces would be named after all pages that share them.
        chunkFileNames: ({ name }) => `assets/${name.split("~", 1)[0]}-[hash].js`,
      },
    },
  },
  server: { proxy: { "/trpc": SERVER, "/auth": SERVER, "/export": SERVER } },
});
