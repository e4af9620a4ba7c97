import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** `touchline serve` listens here by default; the development page sends its questions to it. */
const SERVER = "http://127.0.0.1:4319";

/** Libraries and words change less often than pages do: kept apart, they stay in the browser's cache over a release of ours. */
const CHUNKS = [
  { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
  { name: "libraries", test: /node_modules[\\/]/ },
  { name: "words", test: /src[\\/]i18n[\\/](en|fr)/ },
];

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  server: { proxy: { "/trpc": SERVER, "/auth": SERVER, "/export": SERVER } },
});
