import { pageAddress } from '../page-paths.ts'

/** Address of the sign-in that leads back to a view afterwards.
 *  @param url - path and query of the view */
export function signInFor(url: string): string {
  return `/sign-in?from=${encodeURIComponent(url)}`
}

/** Where the sign-in leads: to the view that it was asked for, and never off the page.
 *  @param from - as it stands in the address; anybody may have made that */
export function returnPath(from: string | undefined): string {
  if (from === undefined || !pageAddress.test(from)) return '/'
  return /^\/(sign-in|sign-up|forgot-password)([?#]|$)/.test(from) ? '/' : from
}
