/// <reference lib="webworker" />

import { keepSharedFiles, sharePath } from './shared-files.ts'

// It takes files that are shared with the page, and shows notifications. It answers nothing else: the page is always asked of the
// service, so that no old version stays.
const worker = globalThis as unknown as ServiceWorkerGlobalScope

worker.addEventListener('install', () => void worker.skipWaiting())
worker.addEventListener('activate', event => event.waitUntil(worker.clients.claim()))

worker.addEventListener('fetch', event => {
  const { method, url } = event.request
  if (method === 'POST' && new URL(url).pathname === sharePath) event.respondWith(takeShare(event.request))
})

/** Keeps what was shared, and shows the page, which sends it. */
async function takeShare(request: Request): Promise<Response> {
  await keepSharedFiles(await request.formData(), worker.caches).catch(() => {})
  return Response.redirect('/?shared=1', 303)
}

worker.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(showPage())
})

async function showPage(): Promise<void> {
  const windows = await worker.clients.matchAll({ type: 'window' })
  const [first] = windows
  if (first) await first.focus()
  else await worker.clients.openWindow('/')
}
