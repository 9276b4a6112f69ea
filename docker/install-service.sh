#!/bin/sh
# Installs what one service needs to run, and removes everything else from the workspace:
#   install-service.sh NAME
# The Dockerfile runs this. It needs the store that `pnpm fetch` has filled, and no network.
set -eu

service=$1
[ -f "packages/$service/src/main.ts" ] || { echo "there is no service \"$service\"" >&2; exit 1; }

# `pnpm fetch` linked the dependencies of all packages.
rm -rf node_modules
pnpm install --offline --frozen-lockfile --prod --ignore-scripts --filter-prod "@jackalope/$service..."

needed=$(pnpm list --recursive --depth -1 --parseable --filter-prod "@jackalope/$service...")
for package in "$PWD"/packages/*; do
  case "
$needed
" in
    *"
$package
"*) ;;
    *) rm -r "$package" ;;
  esac
done

# Only editors and debuggers read these: types, source maps, and TypeScript beside its built JavaScript.
find node_modules/.pnpm -type f \
  \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' -o -path '*/node_modules/*.ts' \) -delete
rm pnpm-lock.yaml
