import { join, resolve } from 'node:path'
import { build } from 'vite'
import { compressAssets } from './compress-assets.ts'
import pageConfig from './page.config.ts'
import serviceWorkerConfig from './service-worker.config.ts'

// Builds the page into dist/: its files, each with its compressed copies beside it.
const root = resolve(import.meta.dirname, '..')
await build({ ...pageConfig, configFile: false })
await build({ ...serviceWorkerConfig, configFile: false })
await compressAssets(join(root, 'dist'))
