# The dashboard and the commands in one image. The data lives in /data: mount a volume there.
FROM node:24-bookworm-slim AS page
WORKDIR /touchline
COPY . .
RUN npm ci

# What runs: no tools, no tests, nothing that only the page was built of. Peers that are optional are tools of others (Vite, Vitest).
FROM node:24-bookworm-slim AS parts
WORKDIR /touchline
COPY package.json package-lock.json .npmrc ./
COPY server/package.json server/
COPY sql/package.json sql/
COPY solver/package.json solver/
COPY client/package.json client/
COPY test/package.json test/
RUN npm ci --omit=dev --legacy-peer-deps --ignore-scripts --workspace server --workspace sql --workspace solver

FROM node:24-bookworm-slim
WORKDIR /touchline
# The address under which people reach it: set another one, with https, where a proxy stands in front.
ENV NODE_ENV=production TOUCHLINE_URL=http://localhost:4319
COPY --from=parts /touchline ./
COPY LICENSE ./
COPY server server
COPY sql sql
COPY solver solver
COPY docs/sources docs/sources
COPY --from=page /touchline/client/dist client/dist
RUN mkdir /data && chown node:node /data && chmod 700 /data
USER node
VOLUME /data
EXPOSE 4319
HEALTHCHECK --interval=30s --timeout=5s CMD ["node", "-e", "fetch('http://127.0.0.1:4319/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "server/bin/touchline.js"]
CMD ["serve", "--data", "/data", "--host", "0.0.0.0"]
