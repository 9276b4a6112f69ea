import { resolve } from 'node:path'
import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

const root = resolve(import.meta.dirname, '..')

/** The page. Names of files in `assets/` bear the hash of their content: they are kept by browsers for a year. */
export default defineConfig({
  root,
  plugins: [preact({ devToolsEnabled: false, reactAliasesEnabled: false })],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // A data address would need a policy that allows it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: { proxy: proxyOf(process.env.GATEWAY_URL) },
})

/** For `pnpm dev`: what is no file of the page is the gateway's. */
function proxyOf(target: string | undefined) {
  const api =
    '^/(session|service|account|jobs|events|uploads|downloads|login|register|webhooks|api-keys|sessions|plain)'
  return target ? { [api]: { target, changeOrigin: false } } : undefined
}
