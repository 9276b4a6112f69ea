# The images of the four services: docker build --target gateway -t jackalope/gateway:0.1.0 .
#
# Services run as TypeScript. Node strips no types below node_modules, so each image keeps the layout of the
# workspace: packages/* with links between them.

ARG NODE_IMAGE=node:24.21.0-trixie-slim

# The production dependencies of all packages, downloaded once; a change of the code does not repeat it.
FROM ${NODE_IMAGE} AS workspace
ARG PNPM_VERSION=12.21.0
RUN npm install --global --no-audit --no-fund "pnpm@${PNPM_VERSION}"
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
RUN pnpm fetch --prod --ignore-scripts
COPY docker/install-service.sh /
COPY packages packages

# The page, built with its own tools, which are in no image.
FROM workspace AS page
COPY tsconfig.json ./
RUN pnpm install --frozen-lockfile --ignore-scripts --filter @jackalope/page... \
    && node packages/page/vite/build-page.ts

FROM workspace AS auth-workspace
RUN sh /install-service.sh auth

FROM workspace AS gateway-workspace
RUN sh /install-service.sh gateway
COPY --from=page /app/packages/page/dist packages/page/dist

FROM workspace AS converter-workspace
RUN sh /install-service.sh converter

FROM workspace AS notifier-workspace
RUN sh /install-service.sh notifier

# ffmpeg and ffprobe, with the libraries that they load.
FROM ${NODE_IMAGE} AS ffmpeg
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg
COPY docker/copy-program.sh /
RUN mkdir -p /ffmpeg && sh /copy-program.sh /ffmpeg ffmpeg ffprobe

# What all images have in common. Nothing in them is written at run time: the root file system may be read-only.
FROM ${NODE_IMAGE} AS service
LABEL org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.vendor="Jackalope"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY docker/health.mjs /
EXPOSE 8080
# By number: Kubernetes cannot tell that a name is not root. In Node's images 1000 is the user `node`.
USER 1000:1000
# Alive, not ready: an engine that replaces unhealthy containers must not do so because a server is away.
HEALTHCHECK --interval=15s --timeout=15s --start-period=30s --retries=3 CMD ["node", "/health.mjs", "/healthz"]

FROM service AS auth
LABEL org.opencontainers.image.title="jackalope/auth" \
      org.opencontainers.image.description="Users, passwords and tokens"
COPY --from=auth-workspace /app ./
# Node itself is process 1 and gets SIGTERM; a shell or a package manager would keep it.
ENTRYPOINT ["node", "packages/auth/src/main.ts"]

FROM service AS gateway
LABEL org.opencontainers.image.title="jackalope/gateway" \
      org.opencontainers.image.description="The HTTP API and the page"
COPY --from=gateway-workspace /app ./
ENTRYPOINT ["node", "packages/gateway/src/main.ts"]

FROM service AS notifier
LABEL org.opencontainers.image.title="jackalope/notifier" \
      org.opencontainers.image.description="Worker: tells users by mail that their audio is ready"
COPY --from=notifier-workspace /app ./
ENTRYPOINT ["node", "packages/notifier/src/main.ts"]

FROM service AS converter
LABEL org.opencontainers.image.title="jackalope/converter" \
      org.opencontainers.image.description="Worker: turns videos into MP3s"
COPY --from=ffmpeg /ffmpeg /
# Videos and MP3s of running jobs. Mount a volume here with room for the largest ones.
ENV WORK_DIR=/work
USER root
RUN install --directory --owner=1000 --group=1000 /work && ffmpeg -version && ffprobe -version
USER 1000:1000
COPY --from=converter-workspace /app ./
ENTRYPOINT ["node", "packages/converter/src/main.ts"]
