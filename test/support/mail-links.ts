import assert from 'node:assert/strict'
import { linkIn } from '../../packages/cli/src/demo/read-link.ts'
import { until } from '../../packages/local-servers/src/testing/index.ts'
import { type CurlAnswer, curl } from './curl.ts'

/** Where mails of a system are caught. */
export interface CaughtMails {
  /** All mails so far, with headers. */
  mails(): Promise<string[]>
}

/** Waits for the mail to an address with that subject; gives its source. */
export function mailTo(system: CaughtMails, address: string, subject: RegExp): Promise<string> {
  const isIt = (mail: string) =>
    mail.includes(`To: ${address}`) && subject.test(/^Subject: (.*)$/m.exec(mail)?.[1] ?? '')
  return until(async () => (await system.mails()).find(isIt))
}

/** The link in a mail. */
export function linkOf(mail: string): string {
  const link = linkIn(mail)
  assert.ok(link, `there is no link in this mail:\n${mail}`)
  return link
}

/** Opens a link as a person does, fills in the fields of its page and presses the button; gives the answer. */
export async function pressButton(link: string, fields: Record<string, string> = {}): Promise<CurlAnswer> {
  const page = await curl(link)
  assert.equal(page.status, 200, page.body)
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(page.body) ?? []
  const [, token = ''] = /<input type="hidden" name="token" value="([^"]+)">/.exec(page.body) ?? []
  const sent = Object.entries({ token, ...fields }).flatMap(([name, value]) => [
    '--data-urlencode',
    `${name}=${value}`,
  ])
  return await curl(...sent, new URL(action, link).href)
}
