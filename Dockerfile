# The App as an image: docker build -t airworthy .
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY scripts scripts
COPY src src
COPY policies policies
RUN npm run build && npm prune --omit=dev --omit=optional --ignore-scripts \
    && npm install --no-save --ignore-scripts --no-audit --no-fund bullmq@6.7.0 ioredis@6.0.0

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY package.json app.yml ./
COPY policies policies
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# SIGTERM ends it in order; the container's grace period must be longer than SHUTDOWN_SECONDS (25).
STOPSIGNAL SIGTERM
CMD ["node", "dist/app.js"]
