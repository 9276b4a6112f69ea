import type { EndpointRouter } from '@jackalope/service-kit'
import type { AuthClient } from '../auth/auth-client.ts'
import { linkPages } from './link-pages.ts'
import { sendLinkForm, showLinkPage } from './serve-link-page.ts'

/** Serves the pages that links in mails open. */
export function servePages<State>(router: EndpointRouter<State>, deps: { auth: AuthClient }): void {
  for (const page of linkPages) {
    router.pass(page.show, showLinkPage(page))
    router.pass(page.send, sendLinkForm(page, deps))
  }
}
