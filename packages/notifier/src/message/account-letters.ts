import type { AccountMailContent } from '@jackalope/contracts'
import { NotifierError } from '../notifier-error.ts'
import { displayAddress, displayTime } from './display-values.ts'
import { fill, textsIn } from './language.ts'
import { type Block, facts, type Letter, link, paragraph } from './letter.ts'

/** What auth tells about a mail, with its link as users open it. */
export interface AccountNews extends Omit<AccountMailContent, 'linkPath'> {
  /** Absolute. */
  url: string | undefined
  /** The gateway's address as users see it, without a trailing slash. */
  publicUrl: string
}

/** A letter about an account. Its title is the mail's subject, too: it holds no text that anybody has chosen, since the address
 *  may not be confirmed. */
export function accountLetter(news: AccountNews): Letter {
  const { footer, kinds } = textsIn(news.language).account
  const { title, text } = kinds[news.kind]
  return { title, blocks: text.flatMap(part => blocksOf(part, news)), footer, language: news.language }
}

/** Parts of the texts that begin with `@` stand for blocks that are made here. */
const madeBlocks: Readonly<Record<string, (news: AccountNews) => Block[]>> = {
  '@link': linkOf,
  '@circumstances': circumstances,
  '@new-address': news => [facts(displayAddress(news.newEmail))],
  '@new-address-advice': news => {
    const { newAddressOwner, oldAddressOwner } = textsIn(news.language).account
    return [paragraph(news.to === news.newEmail ? newAddressOwner : oldAddressOwner)]
  },
  '@webhook': news => [facts(displayAddress(news.webhookUrl))],
}

/** The names of such parts. */
export const madeParts: readonly string[] = Object.keys(madeBlocks)

function blocksOf(part: string, news: AccountNews): Block[] {
  const made = madeBlocks[part]
  if (made) return made(news)
  return [paragraph(fill(part, { site: news.publicUrl, oldAddress: displayAddress(news.oldEmail) }))]
}

function linkOf({ url, linkExpiresAt, kind, language }: AccountNews): Block[] {
  if (url === undefined)
    throw new NotifierError('ERR_AUTH_UNAVAILABLE', `auth gave no link for a mail ${kind}`)
  const { linkWorks, linkWorksOnce } = textsIn(language).account
  const until = linkExpiresAt && displayTime(new Date(linkExpiresAt), language)
  return [link(url), paragraph(until ? fill(linkWorks, { until }) : linkWorksOnce)]
}

/** When and from where: whoever gets the mail may remember, or not. */
function circumstances({ createdAt, clientAddress, language }: AccountNews): Block[] {
  const { happened, happenedFrom } = textsIn(language).account
  const time = displayTime(new Date(createdAt), language)
  if (!clientAddress || !/^[\da-f.:]{2,45}$/i.test(clientAddress))
    return [paragraph(fill(happened, { time }))]
  return [paragraph(fill(happenedFrom, { time, address: clientAddress }))]
}
