# The dashboard and the commands in one image. The data lives in /data: mount a volume there.
FROM node:24-bookworm-slim AS build
WORKDIR /touchline
COPY . .
RUN npm ci

FROM node:24-bookworm-slim
WORKDIR /touchline
ENV NODE_ENV=production
COPY --from=build /touchline /touchline
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4319
HEALTHCHECK --interval=30s --timeout=5s CMD ["node", "-e", "fetch('http://127.0.0.1:4319/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "server/bin/touchline.js"]
CMD ["serve", "--data", "/data", "--host", "0.0.0.0"]
