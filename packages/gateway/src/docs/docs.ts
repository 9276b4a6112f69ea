import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { apiInfo, docs, publicEndpoints } from '@jackalope/contracts/api'
import type { EndpointRouter } from '@jackalope/service-kit'
import { listProblems, openapiDocument } from '@jackalope/service-kit/openapi'
import { docsPage } from './docs-page.ts'
import { problemsPage } from './problems-page.ts'
import { type Content, sendContent } from './served-content.ts'

const html = 'text/html; charset=utf-8'
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Serves the document of the API, and pages for people. */
export function serveDocs<State>(
  router: EndpointRouter<State>,
  { publicUrl }: { publicUrl: (path: string) => string },
): void {
  const info = { ...apiInfo, serverUrl: publicUrl('') }
  const document = sendContent(async () => ({
    type: 'application/json',
    bytes: Buffer.from(JSON.stringify(openapiDocument(publicEndpoints, info))),
  }))
  const page = sendContent(async () => ({ type: html, bytes: Buffer.from(docsPage) }))
  const problems = sendContent(async () => ({
    type: html,
    bytes: Buffer.from(problemsPage(listProblems(publicEndpoints))),
  }))
  const assets = Object.fromEntries(docs.docsAssets.map(name => [name, sendContent(() => readAsset(name))]))
  router
    .serve(docs.getOpenapi, ctx => document(ctx))
    .serve(docs.viewDocs, ctx => page(ctx))
    .serve(docs.viewProblems, ctx => problems(ctx))
    .serve(docs.getDocsAsset, async (ctx, { params }) => await assets[params.asset]?.(ctx))
}

async function readAsset(name: string): Promise<Content> {
  const path = name.startsWith('swagger-ui')
    ? fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`))
    : join(import.meta.dirname, 'assets', name)
  return { type: types[extname(name)] ?? 'application/octet-stream', bytes: await readFile(path) }
}
