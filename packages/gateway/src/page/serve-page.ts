import { publicEndpoints } from '@jackalope/contracts/api'
import { pageAddress } from '@jackalope/page/page-paths'
import { pathUnknown } from '@jackalope/service-kit/endpoint'
import type { Context, Middleware } from 'koa'
import { html } from '../pages/html.ts'
import { sendPage } from '../pages/send-page.ts'
import { createPageBuild, type PageBuild, type PageFile } from './page-build.ts'
import { pageHeaders } from './page-policy.ts'

/** Files beside the page that keep their names. */
const namedFiles = /^\/(service-worker\.js|manifest\.webmanifest|icon\.svg|icon-\d{2,3}\.png)$/
/** A name that begins with a dot would name a folder. */
const assets = /^\/(assets\/\w[\w.-]{0,99})$/

const sharedAddresses = new Set(
  publicEndpoints.filter(({ method }) => method === 'GET').map(({ path }) => path),
)

/** Assets bear the hash of their content in their names. */
const forAYear = 'public, max-age=31536000, immutable'
const revalidated = 'no-cache'

/** Serves the page, the same file at each of its addresses, and the files that it loads. They are the same for everybody, so
 *  they are sent before anything is asked of Redis.
 *  @param build - gives the files. @default those of the package `page` */
export function servePage(build: PageBuild = createPageBuild()): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    if (pageAddress.test(ctx.path) && wantsPage(ctx)) {
      const page = await build.read('index.html')
      return page ? send(ctx, page, revalidated) : sendUnbuilt(ctx)
    }
    const asset = assets.exec(ctx.path)?.[1]
    const file = await findFile(build, asset ?? namedFiles.exec(ctx.path)?.[1])
    if (file) return send(ctx, file, asset ? forAYear : revalidated)
    await next()
    if (ctx.status === 404 && ctx.body == null && !ctx.headerSent && isVisit(ctx))
      await sendNotFound(ctx, build)
  }
}

/** Some addresses of operators are the API's, too. Browsers ask for HTML when they go to an address, and scripts do not. */
function wantsPage(ctx: Context): boolean {
  if (!sharedAddresses.has(ctx.path)) return true
  ctx.vary('Accept')
  return isVisit(ctx)
}

function isVisit(ctx: Context): boolean {
  return ctx.get('Accept').includes('text/html')
}

/** Whoever mistypes an address in a browser sees the page, which says so; programs get problem details. */
async function sendNotFound(ctx: Context, build: PageBuild): Promise<void> {
  const page = await build.read('index.html')
  if (!page) return
  ctx.vary('Accept')
  ctx.state.problemCode = pathUnknown.code
  send(ctx, page, 'no-store', 404)
}

async function findFile(build: PageBuild, name: string | undefined): Promise<PageFile | undefined> {
  return name === undefined ? undefined : await build.read(name)
}

function send(ctx: Context, { type, tag, ...codings }: PageFile, cacheControl: string, status = 200): void {
  const coding =
    (['br', 'gzip'] as const).find(each => codings[each] && ctx.acceptsEncodings(each)) ?? 'identity'
  ctx.set(pageHeaders)
  ctx.set('Cache-Control', cacheControl)
  ctx.vary('Accept-Encoding')
  // Each coding has a tag of its own (RFC 9110, section 8.8.3.3).
  ctx.etag = `${tag}-${coding}`
  ctx.status = status
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  if (coding !== 'identity') ctx.set('Content-Encoding', coding)
  ctx.body = codings[coding]
  ctx.set('Content-Type', type)
}

function sendUnbuilt(ctx: Context): void {
  sendPage(ctx, 503, () => ({
    title: 'The page has not been built',
    content: html`<p>Run <code>pnpm --filter @jackalope/page build</code> in the project's folder, then load this again. The
command <code>./jackalope</code> does it by itself.</p>
<p><a href="/plain">The form that works without JavaScript</a> and <a href="/docs">the API</a> are there meanwhile.</p>`,
  }))
}
