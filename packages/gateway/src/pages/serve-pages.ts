import { pages } from '@jackalope/contracts/api'
import type { EndpointRouter } from '@jackalope/service-kit'
import { linkPages } from './link-pages.ts'
import { sendLinkForm, showLinkPage } from './serve-link-page.ts'
import { showUnsubscribe, type UnsubscribeDeps, unsubscribe } from './unsubscribe.ts'

/** Serves the pages that links in mails open. */
export function servePages<State>(router: EndpointRouter<State>, deps: UnsubscribeDeps): void {
  for (const page of linkPages) {
    router.pass(page.show, showLinkPage(page))
    router.pass(page.send, sendLinkForm(page, deps))
  }
  router.pass(pages.showUnsubscribe, showUnsubscribe(deps))
  router.pass(pages.unsubscribe, unsubscribe(deps))
}
