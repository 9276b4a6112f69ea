import { createHash } from 'node:crypto'
import type { Logger } from 'pino'

/** Longest wait for an answer, in milliseconds. */
const timeoutMs = 2_000
/** Longest answer that is read, in bytes. A range has about 40 kB. */
const maxAnswerBytes = 1024 * 1024

/** Passwords that are known from data breaches. */
export interface BreachedPasswords {
  /** `false` too while the service does not answer: registrations must not depend on it. */
  includes(password: string): Promise<boolean>
}

/** Asks a service with the API of Have I Been Pwned for ranges (k-anonymity): it learns five digits of the password's
 *  SHA-1, which hundreds of other passwords share.
 *  @param url - before the five digits, such as `https://api.pwnedpasswords.com/range` */
export function askForBreachedPasswords(url: string, logger: Logger): BreachedPasswords {
  return {
    async includes(password) {
      const digest = createHash('sha1').update(password.normalize('NFC')).digest('hex').toUpperCase()
      try {
        return hasSuffix(await fetchRange(`${url}/${digest.slice(0, 5)}`), digest.slice(5))
      } catch (error) {
        logger.warn({ err: error }, 'the password was not looked up among breached ones')
        return false
      }
    },
  }
}

async function fetchRange(url: string): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs)
  // Padding hides the number of entries from whoever sees the traffic.
  const response = await fetch(url, { headers: { 'Add-Padding': 'true' }, redirect: 'error', signal })
  if (!response.ok || !response.body) throw new Error(`the service answered ${response.status}`)
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of response.body) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > maxAnswerBytes) throw new Error('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** Lines are `SUFFIX:COUNT`; padding has the count 0. */
function hasSuffix(range: string, suffix: string): boolean {
  return range.split('\n').some(line => {
    const [entry, seen] = line.trim().split(':')
    return entry?.toUpperCase() === suffix && Number(seen) > 0
  })
}
